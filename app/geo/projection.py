"""Between degrees on WGS 84 and metres on the station's grid. Knows no areas, cameras or files."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from app.errors import KnownError, msg
from app.geo.coordinates import LatLon

if TYPE_CHECKING:
    from pyproj import Transformer

WGS84 = 4326
UTM_47N = 32647
UTM_48N = 32648

Points = NDArray[np.float64]  # (N, 2)


class Projection:
    """One coordinate system in metres, by its EPSG number. pyproj is loaded at the first use."""

    def __init__(self, epsg: int = UTM_48N) -> None:
        self.epsg = epsg

    def to_metres(self, lonlat: Points) -> Points:
        """(N, 2) longitude, latitude in degrees → (N, 2) easting, northing in metres.

        A point the system cannot hold comes back as infinity, as pyproj gives it.
        """
        return self._convert(self._forward, lonlat)

    def to_degrees(self, metres: Points) -> Points:
        """(N, 2) easting, northing in metres → (N, 2) longitude, latitude in degrees."""
        return self._convert(self._backward, metres)

    def point_to_metres(self, place: LatLon) -> tuple[float, float]:
        """Easting and northing of one place, in metres."""
        east_m, north_m = self._forward.transform(place.lon_deg, place.lat_deg)
        return float(east_m), float(north_m)

    def point_to_degrees(self, east_m: float, north_m: float) -> LatLon:
        """The place at an easting and northing. ValueError where there is no such place."""
        lon_deg, lat_deg = self._backward.transform(east_m, north_m)
        return LatLon(float(lat_deg), float(lon_deg))

    @cached_property
    def _forward(self) -> Transformer:
        return _transformer(WGS84, self.epsg)

    @cached_property
    def _backward(self) -> Transformer:
        return _transformer(self.epsg, WGS84)

    @staticmethod
    def _convert(transformer: Transformer, points: Points) -> Points:
        if len(points) == 0:
            return np.empty((0, 2))
        first, second = transformer.transform(points[:, 0], points[:, 1])
        return np.column_stack((first, second)).astype(np.float64, copy=False)


def _transformer(source: int, target: int) -> Transformer:
    import pyproj  # 60 ms and a database: only when a point is really converted
    from pyproj.exceptions import CRSError
    from pyproj.network import set_network_enabled  # type: ignore[attr-defined]

    set_network_enabled(False)  # the console works without internet
    try:
        made: Any = pyproj.Transformer.from_crs(source, target, always_xy=True)
    except CRSError as error:
        raise KnownError(
            msg("Coordinate system EPSG:{epsg} is not known.", epsg=max(source, target)),
            do=msg("Set epsg in station.toml to 32648 (UTM zone 48) or 32647 (UTM zone 47)."),
        ) from error
    return made  # type: ignore[no-any-return]
