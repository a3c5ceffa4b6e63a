"""For every run of bytes of many blocks the blocks that hold it: an index turned round, in memory.

For a rebuild. Sorted a few million at a time, at two bytes each, then put together from all of
these, one stretch of the alphabet after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from app.incidents.search_grams import numbers_of, words_of
from app.log import Lists

_AT_ONCE = 1 << 23
"""Runs that are sorted together."""
_MOST_BLOCKS = 1 << 16
"""Blocks of which runs are sorted together: counted from the first, they fit in two bytes."""
_STRETCH_BITS = 16  # of a run, its first bytes: one such beginning is never taken apart

_Runs = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The runs of some blocks, each once and rising, and where their blocks begin in `blocks`,
    which are counted from `first`; there is one beginning more than there are runs."""

    first: int
    runs: _Runs
    begins: npt.NDArray[np.int64]
    blocks: npt.NDArray[np.uint16]


class BlockLists:
    """Takes blocks in rising order, then gives their runs in rising order."""

    def __init__(self) -> None:
        self._waiting: list[_Runs] = []
        self._waiting_blocks: list[int] = []
        self._count = 0
        self._sorted: list[_Sorted] = []
        self.sizes: list[tuple[int, int]] = []
        """Each block and how many runs it has."""

    def add(self, block: int, texts: bytes) -> None:
        """Packed texts of one block."""
        if self._waiting and block - self._waiting_blocks[0] >= _MOST_BLOCKS:
            self._sort()
        runs = numbers_of(texts)
        self._waiting.append(runs)
        self._waiting_blocks.append(block)
        self.sizes.append((block, len(runs)))
        self._count += len(runs)
        if self._count >= _AT_ONCE:
            self._sort()

    def lists(self) -> Iterator[Lists]:
        """All of it, a stretch of the alphabet at a time."""
        self._sort()
        for low, high in pairwise(self._borders() if self._sorted else ()):
            some = self._between(low, high)
            if some is not None:
                yield some

    def _sort(self) -> None:
        if not self._waiting:
            return
        first = self._waiting_blocks[0]
        counts = [len(runs) for runs in self._waiting]
        blocks = np.repeat(np.array(self._waiting_blocks, np.uint64) - np.uint64(first), counts)
        both = np.concatenate(self._waiting).astype(np.uint64) << np.uint64(16) | blocks
        both.sort()
        runs = (both >> np.uint64(16)).astype(np.uint32)
        begins = np.flatnonzero(np.diff(runs, prepend=np.uint32(0)))  # no run is 0
        ends = np.append(begins, len(runs))
        self._sorted.append(_Sorted(first, runs[begins], ends, both.astype(np.uint16)))
        self._waiting, self._waiting_blocks, self._count = [], [], 0

    def _borders(self) -> list[int]:
        """Between which about as many lie as are sorted at a time."""
        held = np.zeros(1 << _STRETCH_BITS, np.int64)
        for one in self._sorted:
            beginnings = (one.runs >> np.uint32(32 - _STRETCH_BITS)).astype(np.int64)
            held += np.bincount(beginnings, np.diff(one.begins), len(held)).astype(np.int64)
        before = np.cumsum(held) - held
        firsts = np.flatnonzero(np.diff(before // _AT_ONCE, prepend=-1))
        return [int(first) << (32 - _STRETCH_BITS) for first in firsts] + [1 << 32]

    def _between(self, low: int, high: int) -> Lists | None:
        runs, counts, blocks = [], [], []
        for one in self._sorted:
            at = int(np.searchsorted(one.runs, np.uint32(low)))
            to = int(np.searchsorted(one.runs, np.uint32(high - 1), "right"))
            runs.append(one.runs[at:to])
            counts.append(np.diff(one.begins[at : to + 1]))
            held = one.blocks[one.begins[at] : one.begins[to]]
            blocks.append(held.astype(np.uint32) + np.uint32(one.first))
        return _joined(np.concatenate(runs), np.concatenate(counts), np.concatenate(blocks))


def _joined(
    runs: _Runs, counts: npt.NDArray[np.int64], blocks: npt.NDArray[np.uint32]
) -> Lists | None:
    """What was sorted in several goes, in one order: of each run the first go's blocks first."""
    if not len(runs):
        return None
    order = np.argsort(runs, kind="stable")
    begins = np.cumsum(counts) - counts
    counts, runs = counts[order], runs[order]
    ends = np.cumsum(counts)
    places = np.repeat(begins[order] - (ends - counts), counts) + np.arange(len(blocks))
    last = np.append(runs[1:] != runs[:-1], True)
    return Lists(words_of(runs[last]), ends[last], blocks[places])
