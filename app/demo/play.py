"""Plays on the real window: steps that press keys and wait for what an officer would see."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.cameras.ground import Ground
from app.demo.simulated_cameras import SimulatedFleet
from app.log import Log
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.video.live import LivePictures

_STEP_MS = 40


class PlayedConsole(Protocol):
    """What a play needs of the console it is played on."""

    window: MainWindow
    desk: Desk
    ground: Ground
    fleet: SimulatedFleet | None
    log: Log

    @property
    def pictures(self) -> LivePictures:
        """The cameras' pictures."""
        ...

    def set_language(self, name: str) -> None:
        """Thai or English from now on."""
        ...

    def stop(self) -> None:
        """Close the console in order."""
        ...

    @property
    def bugs(self) -> int:
        """How many bugs it has met."""
        ...


@dataclass(frozen=True, slots=True)
class Until:
    """Wait until this holds, at most so long; `what` is said if it never does."""

    holds: Callable[[], bool]
    what: str
    deadline_s: float = 15.0


Steps = Generator[Until, None, None]


class Play(QObject):
    """Runs steps one after the other in the event loop; a step that fails ends the play with 1."""

    def __init__(self, console: PlayedConsole) -> None:
        super().__init__()
        self.console = console
        self.exit_code = 0
        self._steps = self.steps()
        self._waiting: Until | None = None
        self._since_s = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._on_step)
        self._timer.start()

    def steps(self) -> Steps:
        """What is played; each play has its own."""
        raise NotImplementedError

    @property
    def window(self) -> MainWindow:
        return self.console.window

    @property
    def now_s(self) -> float:
        return self.console.desk.clock.monotonic()

    def wait(self, seconds: float) -> Until:
        """Let the console run on for a while."""
        until_s = self.now_s + seconds
        return Until(lambda: self.now_s >= until_s, "", seconds + 5.0)

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """A key, to whoever has the focus."""
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        QTest.keyClick(self._focus(), key, held)

    def type(self, text: str) -> None:
        """Letters, to whoever has the focus; made here because QTest knows no Thai keys."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self._focus(), event)

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def picture(self, path: Path) -> None:
        """Save the window as it is."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(path))

    def _on_step(self) -> None:
        if self._waiting is not None and not self._waiting.holds():
            if self.now_s - self._since_s > self._waiting.deadline_s:
                self._fail(self._waiting.what)
            return
        try:
            self._waiting = next(self._steps)
            self._since_s = self.now_s
        except StopIteration:
            self._end()
        except BaseException:
            self.exit_code = 1  # a bug of the play or of a screen: told by the excepthook
            raise

    def _fail(self, what: str) -> None:
        sys.stdout.write(f"✗ {what}\n")
        self.exit_code = 1
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._steps.close()
        if self.console.bugs:
            sys.stdout.write("✗ logs/console.log\n")
            self.exit_code = 1
        self.console.stop()
