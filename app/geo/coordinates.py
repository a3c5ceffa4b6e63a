"""A place in degrees, and how it is written: decimal, UTM, MGRS. Knows WGS 84, no map, no areas."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.geo.projection import Projection

SOUTH_DEG, NORTH_DEG = 5.6, 20.5
WEST_DEG, EAST_DEG = 97.3, 105.7

# NGA.STND.0037 (MGRS): bands of 8° from 80° S; columns repeat every three zones, rows every
# 2,000 km, and even zones begin their rows at F
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_SQUARE_M = 100_000


@dataclass(frozen=True, slots=True)
class LatLon:
    """A place on WGS 84, in degrees. Refuses what is not on the globe with ValueError."""

    lat_deg: float
    lon_deg: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.lat_deg) and math.isfinite(self.lon_deg)):
            raise ValueError("a place needs finite degrees")
        if not (-90 <= self.lat_deg <= 90 and -180 <= self.lon_deg <= 180):
            raise ValueError(f"not on the globe: {self.lat_deg}, {self.lon_deg}")


def is_in_thailand(place: LatLon) -> bool:
    """Inside the box around Thailand; the border itself is not known here."""
    return SOUTH_DEG <= place.lat_deg <= NORTH_DEG and WEST_DEG <= place.lon_deg <= EAST_DEG


def as_decimal(place: LatLon) -> str:
    """`16.54310, 104.72280`: five decimals are one metre."""
    return f"{place.lat_deg:.5f}, {place.lon_deg:.5f}"


def as_utm(place: LatLon) -> str:
    """`48Q 470423 1829032`: zone, band, easting and northing to the nearest metre."""
    zone = zone_of(place)
    east_m, north_m = utm_grid(zone).point_to_metres(place)
    return f"{zone}{band_of(place.lat_deg)} {east_m:.0f} {north_m:.0f}"


def as_mgrs(place: LatLon) -> str:
    """`48Q VD 70423 29031`: the metre square the place lies in, so digits are cut, not rounded."""
    zone = zone_of(place)
    east_m, north_m = utm_grid(zone).point_to_metres(place)
    column, east = divmod(math.floor(round(east_m, 3)), _SQUARE_M)  # a whole metre stays whole
    row, north = divmod(math.floor(round(north_m, 3)), _SQUARE_M)
    square = _COLUMNS[zone % 3][column - 1] + _ROWS[(row + _first_row(zone)) % len(_ROWS)]
    return f"{zone}{band_of(place.lat_deg)} {square} {east:05d} {north:05d}"


def square_corner(zone: int, band: str, square: str) -> tuple[float, float] | None:
    """Easting and northing of an MGRS square's corner, in metres; None if there is no such one."""
    column = _COLUMNS[zone % 3].find(square[0])
    row = _ROWS.find(square[1])
    if column < 0 or row < 0:
        return None
    east_m = (column + 1) * _SQUARE_M
    north_m = (row - _first_row(zone)) % len(_ROWS) * _SQUARE_M
    middle_of_band_deg = _BANDS.find(band) * 8 - 80 + 4
    turns = round((middle_of_band_deg * 110_600 - north_m) / (len(_ROWS) * _SQUARE_M))
    return float(east_m), float(north_m + turns * len(_ROWS) * _SQUARE_M)


def zone_of(place: LatLon) -> int:
    """The UTM zone a place lies in: 47 west of 102° E, 48 east of it."""
    return int((place.lon_deg + 180) // 6) % 60 + 1


def band_of(lat_deg: float) -> str:
    """The MGRS band letter of a latitude."""
    return _BANDS[min(max(int((lat_deg + 80) // 8), 0), len(_BANDS) - 1)]


def utm_grid(zone: int) -> Projection:
    """The grid of a northern UTM zone, kept for the next question."""
    if zone not in _grids:
        from app.geo.projection import Projection  # it builds on LatLon: imported when needed

        _grids[zone] = Projection(32600 + zone)
    return _grids[zone]


_grids: dict[int, Projection] = {}


def _first_row(zone: int) -> int:
    return 5 if zone % 2 == 0 else 0
