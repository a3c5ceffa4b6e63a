"""How a grid departs from the ground at one place: its scale there, and where true north lies."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from app.geo.coordinates import LatLon
from app.geo.projection import Projection

# WGS 84 (NGA.STND.0036)
_SEMI_MAJOR_M = 6_378_137.0
_ECCENTRICITY_2 = 6.694_379_990_14e-3
_HALF_STEP_DEG = 5e-4  # 55 m: the meridian is straight enough over it, and pyproj exact enough


@dataclass(frozen=True, slots=True)
class GridFactors:
    """`point_scale`: grid metres for one metre of ground (on the ellipsoid); 0.9996–1.001 inside a
    UTM zone. `true_north_deg`: where true north lies, clockwise from grid north."""

    point_scale: float
    true_north_deg: float


def grid_factors(projection: Projection, place: LatLon) -> GridFactors:
    """Measured along the meridian, which does for a grid that keeps angles, as UTM does."""
    lat, lon, step = place.lat_deg, place.lon_deg, _HALF_STEP_DEG
    south, north = projection.to_metres(np.array([[lon, lat - step], [lon, lat + step]]))
    east_m, north_m = (north - south).tolist()
    sine_2 = math.sin(math.radians(lat)) ** 2
    radius_m = _SEMI_MAJOR_M * (1 - _ECCENTRICITY_2) / (1 - _ECCENTRICITY_2 * sine_2) ** 1.5
    ground_m = radius_m * math.radians(2 * step)
    return GridFactors(
        point_scale=math.hypot(east_m, north_m) / ground_m,
        true_north_deg=math.degrees(math.atan2(east_m, north_m)),
    )
