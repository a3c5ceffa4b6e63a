"""SQLite's full-text index (FTS5), written beneath its interface: all of it in one go.

Row by row, FTS5 gathers what it is given in a hash table, and merges again and again what it has
written: of the two hundred million words of a large rebuild that takes minutes. Where all rows of a
word are known at once, the index can be written as FTS5's own `optimize` leaves it: one piece, in
order. The format is that of its files (https://sqlite.org/src, ext/fts5/fts5_index.c, "Details"),
which every SQLite reads; only for indexes with `content=''` and `detail=none`.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PAGE_BYTES = 4050
"""What FTS5 puts in a page unless told otherwise (`pgsz`)."""
_AVERAGES, _STRUCTURE = 1, 10  # ids of its two records
_PIECE = 1
_MANY_PIECES = 6  # two levels of three, which come and go, are left alone
_PAGES_A_TIME = 250
_PIECE_SHIFT = 37  # a page's id: the piece's number, then the page's own
_NOTHING = b"\0\0\0"  # no level, no piece, nothing written
_MAIN = b"0"  # before every word: it is in the index of whole words
_ROOM = 12  # for what stands around a word: two lengths, a place in the foot, one row
_HEAD = 4
_LARGEST = 1 << 28  # a row's number, exclusive: four bytes of seven bits

_Numbers = npt.NDArray[np.uint32]
_Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lists:
    """Words, in rising order of their UTF-8, with the rows that hold them.

    `rows` (N,): the rows of the first word, rising, then those of the second …; `ends` (words,):
    where each word's rows end in it. No word is without a row.
    """

    words: Sequence[bytes]
    ends: _Places
    rows: _Numbers


def write_at_once(
    db: sqlite3.Connection, table: str, lists: Iterable[Lists], sizes: Iterable[tuple[int, int]]
) -> None:
    """Put these words into an index in which nothing is yet.

    The words of each of `lists` come after all words of the one before. `sizes`: every row and how
    many words it has. Raises ValueError when something is in the index.
    """
    (structure,) = db.execute(
        f'SELECT block FROM "{table}_data" WHERE id = ?', (_STRUCTURE,)
    ).fetchone()
    settings, pieces = structure[:4], structure[4:]
    if pieces != _NOTHING:
        raise ValueError(f"{table} is not empty")
    piece = _Piece(db, table)
    for some in lists:
        piece.add(some)
    pages = piece.finish()
    rows, words = _write_sizes(db, table, sizes)
    if pages:
        levels = _level_of(pages, rows)
        one_piece = [levels + 1, 1, 0, *[0, 0] * levels, 0, 1, _PIECE, 1, pages]
        _write_record(db, table, _STRUCTURE, settings + b"".join(map(_varint, one_piece)))
        _write_record(db, table, _AVERAGES, _varint(rows) + _varint(words))
    look_anew(db)


def merge_a_little(db: sqlite3.Connection, table: str) -> bool:
    """Go on making one piece of an index of many; whether that is worth to be called again.

    Every word is looked for in each piece, so many of them are slow to find in. Writes about a
    megabyte, in a few hundredths of a second.
    """
    pieces, is_merging = _pieces(db, table)
    if pieces < _MANY_PIECES and not is_merging:
        return False
    pages = _PAGES_A_TIME if is_merging else -_PAGES_A_TIME  # negative: all of them into one
    before = db.total_changes
    db.execute(f'INSERT INTO "{table}"("{table}", rank) VALUES(?, ?)', ("merge", pages))
    return db.total_changes - before > 1  # https://sqlite.org/fts5.html, "The 'merge' Command"


def _pieces(db: sqlite3.Connection, table: str) -> tuple[int, bool]:
    """How many there are, and whether some of them are being merged."""
    (record,) = db.execute(
        f'SELECT block FROM "{table}_data" WHERE id = ?', (_STRUCTURE,)
    ).fetchone()
    numbers = _read_varints(record[4:])
    levels, pieces, _ = (next(numbers) for _ in range(3))
    is_merging = False
    for _ in range(levels):
        merged, here = next(numbers), next(numbers)
        is_merging |= merged > 0
        for _ in range(3 * here):
            next(numbers)
    return pieces, is_merging


def look_anew(db: sqlite3.Connection) -> None:
    """Let the indexes of a connection look again at what is in their tables.

    They remember where they have put what; taken back to where they are, they throw that away
    (fts5_main.c: `fts5RollbackToMethod`).
    """
    db.execute("SAVEPOINT look_anew")
    db.execute("ROLLBACK TO look_anew")
    db.execute("RELEASE look_anew")


def _write_record(db: sqlite3.Connection, table: str, record: int, block: bytes) -> None:
    db.execute(f'REPLACE INTO "{table}_data"(id, block) VALUES(?, ?)', (record, block))


def _write_sizes(
    db: sqlite3.Connection, table: str, sizes: Iterable[tuple[int, int]]
) -> tuple[int, int]:
    rows = words = 0

    def counted() -> Iterator[tuple[int, bytes]]:
        nonlocal rows, words
        for row, size in sizes:
            rows, words = rows + 1, words + size
            yield row, _varint(size)

    db.executemany(f'INSERT INTO "{table}_docsize"(id, sz) VALUES(?, ?)', counted())
    return rows, words


def _level_of(pages: int, rows: int) -> int:
    """Where FTS5's merging would have brought a piece of this size: four of a level make one of the
    next. On a lower one it would be merged again before long."""
    of_a_row, level = max(1, pages // max(1, rows)), 1
    while of_a_row << (2 * level) < pages and level < 16:
        level += 1
    return level


class _Piece:
    """The pages of one piece, written as they fill."""

    def __init__(self, db: sqlite3.Connection, table: str) -> None:
        self._db = db
        self._into_pages = f'INSERT INTO "{table}_data"(id, block) VALUES(?, ?)'
        self._into_first_words = f'INSERT INTO "{table}_idx"(segid, term, pgno) VALUES(?, ?, ?)'
        self._pages = 0  # written
        self._body = bytearray()
        self._foot = bytearray()  # where the words begin, each counted from the one before
        self._last_word_at = 0
        self._first_row_at = 0  # if it stands before the page's first word
        self._word = b""

    def add(self, lists: Lists) -> None:
        """These words come next."""
        if not len(lists.words):
            return
        begins = np.concatenate(([0], lists.ends[:-1]))
        steps = lists.rows.copy()
        steps[1:] -= lists.rows[:-1]
        steps[begins] = lists.rows[begins]
        written, places = _varints(steps)
        bounds = zip(begins.tolist(), lists.ends.tolist(), strict=True)
        from_to = zip(places[begins].tolist(), places[lists.ends].tolist(), strict=True)
        for word, (first, end), (at, to) in zip(lists.words, bounds, from_to, strict=True):
            self._begin(word)
            if to - at <= self._room():
                self._body += written[at:to]
            else:
                self._spread(lists.rows, written, places, first, end)

    def finish(self) -> int:
        """Write what is left: how many pages there are."""
        if self._body:
            self._end_page()
        return self._pages

    def _room(self) -> int:
        return PAGE_BYTES - _HEAD - len(self._body) - len(self._foot)

    def _begin(self, word: bytes) -> None:
        word = _MAIN + word
        if self._room() < len(word) + _ROOM:
            self._end_page()
        at = _HEAD + len(self._body)
        if self._foot:
            shared = _shared(self._word, word)
            self._body += bytes((shared, len(word) - shared))
            self._body += word[shared:]
        else:
            page = self._pages + 1
            first = word if self._pages else b""
            self._db.execute(self._into_first_words, (_PIECE, first, page << 1))
            self._body.append(len(word))
            self._body += word
        self._foot += _varint(at - self._last_word_at)
        self._last_word_at, self._word = at, word

    def _spread(
        self, rows: _Numbers, written: bytes, places: _Places, first: int, end: int
    ) -> None:
        """Rows over several pages: the first one of each is written as it is, without the one
        before."""
        while first < end:
            last = int(np.searchsorted(places, places[first] + self._room(), "right")) - 1
            self._body += written[places[first] : places[min(last, end)]]
            first = max(first, min(last, end))
            if first < end:
                self._end_page()
                self._first_row_at = _HEAD
                self._body += _varint(int(rows[first]))
                first += 1

    def _end_page(self) -> None:
        self._pages += 1
        head = struct.pack(">HH", self._first_row_at, _HEAD + len(self._body))
        page = (_PIECE << _PIECE_SHIFT) + self._pages
        self._db.execute(self._into_pages, (page, head + self._body + self._foot))
        self._body.clear()
        self._foot.clear()
        self._last_word_at = self._first_row_at = 0


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _varint(number: int) -> bytes:
    """https://sqlite.org/fileformat.html, "varint", of fewer than nine bytes."""
    parts = [number & 0x7F]
    while number := number >> 7:
        parts.append(number & 0x7F | 0x80)
    return bytes(reversed(parts))


def _read_varints(written: bytes) -> Iterator[int]:
    number = 0
    for byte in written:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            yield number
            number = 0


def _varints(numbers: _Numbers) -> tuple[bytes, _Places]:
    """All of them in a row, and where each begins; last, where the last one ends."""
    if len(numbers) and int(numbers.max()) >= _LARGEST:
        raise ValueError("a row's number is too large")
    lengths = np.ones(len(numbers), np.int64)
    for bits in (7, 14, 21):
        lengths += numbers >= 1 << bits
    places = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    written = np.empty(int(places[-1]), np.uint8)
    ends = places[1:] - 1
    written[ends] = numbers & 0x7F
    for part in (1, 2, 3):
        longer = lengths > part
        written[ends[longer] - part] = numbers[longer] >> 7 * part & 0x7F | 0x80
    return written.tobytes(), places
