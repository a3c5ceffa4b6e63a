"""The one thread that writes: a queue of jobs, each all or nothing. Knows no entry's meaning."""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from app.errors import KnownError
from app.log.connections import closed_error, transaction
from app.log.entry import Changed, Entry
from app.log.faults import is_table_gone, known_error

RESTS_AFTER_S = 2.0
"""With no job for so long, the thread looks whether there is something to tidy."""
_BETWEEN_S = 0.05  # from one little work of that kind to the next; a job that comes is done first
_LOOKS_EVERY_S = 0.01  # how long work of many steps does not see that it may go on

_logger = logging.getLogger(__name__)

Entries = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What a job did: its entries, and what changed (None: nothing worth telling)."""

    entries: Entries
    changed: Changed | None


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[sqlite3.Connection], Done]
    future: Future[Entries]
    afterwards: Callable[[sqlite3.Connection], None] | None


LetIn = Callable[[threading.Event], None]
"""What work of many steps calls between two of them: the jobs that wait are done, and those that
come until the event is set. Raises KnownError when the log is to be closed."""


@dataclass(frozen=True, slots=True)
class _Steps:
    work: Callable[[sqlite3.Connection, LetIn], None]
    future: Future[None]


class Writer:
    """Takes jobs from any thread and runs them in order in its own, until it is closed."""

    def __init__(
        self,
        db: sqlite3.Connection,
        tell: Callable[[Changed], None],
        settle: Callable[[sqlite3.Connection], None],
        tidy: Callable[[sqlite3.Connection], bool] = lambda db: False,
        mend: Callable[[sqlite3.Connection], bool] = lambda db: False,
    ) -> None:
        """`settle`: called after each job, when whoever waits for it has been told. `tidy`: called
        again and again while there is no job, until it is False; then not before the next job has
        been done. `mend`: called when a job met a table that is gone; True: the job is done again.
        """
        self._db = db
        self._tell = tell
        self._settle = settle
        self._tidy = tidy
        self._mend = mend
        self._jobs: queue.SimpleQueue[_Job | _Steps | None] = queue.SimpleQueue()
        self._put_off: deque[_Steps | None] = deque()  # until the work of many steps is done
        self._guard = threading.Lock()  # nothing is queued behind the end of the queue
        self._closed = False
        # A daemon: a console that crashed before close() must still be able to end.
        self._thread = threading.Thread(target=self._run, name="log", daemon=True)

    def start(self) -> None:
        """Begin taking jobs."""
        self._thread.start()

    def submit(
        self,
        work: Callable[[sqlite3.Connection], Done],
        *,
        afterwards: Callable[[sqlite3.Connection], None] | None = None,
    ) -> Future[Entries]:
        """Queue `work`, to run inside a transaction; `afterwards` runs once it is committed.

        Listeners are told before the future is done, so whoever waited for it sees their effect.
        """
        job = _Job(work, Future(), afterwards)
        self._put(job)
        return job.future

    def submit_steps(self, work: Callable[[sqlite3.Connection, LetIn], None]) -> Future[None]:
        """Queue work of many steps, outside any transaction; it lets jobs in between them."""
        steps = _Steps(work, Future())
        self._put(steps)
        return steps.future

    def is_this_thread(self) -> bool:
        """Whether the caller runs in the writer thread, where waiting for it would never end."""
        return threading.current_thread() is self._thread

    def close(self) -> None:
        """Finish what is queued, refuse what comes later, wait for the thread."""
        with self._guard:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _put(self, job: _Job | _Steps) -> None:
        with self._guard:
            if self._closed:
                job.future.set_exception(closed_error())
            else:
                self._jobs.put(job)

    def _run(self) -> None:
        rest_s: float | None = RESTS_AFTER_S
        while True:
            try:
                job = self._put_off.popleft() if self._put_off else self._jobs.get(timeout=rest_s)
            except queue.Empty:
                rest_s = _BETWEEN_S if self._tidies() else None
                continue
            if job is None:
                return
            self._do(job)
            rest_s = RESTS_AFTER_S

    def _do(self, job: _Job | _Steps) -> None:
        if not job.future.set_running_or_notify_cancel():
            return
        if isinstance(job, _Job):
            self._finish(job)
            return
        try:
            job.work(self._db, self._let_in)
        except BaseException as error:  # noqa: BLE001 (a background job: the caller gets it whole)
            job.future.set_exception(error)
        else:
            job.future.set_result(None)

    def _let_in(self, goes_on: threading.Event) -> None:
        """No more jobs than wait now once it may go on: whoever writes without a pause takes turns
        with it."""
        waiting = self._jobs.qsize()
        while waiting > 0 or not goes_on.is_set():
            waiting -= 1
            try:
                job = self._jobs.get(timeout=_LOOKS_EVERY_S)
            except queue.Empty:
                continue
            if isinstance(job, _Job):
                self._do(job)
            else:
                self._put_off.append(job)
                if job is None:
                    raise closed_error()

    def _tidies(self) -> bool:
        try:
            return self._tidy(self._db)
        except Exception as error:  # noqa: BLE001 (what can wait must not end the writing)
            _logger.warning("the log could not be tidied: %r", error)
            return False

    def _finish(self, job: _Job) -> None:
        try:
            done = self._commit_or_mend(job)
        except BaseException as error:  # noqa: BLE001 (a background job: the caller gets it whole)
            job.future.set_exception(self._explained(error))
            return
        if done.changed is not None:
            self._tell(done.changed)
        job.future.set_result(done.entries)
        try:
            self._settle(self._db)
        except Exception as error:  # noqa: BLE001 (the job is done; this comes again after the next)
            _logger.warning("nothing was settled after a job of the log: %r", error)

    def _commit_or_mend(self, job: _Job) -> Done:
        try:
            return self._commit(job)
        except sqlite3.Error as error:
            if not (is_table_gone(error) and self._mend(self._db)):
                raise
        return self._commit(job)

    def _commit(self, job: _Job) -> Done:
        with transaction(self._db):
            done = job.work(self._db)
        if job.afterwards is not None:
            job.afterwards(self._db)
        return done

    def _explained(self, error: BaseException) -> BaseException:
        """A disk's fault as a KnownError; anything else as it is: the caller's or a bug."""
        if isinstance(error, KnownError):
            return error
        known = known_error(error) if isinstance(error, sqlite3.Error) else None
        if known is None:  # logged here too: nobody may be waiting for this future
            _logger.error("a job of the log failed", exc_info=error)
            return error
        known.__cause__ = error
        _logger.warning("the log could not be written: %s", error)
        return known
