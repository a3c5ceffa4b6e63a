"""Which runs of bytes a few packed texts hold, as words that SQLite's full-text index takes.

Blocks of incidents are indexed, not incidents: a third of the size, a quarter of the time. The
index says in which blocks a query may stand; the packed texts then say where it does stand.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

LONGEST = 4
"""Bytes in a word of the index, at most: two or three clusters of Thai, the number of a plate. With
three, a telephone number or a time leaves five times as many blocks to look through."""
_MOST_WORDS = 16  # of one query: more than these seldom rule out another block

_Bytes = npt.NDArray[np.uint8]
_Numbers = npt.NDArray[np.uint32]


def grams(texts: bytes) -> str:
    """Every run of one to four bytes in packed texts, once, with spaces; none crosses a NUL.

    Bytes above 127 become U+0080 to U+00FF: the index's `ascii` tokenizer takes these as letters.
    """
    letters = np.frombuffer(texts, np.uint8)
    return "".join(_words(_runs(letters, length), length) for length in range(1, LONGEST + 1))


def blocks_with(phrases: Iterable[bytes]) -> str:
    """The full-text query for the blocks that may hold all of these packed phrases."""
    words = {word: None for phrase in phrases for word in _words_of(phrase)}
    return " AND ".join(f'"{word}"' for word in words)


def _words_of(phrase: bytes) -> list[str]:
    text = phrase.decode("latin-1")
    if len(text) <= LONGEST:
        return [text]
    places = range(len(text) - LONGEST + 1)
    step = -(-len(places) // _MOST_WORDS)
    chosen = dict.fromkeys((*places[::step], places[-1]))
    return [text[place : place + LONGEST] for place in chosen]


def _runs(letters: _Bytes, length: int) -> _Numbers:
    """The different runs of this length, each as a number, its first byte the highest."""
    count = len(letters) - length + 1
    if count < 1:
        return np.empty(0, np.uint32)
    numbers = np.zeros(count, np.uint32)
    whole = np.ones(count, bool)
    for place in range(length):
        part = letters[place : place + count]
        numbers = (numbers << np.uint32(8)) | part
        whole &= part != 0
    inside: _Numbers = np.sort(numbers[whole])  # quicker than np.unique for so few
    differs = np.concatenate((inside[:1] == inside[:1], inside[1:] != inside[:-1]))
    different: _Numbers = inside[differs]
    return different


def _words(runs: _Numbers, length: int) -> str:
    written = np.full((len(runs), length + 1), ord(" "), np.uint8)
    for place in range(length):
        written[:, place] = runs >> np.uint32(8 * (length - 1 - place)) & np.uint32(255)
    return written.tobytes().decode("latin-1")
