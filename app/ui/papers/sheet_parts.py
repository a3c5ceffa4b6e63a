"""What sheets are built from: the station, its log and its ground. Values only; no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.cameras.ground import Ground
from app.clock import Clock
from app.geo.basemap import Basemap
from app.incidents.deadlines import Targets
from app.log import Actor, Log
from app.station import Disk, StationFolder


@dataclass(frozen=True, slots=True)
class SheetParts:
    """Made by the application; read by builders in background threads."""

    folder: StationFolder
    log: Log
    clock: Clock
    targets: Targets
    ground: Ground
    basemap: Callable[[], Basemap | None]
    """The base map as it was read last; None before that."""
    disk: Disk
    actor: Callable[[], Actor]
    """In whose name it is done: the officer at the desk."""
