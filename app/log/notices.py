"""Tells listeners what a committed write changed. A listener's fault never reaches the writer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from app.log.entry import Changed

_logger = logging.getLogger(__name__)

Listener = Callable[[Changed], None]


class Notices:
    """Who wants to hear. Listeners run in the writer thread and must be quick."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._listeners: tuple[tuple[object, Listener], ...] = ()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every change; the answer ends that, and may be called twice."""
        ticket = object()  # the same listener may subscribe twice
        with self._guard:
            self._listeners = (*self._listeners, (ticket, listener))

        def unsubscribe() -> None:
            with self._guard:
                self._listeners = tuple(kept for kept in self._listeners if kept[0] is not ticket)

        return unsubscribe

    def tell(self, changed: Changed) -> None:
        """Tell everyone; a fault in one is logged whole and keeps nobody else from hearing."""
        for _, listener in self._listeners:
            try:
                listener(changed)
            except Exception:  # the background job's own catch: the entry is already safe
                _logger.exception("a listener of the log failed")
