"""The file defends itself: what a plain sqlite3 connection may not do to the entries."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.log import Log
from app.log.verify import verify
from tests.log.material import OFFICER, closed, noted, reported
from tests.log.tampering import raw

_COLUMNS = "origin, n, at, actor, subject, kind, body, body_hash, prev, hash"
_AT = "2026-11-22T05:00:00.000Z"
_HEX = "a" * 64


@pytest.fixture
def path(log: Log, tmp_path: Path) -> Path:
    log.append(reported("1"), noted("1"), closed("1"), actor=OFFICER).result()
    return tmp_path / "station.db"


def _insert(path: Path, how: str, **fields: object) -> None:
    with raw(path) as db:
        (head,) = db.execute("SELECT hash FROM entries WHERE n = 3").fetchone()
        row: dict[str, object] = {
            "origin": "console", "n": 4, "at": _AT, "actor": "x", "subject": "1",
            "kind": "note_added", "body": "{}", "body_hash": _HEX, "prev": head, "hash": _HEX,
        }  # fmt: skip
        row |= fields
        marks = ", ".join("?" * len(row))
        db.execute(f"{how} INTO entries ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def test_a_row_that_continues_the_chain_is_let_in(path: Path) -> None:
    _insert(path, "INSERT")
    with raw(path) as db:
        assert db.execute("SELECT max(seq) FROM entries").fetchone()[0] == 4


@pytest.mark.parametrize("how", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE"])
@pytest.mark.parametrize(
    "fields",
    [
        {"n": 1, "prev": "0" * 64},
        {"n": 3},
        {"n": 5},
        {"prev": _HEX},
        {"prev": "0" * 64},
        {"seq": 2},
        {"seq": 3},
        {"seq": 7},
        {"seq": 0},
        {"seq": -5},
        {"origin": "other"},
        {"origin": "other", "n": 1},
        {"origin": "other", "n": 2, "prev": "0" * 64},
    ],
    ids=str,
)
def test_gaps_forks_and_replacing_are_refused(
    path: Path, how: str, fields: dict[str, object]
) -> None:
    before = _everything(path)
    if how == "INSERT OR IGNORE" and fields.get("seq") in (0, -5):
        _insert(path, how, **fields)  # IGNORE skips what breaks a CHECK, in silence
    else:
        with pytest.raises(sqlite3.IntegrityError):
            _insert(path, how, **fields)
    assert _everything(path) == before


@pytest.mark.parametrize(
    "fields",
    [
        {"actor": "a\x1fb"},
        {"subject": "a\x1fb"},
        {"subject": "a\x00b"},
        {"subject": "a\nb"},
        {"subject": ""},
        {"origin": "a:b", "n": 1, "prev": "0" * 64},
        {"origin": "a\x1f", "n": 1, "prev": "0" * 64},
        {"kind": "Note added"},
        {"kind": "a\x1fb"},
        {"at": "2026-11-22 05:00:00"},
        {"at": _AT + "\x1f"},
        {"body": "not json"},
        {"body": "[1]"},
        {"body": b"{}"},
        {"body_hash": "A" * 64},
        {"hash": "a" * 63},
        {"n": "four"},
        {"actor": None},
    ],
    ids=str,
)
def test_what_would_blur_the_hash_or_is_no_body_is_refused(
    path: Path, fields: dict[str, object]
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        _insert(path, "INSERT", **fields)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM entries",
        "DELETE FROM entries WHERE seq = 3",
        "UPDATE entries SET body = NULL WHERE n = 1",
        "UPDATE entries SET body = '{}' WHERE n = 1",
        "UPDATE entries SET at = '2020-01-01T00:00:00.000Z' WHERE n = 1",
        "UPDATE entries SET actor = 'someone else'",
        "UPDATE entries SET seq = seq + 10",
        "UPDATE OR REPLACE entries SET seq = 1 WHERE n = 2",
        "UPDATE OR REPLACE entries SET n = 1 WHERE n = 2",
        "UPDATE entries SET hash = body_hash WHERE n = 3",
    ],
)
def test_entries_are_neither_deleted_nor_changed(path: Path, statement: str) -> None:
    before = _everything(path)
    with raw(path) as db, pytest.raises(sqlite3.IntegrityError, match="log:"):
        db.execute(statement)
    assert _everything(path) == before
    assert verify(path).ok


def test_only_the_body_goes_and_only_when_an_entry_says_who_erased_it(path: Path) -> None:
    _insert(path, "INSERT", kind="erased", subject="console:2", body='{"reason":"x"}')
    with raw(path) as db:
        for refused in (
            "UPDATE entries SET body = NULL WHERE n = 1",
            "UPDATE entries SET body = '{}' WHERE n = 2",
            "UPDATE entries SET body = NULL, actor = 'x' WHERE n = 2",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                db.execute(refused)
        db.execute("UPDATE entries SET body = NULL WHERE n = 2")
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            db.execute("UPDATE entries SET body = '{}' WHERE n = 2")


def _everything(path: Path) -> list[tuple[object, ...]]:
    with raw(path) as db:
        return db.execute(f"SELECT seq, {_COLUMNS} FROM entries ORDER BY seq").fetchall()
