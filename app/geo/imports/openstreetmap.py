"""Reads OpenStreetMap extracts (`.osm.pbf`) with osmium, thing by thing. Knows no class but keys.

osmium is loaded here alone, in the import's own process.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from app.geo.imports.file_crs import FileCrs
from app.geo.imports.formats import damaged
from app.geo.imports.things import Gatherer

ATTRIBUTION = "© OpenStreetMap contributors"
WGS84 = FileCrs("WGS 84", np.asarray)
_BATCH = 20_000

Told = Callable[[int], None]


def read_osm(
    path: Path, gathering: Gatherer, fields: frozenset[str], keys: frozenset[str], told: Told
) -> None:
    """Nodes, ways and areas that carry one of `keys`; `told` hears how many were looked at.

    Raises KnownError for a file that breaks off or is none.
    """
    import osmium

    batch = _Batch(gathering, fields)
    looked_at = 0
    try:
        processor: Any = (
            osmium.FileProcessor(str(path))
            .with_locations()
            .with_areas(osmium.filter.KeyFilter(*sorted(keys)))
            .with_filter(osmium.filter.KeyFilter(*sorted(keys)))
        )
        factory: Any = osmium.geom.WKBFactory()
        for thing in processor:
            looked_at += 1
            if looked_at % 5_000 == 0:
                told(looked_at)
            try:
                wkb = _wkb(thing, factory)
            except (RuntimeError, ValueError, osmium.InvalidLocationError):
                continue  # a way whose nodes are not in the extract
            if wkb is not None:
                batch.add(wkb, thing.tags)
    except RuntimeError as error:  # osmium's own, for blocks that cannot be read
        raise damaged(path) from error
    batch.flush()
    told(looked_at)


def _wkb(thing: Any, factory: Any) -> str | None:
    """The thing's shape; a closed way comes again as an area, and only as that if it is one."""
    if thing.is_node():
        return str(factory.create_point(thing))
    if thing.is_way():
        closed_area = thing.is_closed() and _is_area(thing.tags)
        return None if closed_area else str(factory.create_linestring(thing))
    if thing.is_area() and (not thing.from_way() or _is_area(thing.tags)):
        return str(factory.create_multipolygon(thing))
    return None


def _is_area(tags: Any) -> bool:
    if tags.get("area") == "no":
        return False
    if tags.get("area") == "yes":
        return True
    return not any(tags.get(key) for key in ("highway", "barrier", "waterway"))


class _Batch:
    def __init__(self, gathering: Gatherer, fields: frozenset[str]) -> None:
        self._gathering = gathering
        self._fields = sorted(fields)
        self._wkb: list[str] = []
        self._rows: list[tuple[str, ...]] = []

    def add(self, wkb: str, tags: Any) -> None:
        self._wkb.append(wkb)
        self._rows.append(tuple(tags.get(field) or "" for field in self._fields))
        if len(self._wkb) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        if not self._wkb:
            return
        shapes = shapely.from_wkb(np.array(self._wkb, dtype=object), on_invalid="ignore")
        columns = np.array(self._rows, dtype=object).reshape(len(self._rows), len(self._fields))
        fields = {
            field: columns[:, at]
            for at, field in enumerate(self._fields)
            if any(columns[:, at] != "")
        }
        self._gathering.take(shapes, fields, "osm", WGS84)
        self._wkb, self._rows = [], []
