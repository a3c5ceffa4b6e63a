"""Compares kept views with views rebuilt in a temporary database. Reads the log, writes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from app.errors import msg
from app.log.connections import open_scratch
from app.log.entry import Entry
from app.log.findings import Finding, Findings
from app.log.replay import replaying
from app.log.verify_file import definitions
from app.log.view import View

# What a view may raise on entries that nobody's program wrote: a finding, not a traceback.
_REFUSALS = (
    sqlite3.Error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)


def check_views(
    db: sqlite3.Connection,
    views: Sequence[View],
    findings: Findings,
    scratch: Path | None = None,
) -> None:
    """Rebuild from the entries of the state `db` is reading, then compare table by table.

    `scratch` is where the rebuilt ones are put for as long; the system's own place if None. The
    caller ends the transaction of `db` by closing it; the rebuilt tables are then gone.
    """
    if views:
        with TemporaryDirectory(prefix="log-verify-", dir=scratch) as folder:
            _ViewCheck(db, Path(folder) / "rebuilt.db", views).compare(findings)


def _is_full(error: BaseException) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL


class _ViewCheck:
    """A second set of the views, built beside the log's own connection and then attached to it."""

    def __init__(self, db: sqlite3.Connection, path: Path, views: Sequence[View]) -> None:
        self._db = db
        self._path = path
        self._views = views

    def compare(self, findings: Findings) -> None:
        if not self._rebuild(findings):
            return
        self._db.execute("ATTACH DATABASE ? AS rebuilt", (f"{self._path.as_uri()}?mode=ro",))
        try:
            for view in self._views:
                for table in view.tables:
                    self._compare_table(table, findings)
        finally:
            self._db.execute("ROLLBACK")  # nothing can be detached inside a transaction
            self._db.execute("DETACH DATABASE rebuilt")

    def _rebuild(self, findings: Findings) -> bool:
        with closing(open_scratch(self._path)) as rebuilt:
            for view in self._views:
                view.create(rebuilt)
            return self._replay(rebuilt, findings)

    def _replay(self, rebuilt: sqlite3.Connection, findings: Findings) -> bool:
        entry: Entry | None = None
        try:
            rebuilt.execute("BEGIN")
            for entry in replaying(self._db, rebuilt, self._views):  # noqa: B007 (named if it fails)
                pass
            rebuilt.execute("COMMIT")
        except _REFUSALS as error:
            if _is_full(error):
                raise  # the disk's fault, not the log's
            what = msg("The views cannot be rebuilt from it ({error}).", error=type(error).__name__)
            findings.add(Finding(what, entry.id if entry else None), entry.seq if entry else None)
            return False
        return True

    def _compare_table(self, table: str, findings: Findings) -> None:
        expected = definitions(self._db, (table,), "rebuilt")
        if definitions(self._db, (table,)) != expected:
            what = msg("The table “{table}” is missing or was made otherwise.", table=table)
            findings.add(Finding(what, table=table))
            return
        try:
            if not self._is_sound(table):
                what = msg("The table “{table}” is damaged.", table=table)
                findings.add(Finding(what, table=table))
                return
            missing, extra = self._differences(table)
        except sqlite3.Error:
            what = msg("The table “{table}” cannot be read.", table=table)
            findings.add(Finding(what, table=table))
            return
        if missing or extra:
            what = msg(
                "The table “{table}” lacks {missing} rows and has {extra} that no entry explains.",
                table=table,
                missing=missing,
                extra=extra,
            )
            findings.add(Finding(what, table=table))

    def _is_sound(self, table: str) -> bool:
        """Whether its pages can be read and its indexes fit its rows."""
        details = self._db.execute(f"PRAGMA main.integrity_check('{table}')").fetchall()
        return [row[0] for row in details] == ["ok"]

    def _differences(self, table: str) -> tuple[int, int]:
        """Rows missing and rows too many; repeated rows count as often as they stand there."""
        if self._same_in_order(table):  # as nearly always, and much the quicker question
            return 0, 0
        names = [row[1] for row in self._db.execute(f'PRAGMA rebuilt.table_info("{table}")')]
        row = " || ',' || ".join(f'quote("{name}")' for name in names)  # exact: type and case
        sides = [
            f'SELECT {row} AS row, count(*) AS n FROM {side}."{table}" GROUP BY 1'
            for side in ("rebuilt", "main")
        ]
        return self._surplus(*sides), self._surplus(*reversed(sides))

    def _same_in_order(self, table: str) -> bool:
        """Whether both tables give the same rows in the order in which they are stored."""
        columns = [row[1] for row in self._db.execute(f'PRAGMA rebuilt.table_info("{table}")')]
        wanted = ", ".join(f'"{name}"' for name in columns)
        kept, rebuilt = (
            self._db.execute(f'SELECT {wanted} FROM {side}."{table}" NOT INDEXED')
            for side in ("main", "rebuilt")
        )
        return all(
            one == other and [*map(type, one or ())] == [*map(type, other or ())]  # 1 is not 1.0
            for one, other in zip_longest(kept, rebuilt)
        )

    def _surplus(self, these: str, those: str) -> int:
        total: int = self._db.execute(
            "SELECT coalesce(sum(max(0, these.n - coalesce(those.n, 0))), 0)"
            f" FROM ({these}) AS these LEFT JOIN ({those}) AS those USING (row)"
        ).fetchone()[0]
        return total
