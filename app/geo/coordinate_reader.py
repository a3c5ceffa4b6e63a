"""Reads a place from what people paste. Refuses what could mean two places, and never guesses.

Decimal degrees, UTM and MGRS, with Arabic or Thai digits; only Thailand. A wrong place sends a
patrol to the wrong street. Knows no gazetteer and no map.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.errors import KnownError, Message, msg
from app.geo.coordinates import (
    EAST_DEG,
    NORTH_DEG,
    SOUTH_DEG,
    WEST_DEG,
    LatLon,
    as_decimal,
    band_of,
    is_in_thailand,
    square_corner,
    utm_grid,
)
from app.thai.digits import to_arabic


class Notation(StrEnum):
    """How a place was written."""

    DECIMAL = "decimal"
    LONGITUDE_FIRST = "longitude_first"
    UTM = "utm"
    MGRS = "mgrs"


@dataclass(frozen=True, slots=True)
class Reading:
    """A place that was read, how it was written, and a sentence that says what was understood."""

    place: LatLon
    notation: Notation
    understood: Message


def read_coordinates(text: str) -> Reading:
    """The one place in Thailand that `text` means.

    Raises KnownError when the text is no coordinate, means two places, or lies outside Thailand.
    """
    plain = _plain(text)
    for read in (_read_mgrs, _read_utm, _read_bare_grid, _read_decimal):
        reading = read(plain)
        if reading is not None:
            _refuse_outside_thailand(reading.place)
            return reading
    raise KnownError(
        msg("“{text}” is not a coordinate.", text=_shortened(text)),
        do=msg("Write it as 16.54310, 104.72280 or 48Q 470423 1829031 or 48Q VD 70423 29031."),
    )


def looks_like_coordinates(text: str) -> bool:
    """True when `text` is meant as a coordinate, right or wrong, and not as a place's name."""
    plain = _plain(text)
    if _MGRS.fullmatch(plain) or _is_decimal(plain):
        return True
    grid = _UTM.fullmatch(plain) or _BARE_GRID.fullmatch(plain)
    return grid is not None and all(_number(part) >= 1000 for part in grid.groups()[-2:])


def _is_decimal(plain: str) -> bool:
    """Two numbers with decimals, N/E, the words or “, ” between; “12 45” is a house number."""
    found = _DECIMAL.fullmatch(plain)
    if found is None:
        return False
    word_a, before_a, number_a, after_a, word_b, before_b, number_b, after_b = found.groups()
    said = (word_a or before_a or after_a) and (word_b or before_b or after_b)
    return bool(said) or ("." in number_a and "." in number_b) or _PAIR.fullmatch(plain) is not None


# -- reading -----------------------------------------------------------------------------------

_METRES_A_DEGREE = 110_600.0  # of latitude, near the equator
_PAIR = re.compile(r"-?\d{1,3}\s*[,;]\s+-?\d{1,3}")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_MGRS = re.compile(r"(\d{1,2})\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z]{2})\s*(\d+)\s*(\d*)", re.IGNORECASE)
_UTM = re.compile(
    r"(?:UTM)?\s*(?:ZONE|โซน)?\s*(\d{2})\s*([C-HJ-NP-X])?[\s,:]+"
    rf"(?:E|X)?\s*[=:]?\s*({_NUMBER})\s*(?:m?E|m)?[\s,]+"
    rf"(?:N|Y)?\s*[=:]?\s*({_NUMBER})\s*(?:m?N|m)?",
    re.IGNORECASE,
)
_BARE_GRID = re.compile(
    rf"(?:UTM)?\s*(?:E|X)?\s*[=:]?\s*({_NUMBER})\s*(?:m?E|m)?[\s,]+"
    rf"(?:N|Y)?\s*[=:]?\s*({_NUMBER})\s*(?:m?N|m)?",
    re.IGNORECASE,
)
_LAT, _LON = r"(?:lat(?:itude)?|ละติจูด|ละติ)", r"(?:lon(?:g|gitude)?|lng|ลองจิจูด|ลองติจูด|ลองจิ)"
_DEGREES = r"([+-]?\d{1,3}(?:\.\d+)?)\s*°?"
_DECIMAL = re.compile(
    rf"({_LAT}|{_LON})?\s*[=:]?\s*([NSEW])?\s*{_DEGREES}\s*([NSEW])?"
    r"(?:\s*[,;]\s*|\s+)"
    rf"({_LAT}|{_LON})?\s*[=:]?\s*([NSEW])?\s*{_DEGREES}\s*([NSEW])?",
    re.IGNORECASE,
)


def _plain(text: str) -> str:
    """Arabic digits, plain spaces and signs, no brackets around it, nothing invisible."""
    text = to_arabic(text)
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]", "", text)
    text = text.replace("\u2212", "-").replace("º", "°").replace("，", ",")
    text = re.sub(r"\s+", " ", text).strip(" ,;")
    if text[:1] in "([" and text[-1:] in ")]":
        text = text[1:-1].strip()
    return text


def _read_mgrs(text: str) -> Reading | None:
    found = _MGRS.fullmatch(text)
    if found is None:
        return None
    zone, band, square, east, north = found.groups()
    digits = east + north
    if (north and len(east) != len(north)) or len(digits) % 2 or not 4 <= len(digits) <= 10:
        raise _unclear(msg("An MGRS reference needs as many digits for east as for north."))
    half = len(digits) // 2
    cell_m = 10.0 ** (5 - half)
    offset_m = int(digits[:half]) * cell_m, int(digits[half:]) * cell_m
    place = _square_place(int(zone), band.upper(), square.upper(), offset_m, cell_m)
    return Reading(place, Notation.MGRS, msg("MGRS, a square of {size} m", size=round(cell_m)))


