"""The product as the ground's benchmark uses it: the few calls a screen makes, and nothing else.

`--product FILE` puts another module with this class in its place.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shapely

from app.cameras.camera import Camera
from app.cameras.ground import Ground
from app.cameras.zone_watch import Watch
from app.geo.areas import Area, AreaKind
from app.geo.basemap_file import read_basemaps
from app.geo.coordinates import LatLon
from app.geo.imports.job import bring_map
from app.geo.imports.request import ImportRequest
from app.geo.lookup import AreaIndex
from app.geo.projection import Projection


class Product:
    """One station's ground."""

    def __init__(self, epsg: int) -> None:
        self._epsg = epsg
        self._ground = Ground(Projection(epsg))

    def bring(self, source: Path, folder: Path, lat_deg: float, lon_deg: float) -> None:
        """A map file into the basemap folder."""
        request = ImportRequest(source, folder, self._epsg, LatLon(lat_deg, lon_deg))
        bring_map(request, stop=threading.Event())

    def open_map(self, folder: Path) -> None:
        """Show what was brought."""
        self._ground.set_basemap(read_basemaps(folder, self._epsg))

    def set_cameras(self, rows: Sequence[tuple[str, float, float, float, float, float]]) -> None:
        """Id, latitude, longitude, bearing, angle, range."""
        self._ground.set_cameras(
            [
                Camera(id_, id_, "rtsp://h/1", "", lat, lon, bearing, angle, reach)
                for id_, lat, lon, bearing, angle, reach in rows
            ]
        )

    def who_sees(self, lat_deg: float, lon_deg: float) -> list[str]:
        """The cameras, the best first."""
        return [one.camera_id for one in self._ground.who_sees(LatLon(lat_deg, lon_deg))]

    def coverage(self, zone_deg: Any) -> tuple[float, float, float]:
        """Open ground, seen by one, seen by two: square metres."""
        area = Area("zone-1", AreaKind.ZONE, "เขต", "", zone_deg, "v:1")
        answer: Watch = self._ground.for_coverage(area).answer()
        found = answer.coverage
        return found.ground_m2, found.seen_m2, found.seen_twice_m2

    def members(self, zones_deg: Sequence[Any], lonlat: Any) -> Any:
        """(N, zones) which places lie in which zones."""
        areas = [
            Area(
                f"beat-{at}", AreaKind.BEAT, "เขต", "", shapely.from_wkb(shapely.to_wkb(zone)), "v"
            )
            for at, zone in enumerate(zones_deg)
        ]
        return AreaIndex(areas).members(lonlat)
