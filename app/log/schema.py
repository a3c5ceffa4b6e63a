"""The SQL of the log's own tables and the triggers that guard them. Knows no view of any room.

Released statements are never edited: a change is a new migration (migrations.py). Verify compares
what a file holds with these texts, letter by letter.
"""

from __future__ import annotations

APPLICATION_ID = 0x53535A34  # "SSZ4", so that no other program's database is taken for a log


def _plain(column: str) -> str:
    """CHECK of a text field: something in it, and no control character (U+0000 to U+001F)."""
    return (
        f"{column} <> '' AND instr({column}, char(0)) = 0"
        f" AND {column} NOT GLOB '*[' || char(1) || '-' || char(31) || ']*'"
    )


def _digest(column: str) -> str:
    """CHECK of a SHA-256: 64 lower-case hexadecimal digits."""
    return f"length({column}) = 64 AND {column} NOT GLOB '*[^0-9a-f]*'"


_AT = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9].[0-9][0-9][0-9]Z"

ENTRIES = f"""CREATE TABLE entries (
    seq INTEGER PRIMARY KEY CHECK (seq >= 1),
    origin TEXT NOT NULL CHECK ({_plain("origin")} AND instr(origin, ':') = 0),
    n INTEGER NOT NULL CHECK (n >= 1),
    at TEXT NOT NULL CHECK (at GLOB '{_AT}'),
    actor TEXT NOT NULL CHECK ({_plain("actor")}),
    subject TEXT NOT NULL CHECK ({_plain("subject")}),
    kind TEXT NOT NULL CHECK (kind <> '' AND kind NOT GLOB '*[^a-z0-9_]*'),
    body TEXT CHECK (body IS NULL OR (substr(body, 1, 1) = '{{' AND json_valid(body))),
    body_hash TEXT NOT NULL CHECK ({_digest("body_hash")}),
    prev TEXT NOT NULL CHECK ({_digest("prev")}),
    hash TEXT NOT NULL CHECK ({_digest("hash")}),
    UNIQUE (origin, n)
) STRICT"""

SUBJECT_INDEX = "CREATE INDEX entries_subject ON entries (subject, seq)"

# Before the row goes in: REPLACE deletes what stands in its way without firing DELETE triggers,
# so what would be in its way is refused here.
CONTINUES_CHAIN = """CREATE TRIGGER entries_continue_their_chain BEFORE INSERT ON entries
BEGIN
    SELECT RAISE(ABORT, 'log: this seq is taken')
        WHERE EXISTS (SELECT 1 FROM entries WHERE seq = NEW.seq);
    SELECT RAISE(ABORT, 'log: n does not continue the chain of its origin')
        WHERE NEW.n <> 1 + coalesce(
            (SELECT n FROM entries WHERE origin = NEW.origin ORDER BY n DESC LIMIT 1), 0);
    SELECT RAISE(ABORT, 'log: prev is not the hash of the entry before')
        WHERE NEW.prev <> coalesce(
            (SELECT hash FROM entries WHERE origin = NEW.origin ORDER BY n DESC LIMIT 1),
            '0000000000000000000000000000000000000000000000000000000000000000');
END"""

# After it is in: only then does a row whose seq SQLite chose have one.
SEQ_HAS_NO_GAPS = """CREATE TRIGGER entries_have_no_gaps AFTER INSERT ON entries
BEGIN
    SELECT RAISE(ABORT, 'log: seq leaves a gap')
        WHERE NEW.seq > 1 AND NOT EXISTS (SELECT 1 FROM entries WHERE seq = NEW.seq - 1);
END"""

NEVER_DELETED = """CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
BEGIN
    SELECT RAISE(ABORT, 'log: entries are never deleted');
END"""

ONLY_ERASED = """CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
WHEN NOT (
    NEW.body IS NULL AND OLD.body IS NOT NULL
    AND NEW.seq IS OLD.seq AND NEW.origin IS OLD.origin AND NEW.n IS OLD.n AND NEW.at IS OLD.at
    AND NEW.actor IS OLD.actor AND NEW.subject IS OLD.subject AND NEW.kind IS OLD.kind
    AND NEW.body_hash IS OLD.body_hash AND NEW.prev IS OLD.prev AND NEW.hash IS OLD.hash
    AND EXISTS (
        SELECT 1 FROM entries
        WHERE subject = OLD.origin || ':' || OLD.n AND kind = 'erased' AND seq > OLD.seq)
)
BEGIN
    SELECT RAISE(ABORT, 'log: entries are never changed');
END"""

# Which tables the views made, and from which definition: a program update that changes one is seen.
KEPT_VIEWS = """CREATE TABLE kept_views (
    tables TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL
) STRICT"""

STATEMENTS = (
    ENTRIES,
    SUBJECT_INDEX,
    CONTINUES_CHAIN,
    SEQ_HAS_NO_GAPS,
    NEVER_DELETED,
    ONLY_ERASED,
    KEPT_VIEWS,
)
"""Everything of the log's own, as the newest migration leaves it, in the order of its making."""
