"""Reads plus codes as they are pasted, short ones against the station's own town only.

Knows the codes and one town; no other town's place is known here, so none is guessed.
"""

from __future__ import annotations

import re

from app.errors import msg
from app.geo import plus_codes
from app.geo.coordinates import as_decimal
from app.geo.reading import Notation, Reading, Town, in_thailand, shortened, unclear
from app.thai.text import normalise

_LETTERS = plus_codes.ALPHABET
_CODE = re.compile(
    rf"(?P<code>[{_LETTERS}]{{2,8}}0{{0,6}}\+[{_LETTERS}]{{0,7}})(?:[\s,]+(?P<town>\S.*))?",
    re.IGNORECASE,
)
_METRES_A_DEGREE = 111_320.0
_LARGEST_M = 300.0


def is_plus_code(text: str) -> bool:
    """True for plain text that begins with a plus code, right or wrong."""
    found = _CODE.fullmatch(text)
    return found is not None and plus_codes.is_code(found["code"])


def read_plus_code(text: str, town: Town | None) -> Reading | None:
    """`7P86GPVF+6W`, or `GPVF+6W` with or without the name of the station's town after it."""
    found = _CODE.fullmatch(text)
    if found is None or not plus_codes.is_code(found["code"]):
        return None
    code, named = found["code"].upper(), found["town"] or ""
    short = plus_codes.is_short(code)
    full = _recovered(code, named, town) if short else code
    if not plus_codes.is_full(full):
        raise unclear(msg("{code} is not a plus code.", code=shortened(code)))
    cell = plus_codes.decode(full)
    size_m = cell.height_deg * _METRES_A_DEGREE
    if size_m > _LARGEST_M:
        raise unclear(
            msg("This plus code names a square of {size} km.", size=f"{size_m / 1000:.0f}"),
            msg("Paste the whole code, with the letters after the plus sign."),
        )
    middle = cell.middle
    place = in_thailand(middle.lat_deg, middle.lon_deg, full)
    size = f"{size_m:.0f}" if size_m >= 1.5 else "1"
    if short:
        understood = msg(
            "short plus code, read near this station’s town as {code}, a square of {size} m",
            code=full, size=size,
        )  # fmt: skip
    else:
        understood = msg("plus code, a square of {size} m", size=size)
    return Reading(place, Notation.PLUS_CODE, understood, size_m)


def _recovered(code: str, named: str, town: Town | None) -> str:
    if town is None:
        raise unclear(
            msg("This plus code is short: it means a place only together with a town."),
            msg("Paste the whole code, such as {code}.", code="7P86GPVF+6W"),
        )
    known = [normalise(name) for name in town.names if name]
    if named and not any(name in normalise(named) for name in known):
        raise unclear(
            msg("This short plus code was given for “{town}”, and its place is not known here.",
                town=shortened(named)),
            msg("Paste the whole code. Near {town} it would be {place}.", town=town.names[0],
                place=as_decimal(plus_codes.decode(plus_codes.recover(code, town.at)).middle)),
        )  # fmt: skip
    return plus_codes.recover(code, town.at)
