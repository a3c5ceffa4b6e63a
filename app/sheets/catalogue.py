"""What papers there are: names, what each is about, and what has to be chosen for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.errors import Message, msg


class Needs(StrEnum):
    """What a paper is about, so that the place knows what to ask for."""

    INCIDENT = "incident"
    SHIFT = "shift"
    DAY = "day"
    CAMERA = "camera"
    PACKAGE = "package"
    SPAN = "span"
    ZONE = "zone"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One kind of paper. `code` is a sheet's `kind`; `template` names its file; `icon` is a name in
    `resources/icons`."""

    code: str
    name: Message
    about: Message
    icon: str
    template: str
    needs: Needs


SHEETS: tuple[SheetKind, ...] = (
    SheetKind(
        "incident",
        msg("Incident sheet"),
        msg("map, stills, signatures"),
        "notebook-text",
        "incident",
        Needs.INCIDENT,
    ),
    SheetKind(
        "handover",
        msg("Handover sheet"),
        msg("as both officers signed it"),
        "arrow-left-right",
        "handover",
        Needs.SHIFT,
    ),
    SheetKind(
        "summary",
        msg("Day and month summary"),
        msg("by type, community, hour"),
        "calendar-clock",
        "summary",
        Needs.DAY,
    ),
    SheetKind(
        "survey",
        msg("Camera survey"),
        msg("empty, filled, list"),
        "cctv",
        "survey",
        Needs.CAMERA,
    ),
    SheetKind(
        "zone_map",
        msg("Zone map"),
        msg("A4 or A3, at a true scale"),
        "map",
        "zone_map",
        Needs.ZONE,
    ),
    SheetKind(
        "receipt",
        msg("Evidence receipt"),
        msg("for a package that leaves"),
        "package-check",
        "receipt",
        Needs.PACKAGE,
    ),
    SheetKind(
        "extract",
        msg("Extract of the log"),
        msg("for a time, with its seals"),
        "list",
        "extract",
        Needs.SPAN,
    ),
    SheetKind(
        "activity",
        msg("Activity report"),
        msg("with a picture plate"),
        "image",
        "activity",
        Needs.NOTHING,
    ),
)
"""In the order in which the Papers place shows them."""
