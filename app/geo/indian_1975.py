"""Between WGS 84 and Indian 1975, the datum of the older Thai maps, by one pinned operation.

Several operations exist; PROJ's own choice lies 190 m from this one in Mukdahan. The Royal Thai
Survey Department's maps are read with EPSG:1304, and whoever reads a place is told so.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from app.geo.coordinates import LatLon

if TYPE_CHECKING:
    from pyproj import Transformer

OPERATION = "Indian 1975 to WGS 84 (2)"
OPERATION_EPSG = 1304
GRIDS = {47: 24047, 48: 24048}  # UTM zones 47N and 48N on Indian 1975


def indian_to_degrees(zone: int, east_m: float, north_m: float) -> LatLon:
    """The place of an easting and northing of zone 47 or 48 on Indian 1975."""
    lon_deg, lat_deg = _operation(zone).transform(east_m, north_m)
    return LatLon(float(lat_deg), float(lon_deg))


def degrees_to_indian(zone: int, place: LatLon) -> tuple[float, float]:
    """Easting and northing of a place on Indian 1975, in metres."""
    east_m, north_m = _operation(zone).transform(place.lon_deg, place.lat_deg, direction="INVERSE")
    return float(east_m), float(north_m)


@cache
def _operation(zone: int) -> Transformer:
    from pyproj.network import set_network_enabled  # type: ignore[attr-defined]
    from pyproj.transformer import TransformerGroup

    set_network_enabled(False)
    group = TransformerGroup(GRIDS[zone], 4326, always_xy=True, allow_ballpark=False)
    found = [one for one in group.transformers if OPERATION in one.description]
    if len(found) != 1:
        raise RuntimeError(f"this PROJ knows {len(found)} operations named {OPERATION}")
    return found[0]
