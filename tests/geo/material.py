"""A small real log for the tests of this room, and shapes to draw in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import shapely

from app.clock import ScriptedClock
from app.geo.areas import AreaDrawn, AreaKind, AreasView
from app.geo.places import PlacesView
from app.geo.refused_proposals import RefusedProposalsView
from app.log import Actor, Log, Role

JUNE = datetime(2026, 6, 15, 3, 0, tzinfo=UTC)
JULY = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
SUPERVISOR = Actor("officer-02", Role.SUPERVISOR)


@contextmanager
def a_log(folder: Path) -> Iterator[Log]:
    log = Log(
        folder / "station.db",
        origin="console-1",
        views=[AreasView(), PlacesView(), RefusedProposalsView()],
        clock=ScriptedClock(JUNE),
    )
    log.open()
    try:
        yield log
    finally:
        log.close()


def square(west: float, south: float, size_deg: float) -> shapely.Polygon:
    return shapely.box(west, south, west + size_deg, south + size_deg)


def drawn(
    area_id: str, kind: AreaKind, shape: shapely.Geometry, name: str = "เขตปลอดภัย"
) -> AreaDrawn:
    return AreaDrawn(area_id, kind, name, "", shape, reason="ทดสอบ")
