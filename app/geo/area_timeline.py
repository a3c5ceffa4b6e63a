"""Areas over time: each place is looked up in the outline that held when something happened there.

So a zone redrawn in July leaves June's figures as they were. Knows no incidents and no log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from app.clock import to_stored
from app.geo.areas import Area, AreaKind
from app.geo.coordinates import LatLon
from app.geo.lookup import AreaIndex
from app.geo.projection import Points


class AreaTimeline:
    """Every version of every area (`Areas.all_versions`)."""

    def __init__(self, versions: Iterable[Area]) -> None:
        self._versions = tuple(versions)
        self._index = AreaIndex(self._versions)

    def at(self, at: datetime) -> tuple[Area, ...]:
        """The areas as they held at an instant (aware)."""
        stored = to_stored(at)
        return tuple(area for area in self._versions if _held(area, stored))

    def containing(self, place: LatLon, at: datetime) -> dict[AreaKind, tuple[Area, ...]]:
        """For each kind the areas the place lay in at that instant, the smallest first."""
        stored = to_stored(at)
        found = self._index.containing(place)
        return {
            kind: tuple(area for area in areas if _held(area, stored))
            for kind, areas in found.items()
        }

    def inside(self, area_id: str, lonlat: Points, at: Sequence[str]) -> NDArray[np.bool_]:
        """(N,) which of many places lay in an area when each happened (stored times)."""
        times = np.array(at, dtype="U24")
        found = np.zeros(len(lonlat), dtype=np.bool_)
        for area in self._versions:
            if area.id != area_id:
                continue
            then = times >= area.from_at
            if area.to_at:
                then &= times < area.to_at
            if then.any():
                found[then] |= self._index.inside(area, lonlat[then])
        return found


def _held(area: Area, stored: str) -> bool:
    return area.from_at <= stored and (not area.to_at or stored < area.to_at)
