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
_MOST_WORDS = 24  # of one query: more than these seldom rule out another block

_Numbers = npt.NDArray[np.uint32]


def grams(texts: bytes) -> str:
    """Every run of one to four bytes in packed texts, once, with spaces; none crosses a NUL.

    Bytes above 127 become U+0080 to U+00FF: the index's `ascii` tokenizer takes these as letters.
    """
    return _written(numbers_of(texts))


def numbers_of(texts: bytes) -> _Numbers:
    """The same runs as numbers: the first byte the highest, zeros behind a shorter one."""
    runs = _runs(texts)
    return np.concatenate([_of_length(runs, length) for length in range(1, LONGEST + 1)])


def words_of(numbers: _Numbers) -> list[bytes]:
    """What the index calls these runs, in UTF-8: in the order of their numbers if these rise."""
    return _written(numbers).encode().split()


def blocks_with(phrases: Iterable[bytes]) -> str:
    """The full-text query for the blocks that may hold all of these packed phrases."""
    words = {word: None for phrase in phrases for word in _words_to_ask_for(phrase)}
    return " AND ".join(f'"{word}"' for word in words)


def _words_to_ask_for(phrase: bytes) -> list[str]:
    text = phrase.decode("latin-1")
    if len(text) <= LONGEST:
        return [text]
    places = range(len(text) - LONGEST + 1)
    step = -(-len(places) // _MOST_WORDS)
    chosen = dict.fromkeys((*places[::step], places[-1]))
    return [text[place : place + LONGEST] for place in chosen]


def _runs(texts: bytes) -> _Numbers:
    """At every byte the run of four that begins there, as a number, its first byte the highest;
    what lies behind a NUL is zero. Each once, in rising order.

    The shorter runs are the beginnings of these: one sorting does for all.
    """
    letters = np.frombuffer(texts + bytes(LONGEST - 1), np.uint8)
    count = len(texts)
    numbers = letters[:count].astype(np.uint32) << np.uint32(24)
    whole = letters[:count] != 0
    starts = whole
    for place in range(1, LONGEST):
        part = letters[place : place + count]
        whole = whole & (part != 0)
        numbers |= np.where(whole, part, 0).astype(np.uint32) << np.uint32(24 - 8 * place)
    return _once(np.sort(numbers[starts]))


def _once(rising: _Numbers) -> _Numbers:
    differs = np.ones(len(rising), bool)
    np.not_equal(rising[1:], rising[:-1], out=differs[1:])
    once: _Numbers = rising[differs]
    return once


def _of_length(runs: _Numbers, length: int) -> _Numbers:
    """The first `length` bytes of the runs that are as long, each once, in rising order."""
    beginnings = runs >> np.uint32(8 * (LONGEST - length))
    return _once(beginnings[beginnings & np.uint32(255) != 0]) << np.uint32(8 * (LONGEST - length))


def _written(numbers: _Numbers) -> str:
    letters = np.full((len(numbers), LONGEST + 1), ord(" "), np.uint8)
    letters[:, :LONGEST] = numbers.astype(">u4").view(np.uint8).reshape(-1, LONGEST)
    return letters.tobytes().translate(None, b"\0").decode("latin-1")
