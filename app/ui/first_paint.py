"""Tells when a window has been painted for the first time, once; it gets the keyboard then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Runs `then` after the first picture of `window` has reached the screen.

    A zero timer set before `show()` would run before the X server asks for the first picture.
    """

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            self._window.activateWindow()  # without a window manager nobody gives it the keyboard
            QTimer.singleShot(0, self._then)  # the paint is flushed before timers run
        return False
