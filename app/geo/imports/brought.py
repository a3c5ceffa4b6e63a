"""Which maps a station brought, from when and from which file: read from their entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.clock import from_stored
from app.geo.imports.job import BasemapImported
from app.geo.imports.picture_turns import GroundPicturePutBack
from app.geo.imports.put_back import BasemapPutBack
from app.geo.imports.worker import BASEMAP_NAME
from app.log import Entry


@dataclass(frozen=True, slots=True)
class MapBrought:
    """One map that was brought: `actor` is an officer's id, `source_name` the file's name."""

    at: datetime
    actor: str
    source_name: str
    format: str
    is_added: bool


def maps_in_use(entries: Iterable[Entry]) -> list[MapBrought]:
    """The map that replaced all before, and what was added to it since. The oldest first.

    `entries` are those about the base map, in order.
    """
    found: list[MapBrought] = []
    before: list[MapBrought] = []
    for entry in entries:
        if entry.kind == BasemapPutBack.kind:
            found, before = before, found
            continue
        data = entry.data()
        if entry.kind != BasemapImported.kind or data.get("file") != BASEMAP_NAME:
            continue
        brought = _brought(entry, data)
        found, before = [*found, brought] if brought.is_added else [brought], found
    return found


def pictures_brought(entries: Iterable[Entry]) -> dict[str, MapBrought]:
    """Who brought each picture of the ground last, by its file in the basemap folder.

    `entries` are those about the base map, in order. Which is in use, the folder says.
    """
    found: dict[str, MapBrought] = {}
    before: dict[str, MapBrought] = {}
    for entry in entries:
        data = entry.data()
        file = str(data.get("file", ""))
        if entry.kind == BasemapImported.kind and file not in ("", BASEMAP_NAME):
            if file in found:
                before[file] = found[file]
            found[file] = _brought(entry, data)
        elif entry.kind == GroundPicturePutBack.kind and file in found and file in before:
            found[file], before[file] = before[file], found[file]
    return found


def _brought(entry: Entry, data: Mapping[str, Any]) -> MapBrought:
    is_added = bool(data.get("is_added", False))
    source, form = str(data["source"]), str(data["format"])
    return MapBrought(from_stored(entry.at), entry.actor, source, form, is_added)
