"""Which maps a station brought, from when and from which file: read from their entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.clock import from_stored
from app.geo.imports.job import BasemapImported
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
        is_added = bool(data.get("is_added", False))
        brought = MapBrought(
            from_stored(entry.at), entry.actor, str(data["source"]), str(data["format"]), is_added
        )
        found, before = [*found, brought] if is_added else [brought], found
    return found
