"""Counts what a damaged log holds and a restored one does not. Only reads both.

Chain by chain: where both have the same hash at one place, all before it is the same too. A row of
the damaged file that was changed says nothing: the sound one before it is asked instead.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from app.errors import KnownError
from app.log.entry import Entry
from app.log.entry_rows import Head, all_heads, head_of, newest_seq, row_at, typed_entry
from app.log.findings import Findings
from app.log.taking_in import is_sound
from app.log.verify_file import check_definitions, open_untrusted


def lost_entries(db: sqlite3.Connection, damaged: Path | None) -> int | None:
    """How many entries of `damaged` are not in `db`; None when nobody can say.

    By their number alone where its rows cannot be read.
    """
    held = None
    with suppress(sqlite3.Error, KnownError, UnicodeDecodeError):
        if damaged is not None:
            with closing(open_untrusted(damaged)) as source:
                held = newest_seq(source)
                if (heads := _heads(source, held)) is not None:
                    return sum(head.n - _same_until(db, source, head) for head in heads)
    return None if held is None else max(0, held - newest_seq(db))


def _heads(source: sqlite3.Connection, held: int) -> list[Head] | None:
    """Where its chains stand; None when they are not chains of all the entries that it holds."""
    if not check_definitions(source, Findings()):
        return None  # its table is not ours: nothing is selected from it
    heads = all_heads(source)
    are_places = all(type(head.n) is int and head.n > 0 for head in heads)
    return heads if are_places and sum(head.n for head in heads) == held else None


def _same_until(db: sqlite3.Connection, source: sqlite3.Connection, head: Head) -> int:
    """The last `n` of the chain that ends in `head` up to which both have the same; 0: none."""
    least, most = 0, min(head.n, head_of(db, head.origin).n)
    asked = most  # nearly always all of it is the same, and no other page has to be readable
    while least < most:
        if _are_same(db, source, head.origin, asked):
            least = asked
        else:
            most = asked - 1
        asked = (least + most + 1) // 2
    return least


def _are_same(db: sqlite3.Connection, source: sqlite3.Connection, origin: str, n: int) -> bool:
    """Whether both have the same entry at `n`, or at the nearest place before where the damaged
    file's is sound; they do before the first."""
    for place in range(n, 0, -1):
        theirs = _entry_at(source, origin, place)
        if theirs is not None and is_sound(theirs):
            ours = _entry_at(db, origin, place)
            return ours is not None and ours.hash == theirs.hash
    return True


def _entry_at(db: sqlite3.Connection, origin: str, n: int) -> Entry | None:
    row = row_at(db, origin, n)
    return None if row is None else typed_entry(row)
