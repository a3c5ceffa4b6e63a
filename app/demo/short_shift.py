"""A short shift on the demo station, played on the real window: what a newcomer sees first.

Report, dispatch, a camera lost and back. It presses the keys an officer would press, says what it
saw, and leaves pictures. Sheets cannot be printed yet: it says so.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.demo.simulated_cameras import Fault, SimulatedFleet
from app.thai.translation import tr
from app.ui.main_window import MainWindow
from app.video.live import LivePictures

if TYPE_CHECKING:
    from app.application import Console

_STEP_MS = 40
_CAMERA = "C06"


@dataclass(frozen=True, slots=True)
class Until:
    """Wait until this holds, at most so long; `what` is said if it never does."""

    holds: Callable[[], bool]
    what: str
    deadline_s: float = 15.0


Steps = Generator[Until, None, None]


class Play(QObject):
    """Runs steps one after the other in the event loop; a step that fails ends the play with 1."""

    def __init__(self, console: Console) -> None:
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
        """Letters, to whoever has the focus. QTest knows no Thai keys, so the events are made here."""
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

    def _fail(self, what: str) -> None:
        sys.stdout.write(f"✗ {what}\n")
        self.exit_code = 1
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._steps.close()
        self.console.stop()


class ShortShift(Play):
    """The play of `./run` where there is no screen."""

    def __init__(self, console: Console, pictures: Path) -> None:
        self._pictures = pictures
        super().__init__(console)

    def steps(self) -> Steps:
        yield from self._cameras_come()
        yield from self._report()
        yield from self._dispatch()
        yield from self._camera_is_lost_and_back()
        self._say(tr("Sheets cannot be printed yet: that part is not built."))
        self._say(tr("Pictures: {folder}", folder=self._pictures.resolve()))

    def _say(self, words: str) -> None:
        sys.stdout.write(f"• {words}\n")
        sys.stdout.flush()

    @property
    def _live(self) -> LivePictures:
        return self.console.pictures

    def _live_count(self) -> int:
        return sum(tile.words.is_live for tile in self.window.live.grid.tiles)

    def _cameras_come(self) -> Steps:
        total = len(self.console.ground.cameras) or len(self.window.live.grid.tiles)
        yield Until(lambda: bool(self.console.ground.cameras), "no camera in the register")
        total = len(self.console.ground.cameras)
        yield Until(lambda: self._live_count() == total, "not every camera showed a picture", 30.0)
        before, began_s = self.window.live.grid.pictures_painted(), self.now_s
        yield self.wait(3.0)
        painted = self.window.live.grid.pictures_painted() - before
        per_s = painted / (self.now_s - began_s)
        self._say(tr("Cameras live: {live} of {total}", live=self._live_count(), total=total))
        self._say(tr("Pictures painted: {rate:.1f} a second", rate=per_s))
        yield Until(lambda: self.window.live.map.is_sharp(), "the map did not become sharp")
        self.picture(self._pictures / "1_live.png")

    def _report(self) -> Steps:
        """By keyboard only, as an officer would."""
        intake = self.window.live.intake
        self.press(Qt.Key.Key_F2)
        yield Until(lambda: intake.type_field.line.hasFocus(), "F2 did not open the intake")
        self.type("23")
        self.press(Qt.Key.Key_Tab)
        intake.place_field.line.setFocus()
        self.type("ตลาดอินโด")
        yield Until(lambda: intake.place_field.list.isVisible(), "no place was suggested")
        self.picture(self._pictures / "2_intake.png")
        self.press(Qt.Key.Key_Return)
        intake.narrative.setFocus()
        self.type("คนร้ายชาย เสื้อดำ จยย. สีแดง กระชากกระเป๋าแล้วหลบหนีทางทิศใต้ (ตัวอย่าง)")
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        yield Until(lambda: not intake.isVisible(), "the report was not saved")
        yield Until(lambda: self.window.live.selected is not None, "the incident was not selected")
        incident = self.window.live.selected
        if incident is not None:
            self._say(tr("Incident {number} reported by keyboard", number=incident.number))

    def _dispatch(self) -> Steps:
        live = self.window.live
        self.press(Qt.Key.Key_D)
        yield Until(lambda: live.detail.is_asking, "no unit was offered")
        self.press(Qt.Key.Key_Return)
        yield Until(lambda: bool(live.selected and live.selected.units), "the unit was not sent")
        units = ", ".join(live.selected.units) if live.selected else ""
        self._say(tr("{unit} sent", unit=units))
        yield self.wait(1.0)
        self.picture(self._pictures / "3_dispatched.png")

    def _camera_is_lost_and_back(self) -> Steps:
        fleet = self.console.fleet
        if not isinstance(fleet, SimulatedFleet):
            return
        tile = next(
            tile
            for tile in self.window.live.grid.tiles
            if tile.camera is not None and tile.camera.id == _CAMERA
        )
        fleet.fault(_CAMERA, Fault.DROP)
        yield Until(
            lambda: not tile.words.is_live and tile.words.colour == "red",
            "the lost camera was shown as live",
        )
        yield self.wait(1.0)
        self.picture(self._pictures / "4_camera_lost.png")
        self._say(tr("Camera {camera} lost, and seen to be lost", camera=_CAMERA))
        fleet.heal(_CAMERA)
        yield Until(lambda: tile.words.is_live, "the camera did not come back", 20.0)
        self._say(tr("Camera {camera} back", camera=_CAMERA))
        self.picture(self._pictures / "5_camera_back.png")
