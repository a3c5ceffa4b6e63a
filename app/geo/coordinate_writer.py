"""Writes a place in any notation: the one formatter. What it writes, the reader reads back.

Every notation keeps the place to within a metre. Knows no screen and no language.
"""

from __future__ import annotations

from app.geo.coordinates import LatLon, as_decimal, as_mgrs, as_utm, band_of, utm_grid, zone_of
from app.geo.indian_1975 import degrees_to_indian
from app.geo.link_reader import geo_uri, line_message, link_to
from app.geo.plus_codes import encode
from app.geo.reading import Notation
from app.thai.digits import to_thai

_HUNDREDTHS_A_DEGREE = 360_000


def write_coordinates(
    place: LatLon, notation: Notation, *, thai_digits: bool = False, zone: int | None = None
) -> str:
    """The place as text. `zone` asks for UTM (either datum) in zone 47 or 48, wherever it lies.

    Links, geo: addresses and plus codes keep Arabic digits: other programs read them.
    """
    if notation is Notation.PLUS_CODE:
        return encode(place)
    if notation is Notation.MAP_LINK:
        return link_to(place)
    if notation is Notation.GEO_URI:
        return geo_uri(place)
    if notation is Notation.LINE:
        return line_message(place, "")
    text = _text(place, notation, zone)
    return to_thai(text) if thai_digits else text


def _text(place: LatLon, notation: Notation, zone: int | None) -> str:
    if notation is Notation.DMS:
        return as_dms(place)
    if notation is Notation.LONGITUDE_FIRST:
        return f"{place.lon_deg:.5f}, {place.lat_deg:.5f}"
    if notation is Notation.MGRS:
        return as_mgrs(place)
    if notation is Notation.INDIAN_1975:
        return as_indian_1975(place, zone)
    if notation is Notation.UTM:
        return as_utm(place) if zone is None else _utm_in(place, zone)
    return as_decimal(place)


def as_dms(place: LatLon) -> str:
    """`16°32'35.16"N 104°43'22.08"E`: a hundredth of a second is 0.3 m."""
    lat, lon = _sixtieths(place.lat_deg), _sixtieths(place.lon_deg)
    return f"{lat}{'S' if place.lat_deg < 0 else 'N'} {lon}{'W' if place.lon_deg < 0 else 'E'}"


def as_indian_1975(place: LatLon, zone: int | None = None) -> str:
    """`Indian 1975 48Q 470837 1828716`: by the pinned operation, to the nearest metre."""
    zone = zone or zone_of(place)
    east_m, north_m = degrees_to_indian(zone, place)
    return f"Indian 1975 {zone}{band_of(place.lat_deg)} {east_m:.0f} {north_m:.0f}"


def _utm_in(place: LatLon, zone: int) -> str:
    east_m, north_m = utm_grid(zone).point_to_metres(place)
    return f"{zone}{band_of(place.lat_deg)} {east_m:.0f} {north_m:.0f}"


def _sixtieths(degrees: float) -> str:
    """Counted in hundredths of a second, so that no 60 is ever written."""
    whole, rest = divmod(round(abs(degrees) * _HUNDREDTHS_A_DEGREE), _HUNDREDTHS_A_DEGREE)
    minutes, hundredths = divmod(rest, 6000)
    return f"{whole}°{minutes:02d}'{hundredths / 100:05.2f}\""
