"""The view that searches read: every incident's words, packed, and the marks it is filtered by.

Knows no query (`search.py`). Incidents are numbered 1, 2, 3 … in the order in which the log took
them, without a gap; that number, `no`, is the order of every search.
"""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from app.clock import from_stored
from app.duty.movements import UnitAssigned
from app.incidents.incident import IncidentReported
from app.incidents.report_now import CHANGING
from app.incidents.search_grams import grams
from app.incidents.search_lists import BlockLists
from app.incidents.search_rows import StoredRows, WaitingRows, WordsRow, read_marks
from app.log import Connection, Entry, Row, Said, merge_a_little, merge_evenly, write_at_once
from app.thai.clusters import SEPARATOR, packed_each

BLOCK = 32
"""Incidents in a block of the index."""
OPEN = 512
"""The newest incidents, at least so many, are looked through one by one and not yet indexed: a
report is durable sooner, and what is noted about it in its first days is not indexed twice."""
AREA_KINDS = ("zone", "community", "beat", "tambon")

_CREATE = """
CREATE TABLE IF NOT EXISTS incident_words(no INTEGER PRIMARY KEY, incident TEXT NOT NULL UNIQUE,
    reported_ms INTEGER NOT NULL, reach_ms INTEGER NOT NULL, happened_ms INTEGER NOT NULL,
    marks TEXT NOT NULL, packed BLOB NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS incident_words_behind ON incident_words(reported_ms)
    WHERE reported_ms < reach_ms;
CREATE INDEX IF NOT EXISTS incident_words_happened ON incident_words(happened_ms);
CREATE TABLE IF NOT EXISTS incident_mark_names(id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS incident_marks(mark INTEGER NOT NULL, no INTEGER NOT NULL,
    PRIMARY KEY(mark, no)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS incident_said(kind TEXT PRIMARY KEY, fields TEXT NOT NULL,
    but TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE IF NOT EXISTS incident_grams
    USING fts5(grams, content='', detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE IF NOT EXISTS incident_gram_counts USING fts5vocab(incident_grams, row)
"""


class IncidentSearchView:
    """The tables of the search, for the kinds of entry whose words are named in `said`."""

    takes_long = True
    tables = (
        "incident_words",
        "incident_mark_names",
        "incident_marks",
        "incident_said",
        "incident_grams",
        "incident_gram_counts",
    )

    def __init__(self, said: Sequence[Said]) -> None:
        self._said = {one.kind: one for one in said}
        if len(self._said) != len(said):
            raise ValueError("one kind of entry is named twice")
        self.kinds = frozenset({*self._said, *CHANGING, IncidentReported.kind, UnitAssigned.kind})
        names = sorted((one.kind, one.fields, one.but) for one in said)
        self._waiting: WaitingRows | None = None
        self.in_haste = False
        self.version = zlib.crc32(f"5 {BLOCK} {OPEN} {names}".encode())

    def create(self, db: Connection) -> None:
        for statement in _CREATE.split(";"):
            db.execute(statement)
        for said in self._said.values():
            db.execute(
                "INSERT OR REPLACE INTO incident_said VALUES(?, ?, ?)",
                (said.kind, json.dumps(said.fields), json.dumps(said.but)),
            )

    @contextmanager
    def at_once(self, db: Connection) -> Iterator[None]:
        """While all entries come once more nothing is indexed; then everything is."""
        self._waiting = WaitingRows(db)
        try:
            yield
            self._waiting.write_all()
        finally:
            self._waiting = None
        _index_all(db)

    def tidy(self, db: Connection) -> bool:
        """One piece of index is found in twice as quickly as a dozen."""
        return merge_a_little(db, "incident_grams")

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        rows = self._waiting or StoredRows(db)
        if entry.kind == IncidentReported.kind:
            row = self._reported(rows, entry, data)
            if self._waiting is None and row.no % BLOCK == 0 and row.no > OPEN:
                self._index_block(db, closed_blocks(row.no))
        elif data:  # else erased: nothing is said
            known = rows.of(entry.subject)
            if known is not None:  # else about a camera, a lock
                self._said_later(db, rows, known, entry.kind, data)

    def _reported(self, rows: StoredRows, entry: Entry, data: Mapping[str, Any]) -> WordsRow:
        reported_ms = _ms(entry.at)
        newest_no, reach_ms = rows.newest()
        names = [mark_name("officer", entry.actor), *_names_of_report(data)]
        row = WordsRow(
            newest_no + 1,
            entry.subject,
            reported_ms,
            max(reach_ms, reported_ms),
            _happened_ms(data, reported_ms),
            frozenset(rows.mark_ids(names)),
            self._packed(entry.kind, data),
        )
        rows.add(row)
        return row

    def _said_later(
        self, db: Connection, rows: StoredRows, row: WordsRow, kind: str, data: Mapping[str, Any]
    ) -> None:
        marks_before, happened_before_ms = row.marks, row.happened_ms
        if kind in CHANGING:
            _correct(db, rows, row, data.get("after", data))
        elif kind == UnitAssigned.kind:
            row.marks |= frozenset(rows.mark_ids([mark_name("unit", data["unit"])]))
        words = self._packed(kind, data)
        if words:
            row.packed = SEPARATOR.join((row.packed, words)) if row.packed else words
        if not words and (row.marks, row.happened_ms) == (marks_before, happened_before_ms):
            return
        rows.put(row)
        if self._waiting is None and row.no <= closed_blocks(rows.newest()[0]) * BLOCK:
            self._index_later(db, row, marks_before, words)

    def _index_block(self, db: Connection, block: int) -> None:
        rows = db.execute(_OF_BLOCKS, _numbers_of(block, block)).fetchall()
        self._insert_grams(db, block, SEPARATOR.join(row[2] for row in rows))
        _insert_marks(db, _marks_in(rows))

    def _index_later(
        self, db: Connection, row: WordsRow, before: frozenset[int], words: bytes
    ) -> None:
        """What was said later of an incident in an indexed block."""
        if words:
            self._insert_grams(db, block_of(row.no), words)
        if row.marks != before:
            gone = [(mark, row.no) for mark in before - row.marks]
            db.executemany("DELETE FROM incident_marks WHERE mark = ? AND no = ?", gone)
            _insert_marks(db, [(mark, row.no) for mark in sorted(row.marks - before)])

    def _insert_grams(self, db: Connection, block: int, words: bytes) -> None:
        """Also later words of an incident in an indexed block, under the same number: without
        positions (`detail=none`) two rows of one number are the union of both."""
        db.execute("INSERT INTO incident_grams(rowid, grams) VALUES(?, ?)", (block, grams(words)))
        merge_evenly(db, "incident_grams", put_off=self.in_haste)

    def _packed(self, kind: str, data: Mapping[str, Any]) -> bytes:
        said = self._said.get(kind)
        return b"" if said is None else packed_each([text for _, text in said.texts(data)])


