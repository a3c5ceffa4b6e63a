"""Bugs: what nobody foresaw. Logged whole, told in one quiet notice; the console goes on."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType

_logger = logging.getLogger(__name__)


class Bugs:
    """Python's last word on an error nobody caught, while the console runs."""

    def __init__(self, tell: Callable[[], None], stop: Callable[[], None]) -> None:
        self._tell = tell
        self._stop = stop
        self.met = 0
        """How many there were."""

    def catch(self) -> None:
        """From now on they come here."""
        sys.excepthook = self._on_bug

    def let_go(self) -> None:
        """Back to what Python does by itself."""
        sys.excepthook = sys.__excepthook__

    def _on_bug(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self.met += 1
        _logger.error("a bug", exc_info=(kind, error, trace))
        if issubclass(kind, KeyboardInterrupt):
            self._stop()
        else:
            self._tell()
