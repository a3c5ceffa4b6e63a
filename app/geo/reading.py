"""What reading a pasted place gives: the place, how it was written, or a refusal with its cure.

Shared by all readers of coordinates. Knows no notation and no map.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.errors import KnownError, Message, msg
from app.geo.coordinates import LatLon, as_decimal, is_in_thailand
from app.thai.digits import to_arabic


class Notation(StrEnum):
    """How a place is written."""

    DECIMAL = "decimal"
    LONGITUDE_FIRST = "longitude_first"
    DMS = "dms"
    UTM = "utm"
    MGRS = "mgrs"
    INDIAN_1975 = "indian_1975"
    PLUS_CODE = "plus_code"
    MAP_LINK = "map_link"
    GEO_URI = "geo_uri"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Reading:
    """A place that was read, how it was written, and a sentence that says what was understood.

    `size_m` is how wide the square is that the text names: 1 for a metre, 14 for a plus code.
    """

    place: LatLon
    notation: Notation
    understood: Message
    size_m: float = 1.0


@dataclass(frozen=True, slots=True)
class Town:
    """What a short plus code is read against: the station's own town, and what it is called."""

    at: LatLon
    names: tuple[str, ...]


Reader = Callable[[str], Reading | None]
"""Reads one notation: None when the text is written otherwise, KnownError when it is wrong."""

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SIGNS = str.maketrans({"\u2212": "-", "º": "°", "˚": "°", "，": ",", "\u2032": "'", "\u2033": '"',
                        "’": "'", "‘": "'", "”": '"', "“": '"', "´": "'", "`": "'"})  # fmt: skip


def plain(text: str) -> str:
    """Arabic digits, plain spaces and signs, no brackets around it, nothing invisible."""
    text = _INVISIBLE.sub("", to_arabic(text)).translate(_SIGNS)
    text = re.sub(r"\s+", " ", text).strip(" ,;")
    if text[:1] in "([" and text[-1:] in ")]":
        text = text[1:-1].strip()
    return text


def shortened(text: str) -> str:
    """What is quoted back to a person: one line of up to 40 letters."""
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def unclear(what: Message, do: Message | None = None) -> KnownError:
    """The text could mean two places, or contradicts itself."""
    return KnownError(what, do=do)


def outside(text: str, do: Message | None = None) -> KnownError:
    """The place is not in Thailand."""
    return KnownError(
        msg("{text} lies outside Thailand.", text=shortened(text)),
        do=do or msg("Check the digits, and whether latitude comes first."),
    )


def in_thailand(lat_deg: float, lon_deg: float, text: str) -> LatLon:
    """The place, if it lies in Thailand; else a refusal that says what was likely meant."""
    if abs(lat_deg) <= 90 and abs(lon_deg) <= 180:
        place = LatLon(lat_deg, lon_deg)
        if is_in_thailand(place):
            return place
        text = as_decimal(place)
    raise outside(text, _cure(lat_deg, lon_deg))


def _cure(lat_deg: float, lon_deg: float) -> Message | None:
    """What would bring it into Thailand: the axes the other way round, or no minus."""
    swapped = _thai_place(lon_deg, lat_deg)
    if swapped is not None:
        return msg(
            "Latitude and longitude look swapped. If {place} is meant, write that.",
            place=as_decimal(swapped),
        )
    unsigned = _thai_place(abs(lat_deg), abs(lon_deg))
    if unsigned is not None:
        return msg(
            "Thailand lies north and east. If {place} is meant, write that.",
            place=as_decimal(unsigned),
        )
    return None


def _thai_place(lat_deg: float, lon_deg: float) -> LatLon | None:
    if not (abs(lat_deg) <= 90 and abs(lon_deg) <= 180):
        return None
    place = LatLon(lat_deg, lon_deg)
    return place if is_in_thailand(place) else None
