"""Reads grid references: UTM and MGRS on WGS 84, UTM on Indian 1975. Knows no degrees, no links."""

from __future__ import annotations

import math
import re

from app.errors import KnownError, Message, msg
from app.geo.coordinates import (
    LatLon,
    as_decimal,
    band_of,
    is_in_thailand,
    square_corner,
    utm_grid,
)
from app.geo.indian_1975 import GRIDS, OPERATION, OPERATION_EPSG, indian_to_degrees
from app.geo.reading import Notation, Reading, in_thailand, outside, shortened, unclear

_METRES_A_DEGREE = 110_600.0  # of latitude, near the equator
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_MGRS = re.compile(r"(\d{1,2})\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z]{2})\s*(\d+)\s*(\d*)", re.IGNORECASE)
_PAIR = (
    rf"(E|X|N|Y)?\s*[=:]?\s*({_NUMBER})\s*(?:m?([EN])\b|m\b)?[\s,;]+"
    rf"(E|X|N|Y)?\s*[=:]?\s*({_NUMBER})\s*(?:m?([EN])\b|m\b)?"
)
_UTM = re.compile(
    rf"(?:UTM)?\s*(?:ZONE|โซน)?\s*(\d{{2}})\s*([C-HJ-NP-X])?[\s,:]+{_PAIR}", re.IGNORECASE
)
_BARE_GRID = re.compile(rf"(?:UTM)?[\s:]*{_PAIR}", re.IGNORECASE)
_DATUM = re.compile(
    r"[\s,;:(]*(?:(Indian|อินเดีย[นี]?)\s*-?\s*(?:datum\s*)?(?:19)?75|IND?\s?-?75|I75)[\s,;:)]*",
    re.IGNORECASE,
)
_EPSG = re.compile(r"[\s,;:(]*EPSG\s*:?\s*(\d{4,6})[\s,;:)]*", re.IGNORECASE)
_WGS = re.compile(r"[\s,;:(]*WGS\s*-?\s*(?:19)?84[\s,;:)]*", re.IGNORECASE)
_WGS_ZONES = {32647: 47, 32648: 48}


def is_grid(text: str) -> bool:
    """True for plain text that is meant as a grid reference, right or wrong."""
    if _MGRS.fullmatch(text):
        return True
    rest = _without_datum(text)
    grid = _UTM.fullmatch(rest) or _BARE_GRID.fullmatch(rest)
    return grid is not None and all(number >= 1000 for number in _numbers(grid))


def read_mgrs(text: str) -> Reading | None:
    """`48Q VD 70423 29031`, with two to five digits each way."""
    found = _MGRS.fullmatch(_WGS.sub(" ", text).strip())
    if found is None:
        return None
    zone, band, square, east, north = found.groups()
    digits = east + north
    if (north and len(east) != len(north)) or len(digits) % 2 or not 4 <= len(digits) <= 10:
        raise unclear(msg("An MGRS reference needs as many digits for east as for north."))
    half = len(digits) // 2
    cell_m = 10.0 ** (5 - half)
    offset_m = int(digits[:half]) * cell_m, int(digits[half:]) * cell_m
    place = _square_place(int(zone), band.upper(), square.upper(), offset_m, cell_m)
    understood = msg("MGRS, a square of {size} m", size=round(cell_m))
    return Reading(
        in_thailand(place.lat_deg, place.lon_deg, text), Notation.MGRS, understood, cell_m
    )


def read_utm(text: str) -> Reading | None:
    """`48Q 470423 1829032`, in either datum, with the zone or where only one zone is possible."""
    epsg, indian, rest = _datum(text)
    found = _UTM.fullmatch(rest)
    if found is None or "." in found[1] or not 1 <= int(found[1]) <= 60:
        return _read_without_zone(text)
    east_m, north_m = _axes(found)
    if east_m < 1000:
        return None  # two or three small numbers are no grid reference
    zone, band = int(found[1]), (found[2] or "").upper()
    if zone not in GRIDS or (epsg is not None and zone != epsg):
        raise outside(text)
    place = _place(zone, east_m, north_m, text, indian=indian)
    if band not in ("", "N", *_bands_near(place, 1.0)):  # N is a band, and how many write “north”
        raise unclear(
            msg("The letter {band} does not fit this northing; it should be {right}.",
                band=band, right=band_of(place.lat_deg))
        )  # fmt: skip
    return _reading(place, zone, indian)


def _read_without_zone(text: str) -> Reading | None:
    """Easting and northing alone: read only where a single zone leads into Thailand."""
    epsg, indian, rest = _datum(text)
    found = _BARE_GRID.fullmatch(rest)
    if found is None or min(_numbers(found)) < 1000:
        return None
    east_m, north_m = _axes(found)
    if epsg is not None:
        return _reading(_place(epsg, east_m, north_m, text, indian=indian), epsg, indian)
    possible = [zone for zone in GRIDS if _thai(zone, east_m, north_m, indian)]
    if len(possible) > 1:
        raise unclear(
            msg("This is UTM without its zone: it could be zone 47 or 48."),
            msg("Write the zone first, as in 48Q 470423 1829031."),
        )
    if not possible:
        raise outside(text, _cure(0, east_m, north_m, indian))
    zone = possible[0]
    reading = _reading(_place(zone, east_m, north_m, text, indian=indian), zone, indian)
    alone = msg(
        "{grid}; no zone was written, and only this one lies in Thailand", grid=reading.understood
    )
    return Reading(reading.place, reading.notation, alone)


