"""What somebody wants taken out of the station: which cameras, when, why, and where it goes.

Knows no footage and no file: `export_plan.py` says what there is of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.errors import KnownError, msg
from app.video.archive.locks import checked_reason
from app.video.archive.segment import Span


class PackageForm(StrEnum):
    """What a package is on the disk."""

    FOLDER = "folder"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class StillWanted:
    """One picture of a camera, as it was at this instant."""

    camera_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """One package. `target` is the folder in which the package will lie, under a name of its own.

    `incident_number` is as people say it (`1284/2569`); both are empty without an incident.
    """

    camera_ids: tuple[str, ...]
    span: Span
    reason: str
    target: Path
    incident_id: str = ""
    incident_number: str = ""
    form: PackageForm = PackageForm.FOLDER
    burned_copy: bool = False
    """A second copy, encoded anew, with time and camera written into the picture."""
    stills: tuple[StillWanted, ...] = ()

    def __post_init__(self) -> None:
        """Refuse, as a KnownError, what makes no sense; the reason is stored without its edges."""
        if not self.camera_ids or self.span.ends <= self.span.begins:
            raise KnownError(
                msg("There is no footage between these two times."),
                safe=msg("Nothing was exported."),
                do=msg("Set A before B, and choose at least one camera."),
            )
        object.__setattr__(self, "camera_ids", tuple(dict.fromkeys(self.camera_ids)))
        object.__setattr__(self, "reason", checked_reason(self.reason))
