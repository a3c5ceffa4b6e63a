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
_MANY_PIECES = 6
_FAIR_SHARE = 4  # times as large as all others together: is not written anew for them
_OF_A_LEVEL = 4  # pieces that FTS5 itself makes one of
_MOST_IN_STEP = 12  # new pieces that there are where each row merges its share, and to spare
_MOST_PUT_OFF = 400
_CRISIS = 1_000  # of two thousand pieces that it can have
_MOST_LEVELS = 12
_PAGES_A_TIME = 250
_PIECE_SHIFT = 37  # a page's id: the piece's number, then the page's own
_MAIN = b"0"  # before every word: it is in the index of whole words
_ROOM = 12  # for what stands around a word: two lengths, a place in the foot, one row
_HEAD = 4
_LARGEST = 1 << 28  # a row's number, exclusive: four bytes of seven bits
_LONGEST_WORD = 100  # bytes: its length takes one

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
    many words it has. On a connection that has looked for something in it, the index must have been
    written to in the present transaction (see `look_anew`). Raises ValueError when something is in
    it, or for a word of more than 100 bytes.
    """
    structure = _structure(db, table)
    if any(structure.levels):
        raise ValueError(f"{table} is not empty")
    piece = _Piece(db, table)
    for some in lists:
        piece.add(some)
    pages = piece.finish()
    rows, words = _write_sizes(db, table, sizes)
    if pages:
        _write_record(db, table, _STRUCTURE, structure.settings + _one_piece(_PIECE, pages, rows))
        _write_record(db, table, _AVERAGES, _varint(rows) + _varint(words))
    look_anew(db)


def merge_evenly(db: sqlite3.Connection, table: str, *, put_off: bool = False) -> None:
    """Called with every row: merge half as much as the one before it calls for, as often as there
    are levels that it will come through one after the other. Half, for pieces have many of their
    words in common, and what is written then is written once.

    FTS5 by itself does nothing for some rows and then, for whoever saves the next, hundreds of
    pages in one go (`automerge`, `crisismerge`; https://sqlite.org/fts5.html). With `put_off`
    it waits for `merge_a_little`. So does all that was put off, for to go on with many pieces takes
    long however little is merged; but hundreds would make every search slow.
    """
    _merge_by_hand(db, table)
    levels = _structure(db, table).levels
    newest = levels[0] if levels else []
    waits = put_off or len(newest) > _MOST_IN_STEP
    if newest and (not waits or len(newest) > _MOST_PUT_OFF):
        _, newest_pages = newest[-1]
        _merge(db, table, newest_pages * (1 + sum(map(bool, levels))) // 2)


def _merge_by_hand(db: sqlite3.Connection, table: str) -> None:
    """Leave to FTS5 by itself no more than keeps it from having too many pieces."""
    config = f"SELECT v FROM \"{table}_config\" WHERE k = 'crisismerge'"
    crisis = db.execute(config).fetchone()
    if crisis is None or crisis[0] != _CRISIS:
        for name, value in (("automerge", 0), ("crisismerge", _CRISIS)):
            db.execute(f'INSERT INTO "{table}"("{table}", rank) VALUES(?, ?)', (name, value))


def merge_a_little(db: sqlite3.Connection, table: str) -> bool:
    """Go on making one piece of an index of many; whether something was done.

    Every word is looked for in each piece, so many of them are slow to find in. Writes about a
    megabyte, in a few hundredths of a second. A large piece is not written anew for a few words.
    """
    structure = _structure(db, table)
    pages = _pages_of_next_merge(structure)
    if not pages:
        return False
    before = db.total_changes
    _merge(db, table, pages)
    if db.total_changes - before < 2:  # https://sqlite.org/fts5.html, "The 'merge' Command"
        return False
    _lower(db, table)
    return True


def _pages_of_next_merge(structure: _Structure) -> int:
    """As the command takes them: negative for all pieces into one; 0 when it is not worth it."""
    if structure.is_merging:
        return _PAGES_A_TIME
    sizes = sorted(size for level in structure.levels for _, size in level)
    if len(sizes) >= _MANY_PIECES and sum(sizes[:-1]) * _FAIR_SHARE >= sizes[-1]:
        return -_PAGES_A_TIME
    return _PAGES_A_TIME if any(len(one) >= _OF_A_LEVEL for one in structure.levels) else 0


def _merge(db: sqlite3.Connection, table: str, pages: int) -> None:
    db.execute(f'INSERT INTO "{table}"("{table}", rank) VALUES(?, ?)', ("merge", pages))


def _lower(db: sqlite3.Connection, table: str) -> None:
    """Each merge of all leaves its piece two levels higher, and the more levels there are, the more
    FTS5 merges while a report is saved."""
    structure = _structure(db, table)
    pieces = [piece for level in structure.levels for piece in level]
    if structure.is_merging or len(pieces) != 1 or len(structure.levels) <= _MOST_LEVELS:
        return
    (rows,) = db.execute(f'SELECT count(*) FROM "{table}_docsize"').fetchone()
    ((piece, pages),) = pieces
    record = structure.settings + _one_piece(piece, pages, rows)
    _write_record(db, table, _STRUCTURE, record)
    look_anew(db)


@dataclass(frozen=True, slots=True)
class _Structure:
    settings: bytes
    is_merging: bool
    levels: list[list[tuple[int, int]]]
    """Of each level its pieces: number and pages."""


def _structure(db: sqlite3.Connection, table: str) -> _Structure:
    (record,) = db.execute(
        f'SELECT block FROM "{table}_data" WHERE id = ?', (_STRUCTURE,)
    ).fetchone()
    numbers = iter(list(_read_varints(record[4:])))
    count, _, _ = next(numbers), next(numbers), next(numbers)
    is_merging, levels = False, []
    for _ in range(count):
        merged, here = next(numbers), next(numbers)
        is_merging |= merged > 0
        three = [(next(numbers), next(numbers), next(numbers)) for _ in range(here)]
        levels.append([(piece, last - first + 1) for piece, first, last in three])
    return _Structure(record[:4], is_merging, levels)


def _one_piece(piece: int, pages: int, rows: int) -> bytes:
    level = _level_of(pages, rows)
    numbers = [level + 1, 1, 0, *[0, 0] * level, 0, 1, piece, 1, pages]
    return b"".join(map(_varint, numbers))


def look_anew(db: sqlite3.Connection) -> None:
    """Let the indexes that this transaction has made or written look again at their tables.

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
        if max(map(len, lists.words)) > _LONGEST_WORD:
            raise ValueError("a word is too long")
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
