"""The one function that all text passes before it is set: what cannot be drawn becomes visible.

Control characters, characters that turn or hide what follows, and those that no shipped font draws
would be printed as nothing, or turn the line round; they stand as `[U+202E]` instead. What is
attached to the paper keeps the original.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from app.sheets.fonts import drawn_characters

ZERO_WIDTH_SPACE = "\u200b"
"""Where a line may break; draws nothing. Thai that was copied from a page often holds it."""
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_KEPT = "\n" + ZERO_WIDTH_SPACE
# A run without a place to break would leave the paper: a hash, an address, a key held down. Thai
# and Lao are broken between words by the typesetter.
_LONGEST_RUN, _PIECE = 24, 8
_RUN = re.compile(
    f"[^\\s{ZERO_WIDTH_SPACE}\u0e00-\u0eff]{{{_LONGEST_RUN + 1},}}"  # spaces, Thai, Lao end it
)
_REPEATED = re.compile("([\u0e00-\u0eff]{1,12}?)\\1{7,}")  # no words: nothing breaks these
_MARKS = "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
_HEAP = re.compile(f"(?<=[{_MARKS}]{{4}})[{_MARKS}]+")  # on one letter: they would leave the line
_PIECES = re.compile(f"(.{{{_PIECE}}})(?=.)")


def clean(text: str) -> str:
    """The text as it can be set: every line end is `\\n`, a tab is a space, all else is visible."""
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = _undrawn().sub(_visible, text)
    text = _HEAP.sub(_each_visible, text)
    text = _REPEATED.sub(_breakable, text)
    return _RUN.sub(_breakable, text)


def cleaned(data: Any) -> Any:
    """`clean` for every text in a sheet's data, however deep; numbers and truths stay.

    Raises TypeError for what JSON does not hold.
    """
    if isinstance(data, str):
        return clean(data)
    if isinstance(data, Mapping):
        return {name: cleaned(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [cleaned(value) for value in data]
    if data is None or isinstance(data, bool | int | float):
        return data
    raise TypeError(f"a sheet cannot say {type(data).__name__}")


@functools.lru_cache(maxsize=1)
def _undrawn() -> re.Pattern[str]:
    """Matches one character that is not to be set as it is."""
    drawn = sorted(code for code in drawn_characters() if _has_ink(chr(code)))
    return re.compile(f"[^{_KEPT}{_ranges(drawn)}]")


def _has_ink(letter: str) -> bool:
    return unicodedata.category(letter) not in _HIDDEN


def _ranges(codes: list[int]) -> str:
    """Sorted code points as the inside of a character class."""
    parts: list[str] = []
    first = last = codes[0]
    for code in [*codes[1:], -1]:
        if code == last + 1:
            last = code
            continue
        parts.append(f"{re.escape(chr(first))}-{re.escape(chr(last))}")
        first = last = code
    return "".join(parts)


def _visible(found: re.Match[str]) -> str:
    letter = found[0]
    if unicodedata.category(letter) == "Zs":
        return " "  # a space of another width
    return f"[U+{ord(letter):04X}]"


def _each_visible(found: re.Match[str]) -> str:
    return "".join(f"[U+{ord(letter):04X}]" for letter in found[0])


def _breakable(found: re.Match[str]) -> str:
    return _PIECES.sub(f"\\1{ZERO_WIDTH_SPACE}", found[0])
