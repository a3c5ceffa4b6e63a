"""What an import is asked for and what it answers. Plain values that travel between processes.

The reading runs in a process of its own; results come back as JSON in a file, never as objects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import KnownError, Message, message_from, message_to, msg
from app.geo.coordinates import LatLon

if TYPE_CHECKING:
    from app.geo.imports.classes import GroupChoice

WHOLE_REACH_M = 30_000.0
AREAS_REACH_M = 150_000.0  # a province and its neighbours
SAFE = msg("The map that was there is not touched.")


@dataclass(frozen=True, slots=True)
class Crs:
    """What coordinates are read as: an EPSG number, and whether the two axes are exchanged."""

    epsg: int
    swapped: bool = False

    @property
    def words(self) -> Message:
        """Its name for people."""
        name = _NAMES.get(self.epsg)
        words = name if name is not None else msg("EPSG:{epsg}", epsg=self.epsg)
        return msg("{system}, axes exchanged", system=words) if self.swapped else words


_NAMES = {
    4326: msg("degrees on WGS 84"),
    32647: msg("UTM zone {zone} on WGS 84", zone=47),
    32648: msg("UTM zone {zone} on WGS 84", zone=48),
    24047: msg("UTM zone {zone} on Indian 1975", zone=47),
    24048: msg("UTM zone {zone} on Indian 1975", zone=48),
    3857: msg("Web Mercator"),
}


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """One file to bring. `crs` is what a person chose after a file left it open; None as it says.

    `around` and `reach_m` bound what is kept; `add` keeps the map that is there and adds to it.
    `class_table` is the station's own, None for the one that comes with the program; `choices`
    stand over it, for this file alone.
    """

    source: Path
    basemap_folder: Path
    epsg: int
    around: LatLon
    reach_m: float = WHOLE_REACH_M
    crs: Crs | None = None
    add: bool = False
    attribution: str = ""
    class_table: Path | None = None
    choices: tuple[GroupChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class ShapesRequest:
    """One file of areas to read as it is: every shape with every field, no classes."""

    source: Path
    around: LatLon
    reach_m: float = AREAS_REACH_M
    crs: Crs | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FileShape:
    """One shape of a file in degrees (longitude, latitude), its fields by lower-case name."""

    shape: Any
    fields: Mapping[str, str]
    layer: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is. `total` is 0 while nobody knows it."""

    phase: Message
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was brought. `file` is its name in the basemap folder; `kinds` counts each class."""

    file: str
    format: str
    sha256: str
    kinds: Mapping[str, int]
    notices: tuple[Message, ...] = ()
    attribution: str = ""


class CrsUnclearError(KnownError):
    """The file's coordinates do not fit what it says of them, or it says nothing.

    `candidates` are the systems in which its map would lie round the station.
    """

    def __init__(self, what: Message, do: Message, candidates: tuple[Crs, ...]) -> None:
        super().__init__(what, safe=SAFE, do=do)
        self.candidates = candidates


class ImportCancelledError(Exception):
    """A person stopped the import; nothing was changed."""


# -- as JSON -----------------------------------------------------------------------------------


def error_to(error: KnownError) -> dict[str, Any]:
    """A refusal as JSON can hold it."""
    told = {name: message_to(part) for name, part in
            (("what", error.what), ("safe", error.safe), ("do", error.do)) if part}  # fmt: skip
    candidates = error.candidates if isinstance(error, CrsUnclearError) else ()
    return {**told, "candidates": [[one.epsg, one.swapped] for one in candidates],
            "unclear": isinstance(error, CrsUnclearError)}  # fmt: skip


def error_from(data: Mapping[str, Any]) -> KnownError:
    """The refusal of `error_to`."""
    what, safe, do = (
        message_from(data[name]) if name in data else None for name in ("what", "safe", "do")
    )
    if what is None:
        raise ValueError("a refusal that says nothing")
    if data["unclear"] and do is not None:
        candidates = tuple(Crs(int(epsg), bool(swapped)) for epsg, swapped in data["candidates"])
        return CrsUnclearError(what, do, candidates)
    return KnownError(what, safe=safe or SAFE, do=do)


def report_to(report: ImportReport) -> dict[str, Any]:
    """A report as JSON can hold it."""
    return {
        "file": report.file, "format": report.format, "sha256": report.sha256,
        "kinds": dict(report.kinds), "attribution": report.attribution,
        "notices": [message_to(notice) for notice in report.notices],
    }  # fmt: skip


def report_from(data: Mapping[str, Any]) -> ImportReport:
    """The report of `report_to`."""
    return ImportReport(
        str(data["file"]),
        str(data["format"]),
        str(data["sha256"]),
        {str(kind): int(count) for kind, count in data["kinds"].items()},
        tuple(message_from(notice) for notice in data["notices"]),
        str(data["attribution"]),
    )
