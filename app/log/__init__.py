"""The append-only log of entries and the views built from it. The only room that opens a database.

Other rooms give it facts and views, and take entries, readers and notices of change.
"""

from app.log.connections import Readers
from app.log.entry import Actor, Changed, Entry, Fact, Permission, Role, content_of
from app.log.entry_rows import Head, all_heads, entry_of, head_of
from app.log.full_text import Lists, merge_a_little, merge_evenly, write_at_once
from app.log.ledger import Ledger
from app.log.log import Log
from app.log.said import Said
from app.log.taking_in import entries_after, origin_in, origin_of
from app.log.view import Connection, Row, View

__all__ = [
    "Actor",
    "Changed",
    "Connection",
    "Entry",
    "Fact",
    "Head",
    "Ledger",
    "Lists",
    "Log",
    "Permission",
    "Readers",
    "Role",
    "Row",
    "Said",
    "View",
    "all_heads",
    "content_of",
    "entries_after",
    "entry_of",
    "head_of",
    "merge_a_little",
    "merge_evenly",
    "origin_in",
    "origin_of",
    "write_at_once",
]
