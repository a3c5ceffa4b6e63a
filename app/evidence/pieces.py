"""Hashes an MP4 while it is written, piece by piece: head, one piece a fragment, tail.

A fragment (boxes `moof` and `mdat`) holds one group of pictures, so the hash of its bytes names
the second that was altered, without any decoding. Knows no camera and no package.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol

_BOX_HEAD_BYTES = 8  # length and name: ISO/IEC 14496-12 §4.2
_FRAGMENT, _TAIL = b"moof", b"mfra"


class Writable(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of a file's bytes with its SHA-256. Pieces follow each other without a gap."""

    offset: int
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """A whole MP4. `tail`: the index at its end, from its offset to the last byte."""

    head: Piece
    fragments: tuple[Piece, ...]
    tail: Piece
    size_bytes: int
    sha256: str


class PieceHasher:
    """Passes what is written on to `out`. Every byte belongs to exactly one piece."""

    def __init__(self, out: Writable) -> None:
        self._out = out
        self._whole = hashlib.sha256()
        self._size_bytes = 0
        self._head = bytearray()  # of the box that has just begun
        self._left = 0  # bytes of the box under way that are still to come
        self._pieces: list[Piece] = []
        self._begins = 0
        self._piece = hashlib.sha256()
        self._has_tail = False
        self.is_lost = False
        """Set when the file was given up: nothing more is passed on."""

    @property
    def size_bytes(self) -> int:
        """So far."""
        return self._size_bytes

    def write(self, data: bytes) -> int:
        """Raises what `out` raises; ValueError for bytes that are no boxes."""
        if self.is_lost:
            return len(data)
        self._out.write(data)
        self._whole.update(data)
        rest = memoryview(data)
        while rest:
            taken = self._inside_a_box(rest) if self._left else self._head_of_a_box(rest)
            self._size_bytes += taken
            rest = rest[taken:]
        return len(data)

    def finish(self) -> Pieces:
        """What was written; ValueError unless it is a head and whole fragments."""
        if self._left or self._head:
            raise ValueError("the file ends inside a box")
        if not self._has_tail:
            self._next_piece(self._size_bytes)
        self._next_piece(self._size_bytes)
        head, *fragments, tail = self._pieces
        if not fragments:
            raise ValueError("no fragment was written")
        return Pieces(head, tuple(fragments), tail, self._size_bytes, self._whole.hexdigest())

    def _inside_a_box(self, rest: memoryview) -> int:
        taken = min(len(rest), self._left)
        self._piece.update(rest[:taken])
        self._left -= taken
        return taken

    def _head_of_a_box(self, rest: memoryview) -> int:
        taken = min(len(rest), _BOX_HEAD_BYTES - len(self._head))
        self._head += rest[:taken]
        if len(self._head) == _BOX_HEAD_BYTES:
            length, name = int.from_bytes(self._head[:4], "big"), bytes(self._head[4:])
            if length < _BOX_HEAD_BYTES:
                raise ValueError("a box without its length")
            if name in (_FRAGMENT, _TAIL):
                self._next_piece(self._size_bytes + taken - _BOX_HEAD_BYTES)
                self._has_tail = name == _TAIL
            self._piece.update(self._head)
            self._left = length - _BOX_HEAD_BYTES
            self._head.clear()
        return taken

    def _next_piece(self, at: int) -> None:
        self._pieces.append(Piece(self._begins, at - self._begins, self._piece.hexdigest()))
        self._begins, self._piece = at, hashlib.sha256()
