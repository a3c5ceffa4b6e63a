"""Keeps what is being typed into the intake: at most once a second, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.clock import Clock
from app.incidents.drafts import Draft, DraftFile

EVERY_MS = 1000


class DraftKeeper(QObject):
    """One desk's draft. Writing and throwing away happen in one thread, in order."""

    kept = Signal(object)  # datetime: what was typed until then is on the disk
    _written = Signal(object, object)  # Future, datetime

    def __init__(self, file: DraftFile, clock: Clock) -> None:
        super().__init__()
        self._file, self._clock = file, clock
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="draft")
        self._typed: Callable[[], Draft] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._on_time)
        self._written.connect(self._on_written, Qt.ConnectionType.QueuedConnection)

    def load(self) -> Draft | None:
        """What was being typed when the program ended; None if nothing was."""
        return self._file.load()

    def typed(self, draft: Callable[[], Draft]) -> None:
        """Something was typed; `draft` gives it all when it is time to write it."""
        self._typed = draft
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Write what was typed now: the form it is typed in goes."""
        self._on_time()

    def discard(self) -> None:
        """It was saved, or thrown away."""
        self._timer.stop()
        self._typed = None
        self._pool.submit(self._file.discard)

    def stop(self) -> None:
        """Write what is not written yet, and end. Blocks for one write at most."""
        self._on_time()
        self._timer.stop()
        self._pool.shutdown(wait=True)

    def _on_time(self) -> None:
        if self._typed is None:
            return
        draft, self._typed = self._typed(), None
        at = self._clock.now()
        future = self._pool.submit(self._file.keep, draft)
        future.add_done_callback(lambda done: self._written.emit(done, at))

    def _on_written(self, written: Future[bool], at: datetime) -> None:
        if written.result():
            self.kept.emit(at)
