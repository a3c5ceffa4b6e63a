"""Plus codes (Open Location Code), written and read. Knows their alphabet, no map and no towns.

From the public specification: 20 letters; five pairs of latitude and longitude halve the cell by
20 each time; after the tenth digit every letter names a cell of a grid of 5 rows and 4 columns.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.geo.coordinates import LatLon

ALPHABET = "23456789CFGHJMPQRVWX"
SEPARATOR = "+"
SEPARATOR_AT = 8
PAIR_DIGITS = 10
MOST_DIGITS = 15
_BASE = 20
_ROWS, _COLUMNS = 5, 4
# whole numbers of the finest cell: degrees would gather rounding errors
_FINEST_A_PAIR_DEGREE = 8000
_LAT_UNITS = _FINEST_A_PAIR_DEGREE * _ROWS**5
_LON_UNITS = _FINEST_A_PAIR_DEGREE * _COLUMNS**5


@dataclass(frozen=True, slots=True)
class Cell:
    """What a code names: its south-west corner and its size, in degrees."""

    south_deg: float
    west_deg: float
    height_deg: float
    width_deg: float

    @property
    def middle(self) -> LatLon:
        """The middle of the cell."""
        return LatLon(
            min(self.south_deg + self.height_deg / 2, 90.0), self.west_deg + self.width_deg / 2
        )


def encode(place: LatLon, digits: int = 12) -> str:
    """The code of the cell that holds the place; 10 digits are 14 m, 11 are 3 m, 12 half a metre.

    `digits` is 10 to 15.
    """
    lat = min(math.floor(round((place.lat_deg + 90) * _LAT_UNITS, 3)), 180 * _LAT_UNITS - 1)
    lon = math.floor(round((place.lon_deg + 180) * _LON_UNITS, 3)) % (360 * _LON_UNITS)
    letters = []
    for _ in range(MOST_DIGITS - PAIR_DIGITS):
        lat, row = divmod(lat, _ROWS)
        lon, column = divmod(lon, _COLUMNS)
        letters.append(ALPHABET[row * _COLUMNS + column])
    for _ in range(PAIR_DIGITS // 2):
        lat, lat_digit = divmod(lat, _BASE)
        lon, lon_digit = divmod(lon, _BASE)
        letters += (ALPHABET[lon_digit], ALPHABET[lat_digit])
    code = "".join(reversed(letters))[:digits]
    return code[:SEPARATOR_AT] + SEPARATOR + code[SEPARATOR_AT:]


def decode(code: str) -> Cell:
    """The cell of a full code. ValueError for what is none."""
    if not is_full(code):
        raise ValueError(f"no full plus code: {code}")
    letters = code.upper().replace(SEPARATOR, "").rstrip("0")
    lat = lon = 0
    lat_units, lon_units = _LAT_UNITS * _BASE**2, _LON_UNITS * _BASE**2  # the first pair: 20°
    for at, letter in enumerate(letters[:PAIR_DIGITS]):
        value = ALPHABET.index(letter)
        if at % 2 == 0:
            lat_units //= _BASE
            lat += value * lat_units
        else:
            lon_units //= _BASE
            lon += value * lon_units
    for letter in letters[PAIR_DIGITS:MOST_DIGITS]:
        row, column = divmod(ALPHABET.index(letter), _COLUMNS)
        lat_units //= _ROWS
        lon_units //= _COLUMNS
        lat += row * lat_units
        lon += column * lon_units
    return Cell(
        lat / _LAT_UNITS - 90,
        lon / _LON_UNITS - 180,
        lat_units / _LAT_UNITS,
        lon_units / _LON_UNITS,
    )


def is_full(code: str) -> bool:
    """Whether it is a whole code, padded with zeros or not."""
    if not is_code(code) or code.find(SEPARATOR) != SEPARATOR_AT:
        return False
    return ALPHABET.index(code[0].upper()) * _BASE < 180 and (
        code[1] == "0" or ALPHABET.index(code[1].upper()) * _BASE < 360
    )


def is_short(code: str) -> bool:
    """Whether it is a code whose first two, four or six letters a reference must give."""
    return is_code(code) and code.find(SEPARATOR) in (2, 4, 6)


def is_code(code: str) -> bool:
    """Whether the letters can be a plus code at all."""
    before, plus, after = code.upper().partition(SEPARATOR)
    padding = len(before) - len(before.rstrip("0"))
    if not plus or len(after) == 1 or len(before) % 2 or not 2 <= len(before) <= SEPARATOR_AT:
        return False
    if padding and (after or len(before) != SEPARATOR_AT or padding % 2 or padding > 6):
        return False
    return set(before[: len(before) - padding] + after) <= set(ALPHABET)


def recover(short: str, near: LatLon) -> str:
    """The full code nearest to `near` that ends in this short one. ValueError if it is none."""
    if not is_short(short):
        raise ValueError(f"no short plus code: {short}")
    missing = SEPARATOR_AT - short.find(SEPARATOR)
    step_deg = float(_BASE) ** (2 - missing // 2)
    code = encode(near, PAIR_DIGITS).replace(SEPARATOR, "")[:missing] + short.upper()
    cell = decode(code)
    middle = cell.middle
    lat_deg = _nearest(middle.lat_deg, near.lat_deg, step_deg, 90.0)
    lon_deg = _nearest(middle.lon_deg, near.lon_deg, step_deg, 540.0)
    digits = len(short) - 1 + missing
    return encode(LatLon(lat_deg, (lon_deg + 180) % 360 - 180), max(digits, PAIR_DIGITS))


def _nearest(middle_deg: float, near_deg: float, step_deg: float, most_deg: float) -> float:
    """One of the cells a step apart: the one less than half a step from the reference."""
    if near_deg + step_deg / 2 < middle_deg and middle_deg - step_deg >= -most_deg:
        return middle_deg - step_deg
    if near_deg - step_deg / 2 > middle_deg and middle_deg + step_deg <= most_deg:
        return middle_deg + step_deg
    return middle_deg
