"""The view that searches read: every incident's words, packed, and the marks it is filtered by.

Knows no query (`search.py`). Incidents are numbered 1, 2, 3 … in the order in which the log took
them, without a gap; that number, `no`, is the order of every search.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from app.clock import from_stored
from app.duty.movements import UnitAssigned
from app.incidents.incident import IncidentReported
from app.incidents.report_now import CHANGING
from app.incidents.search_grams import grams
from app.incidents.search_lists import BlockLists
from app.log import Connection, Entry, Row, Said, write_at_once
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
        self._indexes = True  # what comes, as it comes
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
        self._indexes = False
        try:
            yield
        finally:
            self._indexes = True
        _index_all(db)

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        if entry.kind == IncidentReported.kind:
            self._reported(db, entry, data)
            return
        if not data:  # erased: nothing is said
            return
        row = db.execute(_OF_INCIDENT, (entry.subject,)).fetchone()
        if row is None:  # about a camera, a lock
            return
        no, before, newest_no = row
        is_indexed = self._indexes and no <= closed_blocks(newest_no) * BLOCK
        if entry.kind in CHANGING:
            _correct(db, no, data.get("after", data), is_indexed=is_indexed)
        elif entry.kind == UnitAssigned.kind:
            marks = _mark_ids(db, [mark_name("unit", data["unit"])])
            _change_marks(db, no, add=marks, is_indexed=is_indexed)
        words = self._packed(entry.kind, data)
        if words:
            _set_words(db, no, SEPARATOR.join((before, words)) if before else words)
            if is_indexed:
                _insert_grams(db, block_of(no), words)

    def _reported(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        reported_ms = _ms(entry.at)
        newest_no, reach_ms = _newest(db)
        no = newest_no + 1
        names = [mark_name("officer", entry.actor), *_names_of_report(data)]
        db.execute(
            "INSERT INTO incident_words VALUES(?, ?, ?, ?, ?, ?, ?)",
            (
                no,
                entry.subject,
                reported_ms,
                max(reach_ms, reported_ms),
                _happened_ms(data, reported_ms),
                _written(_mark_ids(db, names)),
                self._packed(entry.kind, data),
            ),
        )
        if self._indexes and no % BLOCK == 0 and no > OPEN:
            _index_block(db, closed_blocks(no))

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
    return tuple(Said(row[0], tuple(json.loads(row[1])), tuple(json.loads(row[2]))) for row in rows)


# -- words ----------------------------------------------------------------------------------------


def _newest(db: Connection) -> tuple[int, int]:
    """The last number given, and the latest time at which anything was reported (ms)."""
    row = db.execute("SELECT no, reach_ms FROM incident_words ORDER BY no DESC LIMIT 1").fetchone()
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


_OF_INCIDENT = (
    "SELECT no, packed, (SELECT max(no) FROM incident_words) FROM incident_words WHERE incident = ?"
)


def _set_words(db: Connection, no: int, words: bytes) -> None:
    db.execute("UPDATE incident_words SET packed = ? WHERE no = ?", (words, no))


def _index_block(db: Connection, block: int) -> None:
    rows = db.execute(f"{_OF_BLOCKS} ORDER BY no", _numbers_of(block, block)).fetchall()
    _insert_grams(db, block, SEPARATOR.join(row[2] for row in rows))
    _insert_marks(db, _marks_in(rows))


def _index_all(db: Connection) -> None:
    """All blocks that are due, where none is in the index."""
    last = closed_blocks(_newest(db)[0])
    if not last:
        return
    rows = db.execute(f"{_OF_BLOCKS} ORDER BY no", _numbers_of(1, last))
    lists = BlockLists()
    for block in range(1, last + 1):
        some = rows.fetchmany(BLOCK)
        lists.add(block, SEPARATOR.join(row[2] for row in some))
        _insert_marks(db, _marks_in(some))
    write_at_once(db, "incident_grams", lists.lists(), lists.sizes)


_OF_BLOCKS = "SELECT no, marks, packed FROM incident_words WHERE no BETWEEN ? AND ?"


def _numbers_of(first: int, last: int) -> tuple[int, int]:
    return (first - 1) * BLOCK + 1, last * BLOCK


def _insert_grams(db: Connection, block: int, words: bytes) -> None:
    """Also later words of an incident in an indexed block, under the same number: without positions
    (`detail=none`) two rows of one number are the union of both."""
    db.execute("INSERT INTO incident_grams(rowid, grams) VALUES(?, ?)", (block, grams(words)))


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


def _mark_ids(db: Connection, names: Sequence[str]) -> list[int]:
    """The marks' numbers; one that was never needed before gets the next."""
    select = f"SELECT id FROM incident_mark_names WHERE name IN ({', '.join('?' * len(names))})"
    found = [row[0] for row in db.execute(select, names)]
    if len(found) == len(names):
        return found
    for name in names:
        db.execute("INSERT OR IGNORE INTO incident_mark_names(name) VALUES(?)", (name,))
    return [row[0] for row in db.execute(select, names)]


def _written(marks: Iterable[int]) -> str:
    """`,3,17,`: a mark is found with a comma on both sides."""
    return "".join(f",{mark}" for mark in sorted(marks)) + ","


def _read(marks: str) -> list[int]:
    return [int(mark) for mark in marks.split(",") if mark]


def _marks_in(rows: Iterable[Row]) -> list[tuple[int, int]]:
    return [(mark, row[0]) for row in rows for mark in _read(row[1])]


def _insert_marks(db: Connection, rows: Iterable[tuple[int, int]]) -> None:
    db.executemany("INSERT OR IGNORE INTO incident_marks(mark, no) VALUES(?, ?)", rows)


def _change_marks(
    db: Connection,
    no: int,
    *,
    add: Iterable[int],
    take: Collection[int] = (),
    is_indexed: bool,
) -> None:
    row = db.execute("SELECT marks FROM incident_words WHERE no = ?", (no,)).fetchone()
    before = set(_read(row[0]))
    after = before.difference(take).union(add)
    db.execute("UPDATE incident_words SET marks = ? WHERE no = ?", (_written(after), no))
    if is_indexed:
        gone = [(mark, no) for mark in before - after]
        db.executemany("DELETE FROM incident_marks WHERE mark = ? AND no = ?", gone)
        _insert_marks(db, [(mark, no) for mark in sorted(after - before)])


def _correct(db: Connection, no: int, data: Mapping[str, Any], *, is_indexed: bool) -> None:
    """What a correction names takes the place of what was there; the rest stays."""
    kinds = [name for name in ("category", "channel") if data.get(name)]
    kinds += AREA_KINDS if "areas" in data else ()
    names = [name for name in _names_of_report(data) if name.partition(":")[0] in kinds]
    if names:
        take = [mark for kind in kinds for mark in _marks_of_kind(db, kind)]
        _change_marks(db, no, add=_mark_ids(db, names), take=take, is_indexed=is_indexed)
    if "happened_from" in data:
        row = db.execute("SELECT reported_ms FROM incident_words WHERE no = ?", (no,)).fetchone()
        db.execute(
            "UPDATE incident_words SET happened_ms = ? WHERE no = ?",
            (_happened_ms(data, row[0]), no),
        )


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