def _square_place(
    zone: int, band: str, square: str, offset_m: tuple[float, float], cell_m: float
) -> LatLon:
    """The middle of the square: half a cell from any place in it, and it reads back the same."""
    name = f"{zone}{band} {square}"
    if zone not in (47, 48):
        raise _outside(name)
    corner = square_corner(zone, band, square)
    if corner is not None:
        east_m, north_m = (corner[axis] + offset_m[axis] + cell_m / 2 for axis in (0, 1))
        if 0 < north_m < 9_000_000:
            middle = utm_grid(zone).point_to_degrees(east_m, north_m)
            if band in _bands_near(middle, cell_m):
                return middle
    raise _unclear(msg("There is no MGRS square {reference}.", reference=name))


def _bands_near(place: LatLon, cell_m: float) -> frozenset[str]:
    """The band letters in a cell about `place`: two where the cell lies across their border."""
    half_deg = cell_m / _METRES_A_DEGREE
    return frozenset(band_of(place.lat_deg + shift) for shift in (-half_deg, half_deg))


def _read_utm(text: str) -> Reading | None:
    found = _UTM.fullmatch(text)
    if found is None or "." in found[1]:
        return None
    zone, band = int(found[1]), (found[2] or "").upper()
    east_m, north_m = _number(found[3]), _number(found[4])
    if not 1 <= zone <= 60 or east_m < 1000:
        return None  # two or three small numbers are no grid reference
    if zone not in (47, 48):
        raise _outside(text)
    place = _grid_place(zone, east_m, north_m, text)
    if band not in ("", "N", *_bands_near(place, 1.0)):  # N is a band, and how many write “north”
        raise _unclear(
            msg("The letter {band} does not fit this northing; it should be {right}.",
                band=band, right=band_of(place.lat_deg))
        )  # fmt: skip
    return Reading(place, Notation.UTM, msg("UTM zone {zone}", zone=zone))


def _read_bare_grid(text: str) -> Reading | None:
    """Easting and northing without a zone: two places in Thailand, so never a guess."""
    found = _BARE_GRID.fullmatch(text)
    if found is None or _number(found[1]) < 1000 or _number(found[2]) < 1000:
        return None
    raise _unclear(
        msg("This is UTM without its zone: it could be zone 47 or 48."),
        msg("Write the zone first, as in 48Q 470423 1829031."),
    )


def _read_decimal(text: str) -> Reading | None:
    found = _DECIMAL.fullmatch(text)
    if found is None or not _is_decimal(text):
        return None
    word_a, before_a, number_a, after_a, word_b, before_b, number_b, after_b = found.groups()
    if (before_a and after_a) or (before_b and after_b):
        return None
    first = _degrees(number_a, before_a or after_a, word_a)
    second = _degrees(number_b, before_b or after_b, word_b)
    if first.axis and first.axis == second.axis:
        raise _same_axis()
    lon_first = first.axis == "lon" or second.axis == "lat" if first.axis or second.axis else None
    if lon_first is None:
        # Thailand's latitudes (6–21) and longitudes (97–106) do not overlap
        lon_first = _is_longitude(first.value) and _is_latitude(second.value)
    lat_deg, lon_deg = (second.value, first.value) if lon_first else (first.value, second.value)
    if abs(lat_deg) > 90 or abs(lon_deg) > 180:
        raise _outside(text)
    place = LatLon(lat_deg, lon_deg)
    if lon_first:
        swapped = msg("decimal degrees, longitude written first")
        return Reading(place, Notation.LONGITUDE_FIRST, swapped)
    return Reading(place, Notation.DECIMAL, msg("decimal degrees"))


@dataclass(frozen=True, slots=True)
class _Degrees:
    value: float
    axis: str  # "lat", "lon" or "" when the text does not say


def _degrees(number: str, letter: str | None, word: str | None) -> _Degrees:
    value = float(number)
    axis = ""
    if word:
        axis = "lat" if re.fullmatch(_LAT, word, re.IGNORECASE) else "lon"
    if letter:
        by_letter = "lat" if letter.upper() in "NS" else "lon"
        if axis and axis != by_letter:
            raise _unclear(
                msg("Both numbers say the same axis: one must be latitude, one longitude.")
            )
        axis = by_letter
        value = -value if letter.upper() in "SW" else value
    return _Degrees(value, axis)


def _is_latitude(value: float) -> bool:
    return SOUTH_DEG <= value <= NORTH_DEG


def _is_longitude(value: float) -> bool:
    return WEST_DEG <= value <= EAST_DEG


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _grid_place(zone: int, east_m: float, north_m: float, text: str) -> LatLon:
    # A zone may be used beyond its border: eastern Thailand is often given in zone 47
    if not (100_000 <= east_m <= 1_200_000 and 600_000 <= north_m <= 2_300_000):
        raise _outside(text)
    return utm_grid(zone).point_to_degrees(east_m, north_m)


# -- refusals ----------------------------------------------------------------------------------


def _refuse_outside_thailand(place: LatLon) -> None:
    if not is_in_thailand(place):
        raise _outside(as_decimal(place))


def _outside(text: str) -> KnownError:
    return KnownError(
        msg("{text} lies outside Thailand.", text=_shortened(text)),
        do=msg("Check the digits, and whether latitude comes first."),
    )


def _unclear(what: Message, do: Message | None = None) -> KnownError:
    return KnownError(what, do=do)


def _same_axis() -> KnownError:
    return _unclear(msg("Both numbers say the same axis: one must be latitude, one longitude."))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"
