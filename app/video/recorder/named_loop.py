"""Runs a duty of the recorder again and again, whatever it raises: recording must go on.

The one place, beside the streams' own loop, where a bug is logged whole and the work continues.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from app.errors import KnownError

_logger = logging.getLogger(__name__)


class NamedLoop:
    """A thread that does its duty every so many seconds until it is stopped."""

    def __init__(self, name: str, every_s: float, duty: Callable[[], None]) -> None:
        self.name = name
        self._every_s = every_s
        self._duty = duty
        self._said = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin, with the duty at once."""
        self._thread.start()

    def ask_to_stop(self) -> None:
        """End after the duty that is being done."""
        self._stop.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for its end; whether it has ended."""
        if self._thread.is_alive():
            self._thread.join(max(0.0, timeout_s))
        return not self._thread.is_alive()

    def do_once(self) -> None:
        """The duty, in the caller's thread; what it raises is logged, once while it stays so."""
        try:
            self._duty()
            self._said = ""
        except KnownError as error:
            if str(error) != self._said:
                self._said = str(error)
                _logger.warning("%s: %s", self.name, error)
        except Exception as error:
            if repr(error) != self._said:
                self._said = repr(error)
                _logger.exception("%s failed", self.name)

    def _run(self) -> None:
        while not self._stop.is_set():
            self.do_once()
            self._stop.wait(self._every_s)
