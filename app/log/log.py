"""The log of one station: appends facts, keeps the views, lets others read. Knows no room's facts.

Any thread may call it. One thread writes; every entry is on the disk before its future is done.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.clock import Clock, to_stored
from app.log import rights
from app.log.appending import Appender
from app.log.checkpoints import Checkpoints
from app.log.connections import Readers, closed_error, nothing_written, open_writer, transaction
from app.log.copying import Step, copy_beside_writing, copy_log
from app.log.current import is_current
from app.log.entry import Actor, Changed, Entry, Fact, Role, content_of
from app.log.entry_rows import COLUMNS, Head, entry_of, head_of
from app.log.erasure import Erased, WriteAheadLog, clear_body, erasable
from app.log.faults import UNCHANGED, untrusted_file
from app.log.kept_views import KeptViews
from app.log.ledger import Ledger
from app.log.made_apart import remove_left_over
from app.log.notices import Notices
from app.log.taking_in import take_in
from app.log.view import Connection, View
from app.log.writer import Done, Entries, Writer

LOG_ITSELF = Actor("log", Role.PROGRAM)

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ViewsRebuilt:
    """Views were thrown away and made again from the entries."""

    origin: str
    tables: tuple[str, ...]
    reason: str

    @property
    def kind(self) -> str:
        return rights.VIEWS_REBUILT

    @property
    def subject(self) -> str:
        return self.origin

    def body(self) -> Mapping[str, Any]:
        return {"tables": list(self.tables), "reason": self.reason}


class Log:
    """Entries in, views kept, changes told. `origin` names the chain this program writes."""

    def __init__(
        self,
        path: Path,
        *,
        origin: str,
        views: Sequence[View],
        clock: Clock,
        ledgers: Sequence[Ledger] = (),
    ) -> None:
        self._path = path
        self._ledgers = tuple(ledgers)
        self._origin = origin
        self._clock = clock
        self._views = KeptViews(views)
        self._appender = Appender(origin, self._views)
        self._notices = Notices()
        self._readers = Readers(path)
        self._wal = WriteAheadLog(path)
        self._checkpoints = Checkpoints(path)
        self._db: sqlite3.Connection | None = None
        self._writer: Writer | None = None

    def open(self) -> None:
        """Bring file and views up to date and start writing. KnownError when that cannot be.

        The folder must exist; the file is made when it does not.
        """
        db = open_writer(self._path)
        remove_left_over(self._path)
        try:
            with untrusted_file(UNCHANGED):
                self._migrate(db)
                self._make_ledgers(db)
                self._bring_views_up_to_date(db)
                self._wal.truncate_if_owed(db)
        except BaseException:
            db.close()
            raise
        self._db = db
        self._writer = Writer(
            db, self._notices.tell, self._checkpoints.committed, self._tidy, self._mend
        )
        self._writer.start()
        self._checkpoints.start()

    def _migrate(self, db: sqlite3.Connection) -> None:
        """Bring the file up to this program's schema, if it is not."""
        if is_current(db):
            return
        from app.log.migrations import migrate  # slow to load, and seldom needed

        backup = migrate(db, self._path, self._clock.now())
        if backup is not None:
            _logger.info("the log before the update is kept as %s", backup.name)

    def close(self) -> None:
        """Finish what is queued, then close every connection. Later calls do nothing."""
        if self._writer is None or self._db is None:
            return
        self._writer.close()
        self._readers.close()
        self._checkpoints.close()
        self._wal.truncate_if_owed(self._db)
        self._db.close()
        self._db = None

    def now(self) -> datetime:
        """What its clock says: the time an entry gets that is written now."""
        return self._clock.now()

    def append(self, *facts: Fact, actor: Actor, at: datetime | None = None) -> Future[Entries]:
        """Append facts, all or none. `at`: when it happened to be recorded; now if not given.

        A KnownError (no right, disk full) comes through the future; then nothing was written.
        """
        return self._submit(lambda db: facts, actor, at)

    def write(
        self,
        decide: Callable[[Connection], Sequence[Fact]],
        *,
        actor: Actor,
        at: datetime | None = None,
    ) -> Future[Entries]:
        """Let `decide` read the newest state and say what to append; nothing comes in between.

        It runs in the writer thread and may only read. What it raises comes through the future.
        """

        def decided(db: sqlite3.Connection) -> Sequence[Fact]:
            with nothing_written(db):
                return decide(db)

        return self._submit(decided, actor, at)

    def keep(
        self,
        work: Callable[[Connection], Sequence[Fact]],
        *,
        actor: Actor,
        at: datetime | None = None,
    ) -> Future[Entries]:
        """Let `work` change its ledger's tables, and append the facts it returns: all or nothing.

        It runs in the writer thread, inside the transaction. It may touch no entry and no view:
        the triggers refuse the one, the next rebuild undoes the other.
        """
        return self._submit(work, actor, at)

    def take_in(self, entries: Sequence[Entry]) -> Future[Entries]:
        """Append what another origin wrote, as it is; the future holds those that were new.

        A KnownError through the future: one of them does not continue its origin's chain. Then
        none was taken in.
        """

        def work(db: sqlite3.Connection) -> Done:
            taken = take_in(db, entries, self._views, own_origin=self._origin)
            subjects = frozenset(entry.subject for entry in taken)
            return Done(taken, Changed(_kinds_of(taken), subjects) if taken else None)

        return self._running_writer().submit(work, afterwards=self._wal.truncate_if_owed)

    def erase(self, entry_id: str, *, reason: str, actor: Actor) -> Future[Entries]:
        """Erase what the entry `origin:n` says, everywhere; the future holds the `erased` entry.

        Views that want its kind are rebuilt, and get it once more, with an empty body.
        """
        at = to_stored(self._clock.now())

        def work(db: sqlite3.Connection) -> Done:
            rights.require(actor, rights.ERASED)
            erased = erasable(db, entry_id, reason)
            fact = Erased(entry_id, reason, erased.kind)
            entries = self._appender.append(db, (fact,), actor=actor, at=at)
            clear_body(db, erased)
            content_of.cache_clear()
            self._views.rebuild_wanting(db, erased.kind)
            return Done(
                entries,
                Changed(
                    frozenset({rights.ERASED, erased.kind}), frozenset({entry_id, erased.subject})
                ),
            )

        return self._running_writer().submit(work, afterwards=self._wal.truncate)

    def rebuild(self, tables: Collection[str] = (), reason: str = "asked for") -> None:
        """Throw all views away and make them again from the entries; returns when that is done.

        With `tables` only the views that these belong to. Nothing can be written meanwhile.
        """
        writer = self._running_writer()
        if writer.is_this_thread():
            raise RuntimeError("rebuild() waits for the writer thread, and was called in it")
        at = to_stored(self._clock.now())

        def work(db: sqlite3.Connection) -> Done:
            made = self._views.rebuild(db, tables)
            entries = self._note_rebuilt(db, made, reason, at)
            return Done(entries, Changed(self._views.kinds | _kinds_of(entries), frozenset()))

        writer.submit(work).result()

    def copy(self, target: Path, step: Step = lambda left, total: None) -> None:
        """Write a whole copy of the log to the new file `target` while others go on writing. Raises
        KnownError, and what `step` raises: it is called in this thread, after every few pages."""
        writer, hasty = self._running_writer(), self._views.in_haste()
        if not copy_beside_writing(writer, target, step, hasty):
            target.unlink()
            copy_log(self._path, target, step)

    def reading(self) -> AbstractContextManager[Connection]:
        """A read-only connection of the calling thread, for a `with` block: one unchanging state.

        What is committed meanwhile is seen by the next block. Keep blocks short.
        """
        return self._readers.reading()

    def subscribe(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        """Hear of every committed change, in the writer thread; the answer unsubscribes."""
        return self._notices.subscribe(listener)

    def head(self, origin: str | None = None) -> Head:
        """Where an origin's chain stands here; this log's own if none is named."""
        with self.reading() as db:
            return head_of(db, self._origin if origin is None else origin)

    def count(self) -> int:
        """How many entries the log holds, of all origins."""
        with self.reading() as db:  # seq has no gaps: the trigger sees to it
            count: int = db.execute("SELECT coalesce(max(seq), 0) FROM entries").fetchone()[0]
        return count

    def entries_of(self, subject: str) -> list[Entry]:
        """Every entry about a subject, oldest first."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT {COLUMNS} FROM entries WHERE subject = ? ORDER BY seq", (subject,)
            )
            return [entry_of(row) for row in rows]

    def _submit(
        self,
        facts_of: Callable[[sqlite3.Connection], Iterable[Fact]],
        actor: Actor,
        at: datetime | None,
    ) -> Future[Entries]:
        stored_at = to_stored(self._clock.now() if at is None else at)

        def work(db: sqlite3.Connection) -> Done:
            facts = tuple(facts_of(db))
            if any(fact.kind == rights.ERASED for fact in facts):
                raise ValueError("an erased entry is written by erase() alone")
            entries = self._appender.append(db, facts, actor=actor, at=stored_at)
            subjects = frozenset(entry.subject for entry in entries)
            return Done(entries, Changed(_kinds_of(entries), subjects) if entries else None)

        return self._running_writer().submit(work, afterwards=self._wal.truncate_if_owed)

    def _make_ledgers(self, db: sqlite3.Connection) -> None:
        if not self._ledgers:
            return
        with transaction(db):
            for ledger in self._ledgers:
                ledger.create(db)

    def _bring_views_up_to_date(self, db: sqlite3.Connection) -> tuple[str, ...]:
        """The tables that were rebuilt."""
        with transaction(db):
            rebuilt = self._views.bring_up_to_date(db)
            if rebuilt:
                at = to_stored(self._clock.now())
                self._note_rebuilt(db, rebuilt, "definition changed or tables missing", at)
        return rebuilt

    def _mend(self, db: sqlite3.Connection) -> bool:
        """A view was taken away while the log is open: nobody's report is lost for it."""
        rebuilt = self._bring_views_up_to_date(db)
        if rebuilt:
            _logger.warning("tables were gone and have been made anew: %s", ", ".join(rebuilt))
            self._notices.tell(Changed(self._views.kinds, frozenset()))
        return bool(rebuilt)

    def _note_rebuilt(
        self, db: sqlite3.Connection, tables: tuple[str, ...], reason: str, at: str
    ) -> Entries:
        fact = ViewsRebuilt(self._origin, tables, reason)
        return self._appender.append(db, (fact,), actor=LOG_ITSELF, at=at)

    def _tidy(self, db: sqlite3.Connection) -> bool:
        if self._checkpoints.is_held_back:
            return False
        with transaction(db):
            has_more = self._views.tidy(db)
        if has_more:
            self._checkpoints.committed(db)
        return has_more

    def _running_writer(self) -> Writer:
        if self._writer is None:
            raise closed_error()
        return self._writer


def _kinds_of(entries: Entries) -> frozenset[str]:
    return frozenset(entry.kind for entry in entries)
