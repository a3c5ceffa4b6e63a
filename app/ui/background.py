"""Work that would make the window wait: done in threads, told back in the Qt thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import KnownError

_logger = logging.getLogger(__name__)

WhenDone = Callable[[Any], None]
WhenFailed = Callable[[KnownError], None]


class Background(QObject):
    """A small pool. What fails with a KnownError is told; a bug is raised in the Qt thread."""

    _finished = Signal(object, object, object)  # Future, WhenDone, WhenFailed

    def __init__(self, workers: int = 3) -> None:
        super().__init__()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="background")
        self._stopped = False
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], Any], done: WhenDone, failed: WhenFailed) -> None:
        """Do `work` in a thread; then `done(result)` or `failed(error)` here."""
        future = self._pool.submit(work)
        future.add_done_callback(lambda one: self._finished.emit(one, done, failed))

    def stop(self) -> None:
        """Nothing more is begun or told; waits for what is under way."""
        self._stopped = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _on_finished(self, future: Future[Any], done: WhenDone, failed: WhenFailed) -> None:
        if self._stopped or future.cancelled():
            return
        try:
            result = future.result()
        except KnownError as error:
            failed(error)
            return
        done(result)
