"""Reads degrees: decimal, or degrees, minutes and seconds. Knows no grids, no links."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.errors import msg
from app.geo.coordinates import EAST_DEG, NORTH_DEG, SOUTH_DEG, WEST_DEG
from app.geo.reading import Notation, Reading, in_thailand, outside, unclear

_LAT = r"(?:lat(?:itude)?|ละติจูด|ละติ)\.?"
_LON = r"(?:lon(?:g|gitude)?|lng|ลองจิจูด|ลองติจูด|ลองจิ)\.?"
_LETTER = r"[NSEW]|เหนือ|ใต้|ตะวันออก|ตะวันตก"
_DEGREES = r"([+-]?\d{1,3}(?:\.\d+)?)\s*(?:°|องศา)?"
_DECIMAL = re.compile(
    rf"({_LAT}|{_LON})?\s*[=:]?\s*({_LETTER})?\s*{_DEGREES}\s*({_LETTER})?"
    r"(?:\s*[,;]\s*|\s+)"
    rf"({_LAT}|{_LON})?\s*[=:]?\s*({_LETTER})?\s*{_DEGREES}\s*({_LETTER})?",
    re.IGNORECASE,
)
_PAIR = re.compile(r"-?\d{1,3}\s*[,;]\s+-?\d{1,3}")
_COMMA_FOR_POINT = re.compile(r"\d{1,3},\d{3,}\s*[;\s]\s*\d{1,3},\d{3,}")

_MARK_D, _MARK_M, _MARK_S = r"\s*(?:°|องศา)", r"\s*(?:'|ลิปดา)", r"\s*(?:\"|''|พิลิปดา|ฟิลิปดา)"
_N = r"\d{1,3}(?:\.\d+)?"
_SIXTIETHS = (
    rf"([+-]?)({_N})(?:{_MARK_D}\s*|\s+|:)({_N})(?:{_MARK_M}|:)?"
    rf"(?:\s*({_N})(?:{_MARK_S})?)?"
)
_DMS = re.compile(
    rf"({_LAT}|{_LON})?\s*[=:]?\s*({_LETTER})?\s*{_SIXTIETHS}\s*({_LETTER})?"
    r"\s*[,;]?\s*"
    rf"({_LAT}|{_LON})?\s*[=:]?\s*({_LETTER})?\s*{_SIXTIETHS}\s*({_LETTER})?",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[°':]|องศา|ลิปดา")
_HEMISPHERES = {"เหนือ": "N", "ใต้": "S", "ตะวันออก": "E", "ตะวันตก": "W"}
_SAME_AXIS = msg("Both numbers say the same axis: one must be latitude, one longitude.")


def is_degrees(text: str) -> bool:
    """True for plain text that is meant as degrees; “12 45” is a house number."""
    return _is_decimal(text) or _is_dms(text) or _COMMA_FOR_POINT.fullmatch(text) is not None


def read_decimal(text: str) -> Reading | None:
    """`16.54310, 104.72280` with or without letters and words, in either order."""
    if _COMMA_FOR_POINT.fullmatch(text):
        raise unclear(
            msg("Commas stand where the decimal points should be."),
            msg("Write it as 16.54310, 104.72280."),
        )
    found = _DECIMAL.fullmatch(text)
    if found is None or not _is_decimal(text):
        return None
    word_a, before_a, number_a, after_a, word_b, before_b, number_b, after_b = found.groups()
    if (before_a and after_a) or (before_b and after_b):
        return None
    first = _axis(float(number_a), before_a or after_a, word_a)
    second = _axis(float(number_b), before_b or after_b, word_b)
    return _placed(first, second, text, Notation.DECIMAL)


def read_dms(text: str) -> Reading | None:
    """`16°32'35.2"N 104°43'22.1"E`, minutes with decimals, Thai words, or spaces with letters."""
    found = _DMS.fullmatch(text)
    if found is None or not _is_dms(text):
        return None
    first, second = (_sixtieths(parts) for parts in _halves(found))
    return None if first is None or second is None else _placed(first, second, text, Notation.DMS)


@dataclass(frozen=True, slots=True)
class _Degrees:
    value: float
    axis: str  # "lat", "lon" or "" when the text does not say


def _is_decimal(text: str) -> bool:
    """Two numbers with decimals, N/E, the words or “, ” between."""
    found = _DECIMAL.fullmatch(text)
    if found is None:
        return False
    word_a, before_a, number_a, after_a, word_b, before_b, number_b, after_b = found.groups()
    said = (word_a or before_a or after_a) and (word_b or before_b or after_b)
    return bool(said) or ("." in number_a and "." in number_b) or _PAIR.fullmatch(text) is not None


def _is_dms(text: str) -> bool:
    """Marks of degrees or minutes, or numbers in threes with a letter each."""
    found = _DMS.fullmatch(text)
    if found is None or _is_decimal(text):
        return False
    letters = all(parts[1] or parts[6] for parts in _halves(found))
    return letters or len(_MARKED.findall(text)) >= 2


def _halves(found: re.Match[str]) -> tuple[tuple[str | None, ...], tuple[str | None, ...]]:
    """Word, letter before, sign, three numbers and letter after, of each of the two."""
    first, second = list(found.groups()[:7]), list(found.groups()[7:])
    if first[1] and first[6] and not second[1]:  # “N 16°… E 104°…”: the E belongs to what follows
        first[6], second[1] = None, first[6]
    return tuple(first), tuple(second)


def _sixtieths(parts: tuple[str | None, ...]) -> _Degrees | None:
    word, before, sign, degrees, minutes, seconds, after = parts
    if (before and after) or degrees is None or minutes is None:
        return None
    if "." in degrees or (seconds is not None and "." in minutes):
        raise unclear(
            msg("Only the last of degrees, minutes and seconds may have decimals."),
            msg("Write it as 16°32'35.2\"N 104°43'22.1\"E."),
        )
    if float(minutes) >= 60 or float(seconds or 0) >= 60:
        raise unclear(
            msg("Minutes and seconds end at 59."),
            msg("Check the digits; perhaps these are decimal degrees."),
        )
    value = float(degrees) + float(minutes) / 60 + float(seconds or 0) / 3600
    return _axis(-value if sign == "-" else value, before or after, word)


def _axis(value: float, letter: str | None, word: str | None) -> _Degrees:
    axis = ""
    if word:
        axis = "lat" if re.fullmatch(_LAT, word, re.IGNORECASE) else "lon"
    if letter:
        letter = _HEMISPHERES.get(letter, letter).upper()
        by_letter = "lat" if letter in "NS" else "lon"
        if axis and axis != by_letter:
            raise unclear(_SAME_AXIS)
        axis = by_letter
        value = -value if letter in "SW" else value
    return _Degrees(value, axis)


def _placed(first: _Degrees, second: _Degrees, text: str, notation: Notation) -> Reading:
    if first.axis and first.axis == second.axis:
        raise unclear(_SAME_AXIS)
    if first.axis or second.axis:
        lon_first = first.axis == "lon" or second.axis == "lat"
    else:  # Thailand's latitudes (6–21) and longitudes (97–106) do not overlap
        lon_first = _is_longitude(first.value) and _is_latitude(second.value)
    lat_deg, lon_deg = (second.value, first.value) if lon_first else (first.value, second.value)
    if abs(lat_deg) > 180 or abs(lon_deg) > 360:
        raise outside(text)
    place = in_thailand(lat_deg, lon_deg, text)
    if notation is Notation.DMS:
        order = msg("degrees, minutes and seconds, longitude written first")
        return Reading(place, notation, order if lon_first else msg("degrees, minutes and seconds"))
    if lon_first:
        swapped = msg("decimal degrees, longitude written first")
        return Reading(place, Notation.LONGITUDE_FIRST, swapped)
    return Reading(place, notation, msg("decimal degrees"))


def _is_latitude(value: float) -> bool:
    return SOUTH_DEG <= value <= NORTH_DEG


def _is_longitude(value: float) -> bool:
    return WEST_DEG <= value <= EAST_DEG
