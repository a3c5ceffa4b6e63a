"""Takes the scripted calls on the real window, key by key, and times each save until it is painted.

Run by `benchmarks.log_intake`: `python -m benchmarks.intake_hand STATION ROUNDS [PATCH]`. PATCH is
a file with `apply()`, called before the window is made: a product broken on purpose. Prints
one JSON object: of each save the milliseconds, null where the number was not painted in time.
"""

from __future__ import annotations

import json
import os
import runpy
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from benchmarks.intake_calls import Call, Step, calls

_DEADLINE_S = 3.0
_SETTLE_S = 1.2
_CALM_S = 0.25
_SCREEN = '{"screens": [{"name": "desk", "x": 0, "y": 0, "width": 1920, "height": 1080}]}'


class Painted(QObject):
    """Hears when a label that shows a text is painted, and when the program has gone on since: by
    then the picture has been given to the screen."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self._watched: set[QLabel] = set()
        self._wanted = ""
        self.label: QLabel | None = None
        self.painted_s = 0.0

    def expect(self, words: str) -> None:
        """From now on, a label with these words, of those that there are."""
        self._wanted, self.label, self.painted_s = words, None, 0.0
        for label in set(self._window.findChildren(QLabel)) - self._watched:
            self._watched.add(label)
            label.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.label is not None:
            if not self.painted_s and event.type() != QEvent.Type.Paint:
                self.painted_s = time.perf_counter()
                QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            return False
        if (
            self._wanted
            and event.type() == QEvent.Type.Paint
            and isinstance(watched, QLabel)
            and watched.text() == self._wanted
            and not watched.visibleRegion().isEmpty()
        ):
            self.label = watched
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        return False


class Hand:
    """The keyboard of one window."""

    def __init__(self, application: QApplication, window: QWidget, folder: Path) -> None:
        self._application, self._window, self._folder = application, window, folder
        self._painted = Painted(window)
        self.cpu_ms: list[float] = []
        """Of each save, what the window's own thread worked."""

    def take(self, call: Call) -> float | None:
        """One call from F2 to the number on the screen: milliseconds from the last key."""
        for step in call.steps[:-1]:
            self._do(step)
        self.rest(_CALM_S)
        self._painted.expect(self._next_number())
        began_s, cpu_s = time.perf_counter(), time.thread_time()
        self._do(call.steps[-1])
        self.until(lambda: self._painted.painted_s > 0, _DEADLINE_S)
        taken_ms = (self._painted.painted_s - began_s) * 1000
        self.cpu_ms.append(round((time.thread_time() - cpu_s) * 1000, 2))
        label = self._painted.label
        return round(taken_ms, 2) if label is not None and _has_ink(label) else None

    def rest(self, seconds: float) -> None:
        """Let the program work."""
        self.until(lambda: False, seconds)

    def until(self, done: Callable[[], bool], deadline_s: float) -> bool:
        """Go on until `done`; False when it was not so within the deadline."""
        ends_s = time.perf_counter() + deadline_s
        while not done():
            if time.perf_counter() > ends_s:
                return False
            self._application.processEvents()
            time.sleep(0.0002)
        return True

    def _do(self, step: Step) -> None:
        if step.what == "press":
            self._press(step.text)
        elif step.what == "paste":
            QApplication.clipboard().setText(step.text)
            self._press("Ctrl+V")
        else:
            self._type(step.text)
        self._application.processEvents()

    def _press(self, keys: str) -> None:
        chord = QKeySequence(keys.replace("Enter", "Return"))[0]  # type: ignore[index]
        QTest.keyClick(self._focused(), chord.key(), chord.keyboardModifiers())

    def _type(self, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self._focused(), event)

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self._window

    def _next_number(self) -> str:
        """By the last one in the log file."""
        with closing(sqlite3.connect(self._folder / "station.db")) as db:
            (body,) = db.execute(
                "SELECT body FROM entries WHERE kind = 'incident_reported'"
                " AND body IS NOT NULL ORDER BY seq DESC LIMIT 1"
            ).fetchone()
        serial, year = json.loads(body)["number"].split("/")
        now = time.gmtime(time.time() + 7 * 3600).tm_year + 543
        return f"{int(serial) + 1}/{year}" if int(year) == now else f"1/{now}"


def _has_ink(label: QLabel) -> bool:
    """Whether something is written on it."""
    picture = label.grab().toImage()
    seen = {picture.pixel(x, y) for x in range(0, picture.width(), 2)
            for y in range(0, picture.height(), 2)}  # fmt: skip
    return len(seen) > 4


def main() -> None:
    """Open the console on the station, take the calls, close it."""
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    with tempfile.NamedTemporaryFile("w", suffix=".json") as screens:
        screens.write(_SCREEN)
        screens.flush()
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens.name}"
        if len(sys.argv) > 3:
            runpy.run_path(sys.argv[3])["apply"]()
        told = _taken(folder, rounds)
    sys.stdout.write(json.dumps(told) + "\n")


def _taken(folder: Path, rounds: int) -> dict[str, Any]:
    from benchmarks.intake_console import console_on  # Qt's platform is chosen before

    application = QApplication(["intake"])
    console = console_on(folder, application)
    hand = Hand(application, console.window, folder)
    try:
        if not hand.until(lambda: QApplication.activeWindow() is console.window, 10.0):
            raise SystemExit("the window did not get the keyboard")
        hand.rest(_SETTLE_S)
        saves = [hand.take(call) for _ in range(rounds) for call in calls()]
        return {"saves_ms": saves, "cpu_ms": hand.cpu_ms}
    finally:
        console.stop()
        application.processEvents()


if __name__ == "__main__":
    main()
