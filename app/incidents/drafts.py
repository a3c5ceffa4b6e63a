"""A report that is being typed, kept in a file so that neither a crash nor a power cut takes it.

It lies with the desk's own settings, not in the station's folder: it is no record yet, and it holds
names. Only its owner may read it; it goes when the report is saved or thrown away. Knows no form.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.clock import from_stored, to_stored
from app.errors import KnownError
from app.incidents.categories import Channel, Priority
from app.incidents.incident import Report, recorded
from app.incidents.register import report_from
from app.station.disk import Disk

_logger = logging.getLogger(__name__)
_LONGEST_BYTES = 64_000_000  # ten million letters: more was not typed


@dataclass(frozen=True, slots=True)
class Draft:
    """A report half typed: its fields, and the words of those that search."""

    report: Report
    type_text: str
    place_text: str
    happened_text: str
    since: datetime | None
    """When the panel was opened: how long the caller has been on the line."""


class DraftFile:
    """One desk's draft. `keep` and `discard` are called in one thread, in order."""

    def __init__(self, path: Path, disk: Disk | None = None) -> None:
        self._path = path
        self._disk = disk or Disk()

    def keep(self, draft: Draft) -> bool:
        """Write it, on the disk when this returns; whether that went well. A full disk is told by
        the log itself when the report is saved: here it only costs the draft.
        """
        said = {
            "report": recorded(draft.report),
            "type_text": draft.type_text,
            "place_text": draft.place_text,
            "happened_text": draft.happened_text,
            "since": to_stored(draft.since) if draft.since else None,
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            data = json.dumps(said, ensure_ascii=True).encode("ascii")
            self._disk.write(self._path, data, private=True)
        except (KnownError, OSError):
            _logger.info("the draft of a report could not be kept")
            return False
        return True

    def discard(self) -> None:
        """It was saved, or thrown away."""
        try:
            self._disk.remove(self._path)
        except KnownError:
            _logger.info("the draft of a report could not be removed")

    def load(self) -> Draft | None:
        """What was being typed; None if nothing was, or if it cannot be read."""
        try:
            if self._path.stat().st_size > _LONGEST_BYTES:
                raise ValueError("too long")
            return _draft(json.loads(self._path.read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            _logger.info("the draft of a report could not be read")
            return None


def _draft(said: dict[str, Any]) -> Draft:
    """The draft, every field of its own kind; ValueError, TypeError or KeyError otherwise."""
    report = said["report"]
    for name, default in recorded(_EMPTY).items():
        if isinstance(default, str) and not isinstance(report[name], str):
            raise TypeError(name)
    kind, place, happened = (said[name] for name in ("type_text", "place_text", "happened_text"))
    if not all(isinstance(text, str) for text in (kind, place, happened)):
        raise TypeError("words")
    since = from_stored(said["since"]) if said["since"] else None
    return Draft(report_from(report), kind, place, happened, since)


_EMPTY = Report(Channel.CALL_191, "", Priority.SOON, "", "")
