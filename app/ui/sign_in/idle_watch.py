"""Tells when nobody touched keyboard or mouse for a while. Knows no officer.

It listens where input enters the program, at its windows, not at every event of every widget: a
wall of cameras paints hundreds of times a second.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.clock import Clock

_LOOK_MS = 5_000
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_KNOWN = "idle_watch_listens"


class IdleWatch(QObject):
    """Made with the minutes that may pass; 0 never tells."""

    idle = Signal()

    def __init__(self, clock: Clock, after_min: int) -> None:
        super().__init__()
        self._clock, self._after_s = clock, after_min * 60.0
        self._touched_s = clock.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look, if it is wanted."""
        self.touch()
        if self._after_s > 0:
            self._timer.start()
            self._listen()

    def stop(self) -> None:
        self._timer.stop()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched_s = self._clock.monotonic()

    def look(self) -> None:
        """Whether it has been long enough; new windows are listened to as well."""
        self._listen()
        if self._after_s > 0 and self._clock.monotonic() - self._touched_s >= self._after_s:
            self.touch()  # told once, then again after as long
            self.idle.emit()

    def _listen(self) -> None:
        for window in QGuiApplication.allWindows():
            if not window.property(_KNOWN):
                window.setProperty(_KNOWN, True)
                window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self.touch()
        return False
