"""What a ledger is: tables in a log's file that no entry tells, written in one transaction with it.

For facts too many for entries (every minute of video of every camera). What matters about them to
people is an entry all the same, appended in the same transaction.
"""

from __future__ import annotations

from typing import Protocol

from app.log.view import Connection


class Ledger(Protocol):
    """One room's tables. Unlike a view's they are never thrown away: nothing could rebuild them."""

    def create(self, db: Connection) -> None:
        """Make its tables and indexes if they are not there (`… IF NOT EXISTS … STRICT`).

        Inside the log's transaction: one `execute` a statement, never `executescript`. Called at
        every open, so that it may also bring tables of an older program up to date.
        """
        ...
