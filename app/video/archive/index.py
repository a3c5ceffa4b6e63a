"""The recorder's index, `recordings/index.db`: opened and changed by its one writer.

Every call waits until its change is on the disk. Knows what a segment is, not how it is recorded.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

from app.clock import Clock
from app.errors import KnownError
from app.log import Actor, Connection, Entry, Fact, Log, Role, origin_in
from app.video.archive.index_change import IndexChange
from app.video.archive.index_tables import INDEX, IndexLedger

RECORDER = Actor("recorder", Role.PROGRAM)

T = TypeVar("T")


class RecordingIndex:
    """Writes the index. Whoever opens it must hold the recorder's lock. Any thread may call."""

    def __init__(self, recordings: Path, clock: Clock) -> None:
        """`recordings` is the station's own recording folder, in which the index lies."""
        self.recordings = recordings
        self.path = recordings / INDEX
        self._clock = clock
        self._log: Log | None = None

    def open(self) -> None:
        """Bring the file up to date and start writing; an origin of its own for a new file.

        Raises KnownError when that cannot be, also for a file that is damaged.
        """
        self._open(origin_in(self.path) or _new_origin())

    def begin_chain_anew(self) -> None:
        """Go on in the same file under another origin: the chain so far cannot be continued."""
        self.close()
        self._open(_new_origin())

    def is_sound(self) -> bool:
        """Whether SQLite finds its own pages in order. Reads the whole file."""
        try:
            with self.reading() as db:
                return bool(db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
        except KnownError:
            return False

    def _open(self, origin: str) -> None:
        log = Log(self.path, origin=origin, views=(), clock=self._clock, ledgers=[IndexLedger()])
        log.open()
        self._log = log

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        if self._log is not None:
            self._log.close()
            self._log = None

    def change(self, work: Callable[[IndexChange], T], *, actor: Actor = RECORDER) -> T:
        """Let `work` change the index and append its `facts`, all or nothing; what it returned.

        On the disk when this returns. Raises what `work` raised, and KnownError (disk full); then
        nothing was changed.
        """
        answers: list[T] = []

        def kept(db: Connection) -> list[Fact]:
            change = IndexChange(db)
            answers.append(work(change))
            return change.facts

        self._opened().keep(kept, actor=actor).result()
        return answers[0]

    def append(self, *facts: Fact, actor: Actor = RECORDER) -> None:
        """Entries that change nothing else. KnownError when they cannot be written."""
        self._opened().append(*facts, actor=actor).result()

    def reading(self) -> AbstractContextManager[Connection]:
        """One unchanging state of the index for a `with` block."""
        return self._opened().reading()

    def entries_of(self, subject: str) -> list[Entry]:
        """Every entry about a subject, oldest first."""
        return self._opened().entries_of(subject)

    def _opened(self) -> Log:
        if self._log is None:
            raise RuntimeError("the recorder's index is not open")
        return self._log


def _new_origin() -> str:
    return f"recorder-{secrets.token_hex(4)}"
