"""Reads a place from what people paste. Refuses what could mean two places, and never guesses.

Degrees, grids, map links, LINE locations and plus codes, with Arabic or Thai digits; only
Thailand. A wrong place sends a patrol to the wrong street. Knows no gazetteer and no map.
"""

from __future__ import annotations

from app.errors import KnownError, msg
from app.geo.degrees_reader import is_degrees, read_decimal, read_dms
from app.geo.grid_reader import is_grid, read_mgrs, read_utm
from app.geo.link_reader import is_link, read_link
from app.geo.plus_code_reader import is_plus_code, read_plus_code
from app.geo.reading import Notation, Reading, Town, plain, shortened
from app.thai.digits import to_arabic

__all__ = ["Notation", "Reading", "Town", "looks_like_coordinates", "read_coordinates"]


_MOST_CHARACTERS = 4_000  # a whole message with its links; more is a document


def read_coordinates(text: str, town: Town | None = None) -> Reading:
    """The one place in Thailand that `text` means; `town` is what short plus codes are read near.

    Raises KnownError when the text is no coordinate, means two places, or lies outside Thailand.
    """
    if len(text) <= _MOST_CHARACTERS:
        reading = read_link(to_arabic(text), _read_words) or _read_words(text, town)
        if reading is not None:
            return reading
    raise KnownError(
        msg("“{text}” is not a coordinate.", text=shortened(text)),
        do=msg("Write it as 16.54310, 104.72280 or 48Q 470423 1829031 or 48Q VD 70423 29031."),
    )


def looks_like_coordinates(text: str) -> bool:
    """True when `text` is meant as a coordinate, right or wrong, and not as a place's name."""
    if len(text) > _MOST_CHARACTERS:
        return False
    if is_link(text):
        return True
    words = plain(text)
    return is_degrees(words) or is_grid(words) or is_plus_code(words)


def _read_words(text: str, town: Town | None = None) -> Reading | None:
    words = plain(text)
    for read in (read_mgrs, read_utm, read_decimal, read_dms):
        reading = read(words)
        if reading is not None:
            return reading
    return read_plus_code(words, town)
