"""Brings what the recorder wrote in its own chain into the station's log, entry by entry.

Knows the index as a log only: not what is recorded. It may be looked for before it is there, and it
may be another one than before (its disk was changed): then that one's chain is another origin's.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from app.errors import KnownError, msg
from app.log import Entry, Log, Readers, entries_after, head_of, origin_of

LOOK_EVERY_S = 0.5
_AT_ONCE = 500

_logger = logging.getLogger(__name__)


class RecorderNews:
    """One thread that looks twice a second. What it brings is told by the log as any change is.

    `on_trouble` hears once, on that thread, of a chain that cannot be taken in, or an index that
    cannot be read; it goes on looking.
    """

    def __init__(self, index: Path, log: Log, on_trouble: Callable[[KnownError], None]) -> None:
        self._index = index
        self._log = log
        self._on_trouble = on_trouble
        self._readers = Readers(index)
        self._origin = ""
        self._taken = 0
        self._told = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="recorder news", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look a last time, then no more. Before the log is closed."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
            self._look_and_tell()
        self._readers.close()

    def look(self) -> int:
        """Take in what is new; how many entries. KnownError when it cannot be."""
        taken = 0
        while entries := self._newest_known_and_new():
            new = self._log.take_in(entries).result()
            self._taken = entries[-1].n
            taken += len(new)
            if len(entries) < _AT_ONCE:
                break
        return taken

    def _newest_known_and_new(self) -> list[Entry]:
        """From the entry taken in last on: that one shows whether it is still the same chain."""
        if not self._index.is_file():
            return []
        with self._readers.reading() as db:
            origin = origin_of(db)
            if origin is None:
                return []
            if origin != self._origin:
                self._origin, self._taken = origin, self._log.head(origin).n
            if head_of(db, origin).n < self._taken:
                raise _set_back()
            return entries_after(db, origin, max(0, self._taken - 1), _AT_ONCE)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._look_and_tell()
            self._stop.wait(LOOK_EVERY_S)

    def _look_and_tell(self) -> None:
        try:
            self.look()
            self._told = ""
        except KnownError as error:
            self._tell(error)

    def _tell(self, error: KnownError) -> None:
        if str(error) != self._told:
            self._told = str(error)
            _logger.warning("the recorder's entries could not be taken in: %s", error)
            self._on_trouble(error)


def _set_back() -> KnownError:
    return KnownError(
        msg("The recorder's index is older than what the station's log holds of it."),
        safe=msg("The station's log is unchanged, and recording goes on."),
        do=msg("If a backup was put back on purpose, start the recorder again."),
    )
