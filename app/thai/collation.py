"""The order of Thai words in a list, as a dictionary has it. Knows no database collation."""

from __future__ import annotations

import re

from app.thai.digits import to_arabic
from app.thai.text import normalise

# A leading vowel is written before its consonant and sorted after it (Thai and Lao)
_LEADING_VOWEL = re.compile("([\u0e40-\u0e44\u0ec0-\u0ec4])([\u0e01-\u0e2e\u0e81-\u0eae])")
# mai taikhu, the four tones, thanthakhat; they decide only between words otherwise the same
_TONE = re.compile("[\u0e47-\u0e4c\u0ec8-\u0ecc]")
_NOT_TONE = re.compile("[^\u0e47-\u0e4c\u0ec8-\u0ecc]")
_NUMBER = re.compile(r"\d+")
_DIGITS = 12

SortKey = tuple[str, str, str]


def sort_key(text: str) -> SortKey:
    """A key for `sorted`: consonants and vowels first, then tones, then the text itself.

    Runs of digits count as numbers, so that ซอย 2 stands before ซอย 10.
    """
    plain = normalise(to_arabic(text))
    letters = _NUMBER.sub(_padded, _LEADING_VOWEL.sub(r"\2\1", _TONE.sub("", plain)))
    return letters, _tones(plain), text


def _tones(plain: str) -> str:
    """The tones at their letters, `0` where there is none: an earlier tone weighs more."""
    return _NOT_TONE.sub("0", plain)


def _padded(number: re.Match[str]) -> str:
    return number[0].lstrip("0").zfill(_DIGITS)
