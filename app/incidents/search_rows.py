"""The rows that searches read, one an incident: its words, packed, and the marks it is filtered by.

Read and written singly while the log grows; kept in memory for a while when all entries come once
more, for most of what is said of an incident is said while it is among the newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from app.log import Connection

WAITING = 4096
"""Rows that stay in memory; as many again until some are written."""

_COLUMNS = "no, incident, reported_ms, reach_ms, happened_ms, marks, packed"
_INSERT = f"INSERT INTO incident_words({_COLUMNS}) VALUES(?, ?, ?, ?, ?, ?, ?)"


@dataclass(slots=True)
class WordsRow:
    """What is known of an incident. `reach_ms`: the latest time at which it or one before it was
    reported; `marks`: numbers of what filters ask for; `packed`: its texts, apart from each other.
    """

    no: int
    incident: str
    reported_ms: int
    reach_ms: int
    happened_ms: int
    marks: frozenset[int]
    packed: bytes


class StoredRows:
    """Every row is in the table."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def newest(self) -> tuple[int, int]:
        """The last number given and its `reach_ms`; zeros before the first."""
        row = self._db.execute(
            "SELECT no, reach_ms FROM incident_words ORDER BY no DESC LIMIT 1"
        ).fetchone()
        return (0, 0) if row is None else (int(row[0]), int(row[1]))

    def add(self, row: WordsRow) -> None:
        """One more, with the next number."""
        self._db.execute(_INSERT, _stored(row))

    def of(self, incident: str) -> WordsRow | None:
        """An incident's row, to be changed and `put` back; None: there is no such incident."""
        row = self._db.execute(
            f"SELECT {_COLUMNS} FROM incident_words WHERE incident = ?", (incident,)
        ).fetchone()
        if row is None:
            return None
        no, incident, reported_ms, reach_ms, happened_ms, marks, words = row
        return WordsRow(
            no, incident, reported_ms, reach_ms, happened_ms, frozenset(read_marks(marks)), words
        )

    def put(self, row: WordsRow) -> None:
        """Keep what was changed of it."""
        self._db.execute(
            "UPDATE incident_words SET happened_ms = ?, marks = ?, packed = ? WHERE no = ?",
            (row.happened_ms, _written(row.marks), row.packed, row.no),
        )

    def mark_ids(self, names: Sequence[str]) -> list[int]:
        """The marks' numbers; one that was never needed before gets the next."""
        found = self._known_ids(names)
        if len(found) == len(names):
            return found
        for name in names:
            self._db.execute("INSERT OR IGNORE INTO incident_mark_names(name) VALUES(?)", (name,))
        return self._known_ids(names)

    def _known_ids(self, names: Sequence[str]) -> list[int]:
        asked = ", ".join("?" * len(names))
        (found,) = self._db.execute(
            f"SELECT group_concat(id) FROM incident_mark_names WHERE name IN ({asked})", names
        ).fetchone()
        return read_marks(found or "")

    def _insert(self, rows: Iterable[WordsRow]) -> None:
        self._db.executemany(_INSERT, map(_stored, rows))


class WaitingRows(StoredRows):
    """The newest rows are in memory until `write_all`, the others in the table."""

    def __init__(self, db: Connection) -> None:
        super().__init__(db)
        self._newest = super().newest()
        self._waiting: dict[str, WordsRow] = {}
        self._ids: dict[str, int] = {}

    def newest(self) -> tuple[int, int]:
        return self._newest

    def add(self, row: WordsRow) -> None:
        if row.incident in self._waiting:  # as the table would
            raise ValueError(f"{row.incident} was reported twice")
        self._newest = row.no, row.reach_ms
        self._waiting[row.incident] = row
        if len(self._waiting) >= 2 * WAITING:
            self._write(WAITING)

    def of(self, incident: str) -> WordsRow | None:
        return self._waiting.get(incident) or super().of(incident)

    def put(self, row: WordsRow) -> None:
        if row.incident not in self._waiting:
            super().put(row)

    def mark_ids(self, names: Sequence[str]) -> list[int]:
        for name in names:
            if name not in self._ids:
                (self._ids[name],) = super().mark_ids([name])
        return [self._ids[name] for name in names]

    def write_all(self) -> None:
        """All of them are in the table from now on."""
        self._write(len(self._waiting))

    def _write(self, count: int) -> None:
        oldest = list(islice(self._waiting, count))
        self._insert(self._waiting.pop(incident) for incident in oldest)


def read_marks(marks: str) -> list[int]:
    """The numbers in a stored list of marks."""
    return [int(mark) for mark in marks.split(",") if mark]


def _stored(row: WordsRow) -> tuple[int, str, int, int, int, str, bytes]:
    return (
        row.no, row.incident, row.reported_ms, row.reach_ms, row.happened_ms,
        _written(row.marks), row.packed,
    )  # fmt: skip


def _written(marks: Iterable[int]) -> str:
    """`,3,17,`: a mark is found with a comma on both sides."""
    return f",{','.join(map(str, sorted(marks)))}," if marks else ","