def closed_blocks(newest_no: int) -> int:
    """How many blocks are in the full-text index; block b is b × BLOCK and the 31 before it."""
    return max(0, (newest_no - OPEN) // BLOCK)


def block_of(no: int) -> int:
    """The block that holds this number."""
    return -(-no // BLOCK)


def mark_name(kind: str, value: str) -> str:
    """What a filter asks for, as one word: `zone:zone-1`, `zone:` for outside of all zones."""
    return f"{kind}:{value}"


def said_in(db: Connection) -> tuple[Said, ...]:
    """What was looked through when these tables were made."""
    rows = db.execute("SELECT kind, fields, but FROM incident_said")
    return tuple(_read_said(*row) for row in rows)


@functools.lru_cache(maxsize=256)
def _read_said(kind: str, fields: str, but: str) -> Said:
    return Said(kind, tuple(json.loads(fields)), tuple(json.loads(but)))


# -- the index ------------------------------------------------------------------------------------


def _index_all(db: Connection) -> None:
    """All blocks that are due, where none is in the index."""
    last = closed_blocks(StoredRows(db).newest()[0])
    if not last:
        return
    rows = db.execute(_OF_BLOCKS, _numbers_of(1, last))
    lists = BlockLists()
    for block in range(1, last + 1):
        some = rows.fetchmany(BLOCK)
        lists.add(block, SEPARATOR.join(row[2] for row in some))
        _insert_marks(db, _marks_in(some))
    write_at_once(db, "incident_grams", lists.lists(), lists.sizes)


_OF_BLOCKS = "SELECT no, marks, packed FROM incident_words WHERE no BETWEEN ? AND ? ORDER BY no"


def _numbers_of(first: int, last: int) -> tuple[int, int]:
    return (first - 1) * BLOCK + 1, last * BLOCK


def _marks_in(rows: Iterable[Row]) -> list[tuple[int, int]]:
    return [(mark, row[0]) for row in rows for mark in read_marks(row[1])]


def _insert_marks(db: Connection, rows: Iterable[tuple[int, int]]) -> None:
    db.executemany("INSERT OR IGNORE INTO incident_marks(mark, no) VALUES(?, ?)", rows)


# -- marks ----------------------------------------------------------------------------------------


def _names_of_report(data: Mapping[str, Any]) -> Iterator[str]:
    for name in ("category", "channel"):
        if name in data:
            yield mark_name(name, data[name])
    if "areas" in data:
        yield from _names_of_areas(data["areas"])


def _names_of_areas(areas: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    ids = [(area["kind"], area["id"]) for area in areas if area["kind"] in AREA_KINDS]
    kinds = {kind for kind, _ in ids}
    ids += [(kind, "") for kind in AREA_KINDS if kind not in kinds]
    yield from dict.fromkeys(mark_name(kind, area_id) for kind, area_id in ids)


def _correct(db: Connection, rows: StoredRows, row: WordsRow, data: Mapping[str, Any]) -> None:
    """What a correction names takes the place of what was there; the rest stays."""
    kinds = [name for name in ("category", "channel") if data.get(name)]
    kinds += AREA_KINDS if "areas" in data else ()
    names = [name for name in _names_of_report(data) if name.partition(":")[0] in kinds]
    if names:
        added = rows.mark_ids(names)
        row.marks = row.marks.difference(*(_marks_of_kind(db, kind) for kind in kinds)).union(added)
    if "happened_from" in data:
        row.happened_ms = _happened_ms(data, row.reported_ms)


def _marks_of_kind(db: Connection, kind: str) -> list[int]:
    rows = db.execute(
        "SELECT id FROM incident_mark_names WHERE name >= ? AND name < ?",
        (f"{kind}:", f"{kind};"),  # what begins with the kind and a colon
    )
    return [row[0] for row in rows]


# -- times ----------------------------------------------------------------------------------------


def _happened_ms(data: Mapping[str, Any], reported_ms: int) -> int:
    """When it began; when it was reported, if nobody said."""
    happened = data.get("happened_from")
    try:
        return _ms(happened) if happened else reported_ms
    except ValueError:  # no program of ours wrote it
        return reported_ms


def _ms(stored: str) -> int:
    return round(from_stored(stored).timestamp() * 1000)