def _datum(text: str) -> tuple[int | None, bool, str]:
    """The zone an EPSG number names, whether it is Indian 1975, and the text without that."""
    zone: int | None = None
    indian = _DATUM.search(text) is not None
    named = _EPSG.search(text)
    if named is not None and is_grid(text):
        number = int(named[1])
        by_number = {epsg: zone for zone, epsg in GRIDS.items()}
        zone = by_number.get(number) or _WGS_ZONES.get(number)
        if zone is None:
            raise unclear(
                msg("EPSG:{epsg} is no grid this program reads coordinates in.", epsg=number),
                msg("Use WGS 84 or Indian 1975, UTM zone 47 or 48."),
            )
        indian = indian or number in by_number
    return zone, indian, _without_datum(text)


def _without_datum(text: str) -> str:
    for named in (_EPSG, _DATUM, _WGS):
        text = named.sub(" ", text)
    return text.strip()


def _numbers(found: re.Match[str]) -> tuple[float, float]:
    return _number(found.groups()[-5]), _number(found.groups()[-2])


def _axes(found: re.Match[str]) -> tuple[float, float]:
    """Easting and northing. Northing first is taken only where letters say so."""
    before_a, number_a, after_a, before_b, number_b, after_b = found.groups()[-6:]
    if before_a and after_a and not before_b:  # the second letter belongs to the second number
        after_a, before_b = None, after_a
    first, second = _number(number_a), _number(number_b)
    axes = [_axis(before_a or after_a), _axis(before_b or after_b)]
    if axes[0] and axes[0] == axes[1]:
        raise unclear(msg("Both numbers say the same axis: one must be east, one north."))
    if axes[0] == "north" or axes[1] == "east":
        return second, first
    return first, second


def _axis(letter: str | None) -> str:
    """On Thai sheets X is the easting and Y the northing."""
    if not letter:
        return ""
    return "north" if letter.upper() in "NY" else "east"


def _place(zone: int, east_m: float, north_m: float, text: str, *, indian: bool) -> LatLon:
    # A zone may be used beyond its border: eastern Thailand is often given in zone 47
    place = _thai(zone, east_m, north_m, indian)
    if place is None:
        raise outside(text, _cure(zone, east_m, north_m, indian))
    return place


def _thai(zone: int, east_m: float, north_m: float, indian: bool) -> LatLon | None:
    """Where it is, if that is in Thailand."""
    if not (100_000 <= east_m <= 1_250_000 and 600_000 <= north_m <= 2_300_000):
        return None
    if indian:
        place = indian_to_degrees(zone, east_m, north_m)
    else:
        place = utm_grid(zone).point_to_degrees(east_m, north_m)
    return place if is_in_thailand(place) else None


def _cure(zone: int, east_m: float, north_m: float, indian: bool) -> Message | None:
    """What would bring it into Thailand: the other zone, or the axes the other way round."""
    for other in GRIDS:
        if other != zone:
            place = _thai(other, east_m, north_m, indian)
            if place is not None:
                return msg(
                    "It looks like a point of zone {zone} ({place}). If so, write that zone.",
                    zone=other, place=as_decimal(place),
                )  # fmt: skip
    for one in (zone, *GRIDS):
        if one and _thai(one, north_m, east_m, indian):
            return msg("Easting and northing look swapped: the easting comes first.")
    return None


def _reading(place: LatLon, zone: int, indian: bool) -> Reading:
    if indian:
        understood = msg(
            "UTM zone {zone} on Indian 1975, by “{operation}” (EPSG:{epsg})",
            zone=zone, operation=OPERATION, epsg=OPERATION_EPSG,
        )  # fmt: skip
        return Reading(place, Notation.INDIAN_1975, understood)
    return Reading(place, Notation.UTM, msg("UTM zone {zone}", zone=zone))


def _square_place(
    zone: int, band: str, square: str, offset_m: tuple[float, float], cell_m: float
) -> LatLon:
    """The middle of the square: half a cell from any place in it, and it reads back the same."""
    name = f"{zone}{band} {square}"
    if zone not in GRIDS:
        raise outside(name)
    corner = square_corner(zone, band, square)
    if corner is not None:
        east_m, north_m = (corner[axis] + offset_m[axis] + cell_m / 2 for axis in (0, 1))
        if 0 < north_m < 9_000_000:
            middle = utm_grid(zone).point_to_degrees(east_m, north_m)
            if band in _bands_near(middle, cell_m):
                return middle
    raise _no_square(name)


def _no_square(name: str) -> KnownError:
    return unclear(msg("There is no MGRS square {reference}.", reference=shortened(name)))


def _bands_near(place: LatLon, cell_m: float) -> frozenset[str]:
    """The band letters in a cell about `place`: two where the cell lies across their border."""
    half_deg = cell_m / _METRES_A_DEGREE
    return frozenset(band_of(place.lat_deg + shift) for shift in (-half_deg, half_deg))


def _number(text: str) -> float:
    number = float(text.replace(",", ""))
    return number if math.isfinite(number) else 0.0
