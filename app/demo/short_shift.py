"""A short shift on the demo station, played on the real window: what a newcomer sees first.

Report, dispatch, a camera lost and back, footage, the printed sheet. It presses the keys an officer
would press, says what it saw, and leaves pictures and the sheet as PDF: it asks no printer.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt

from app.demo.play import Play, PlayedConsole, Steps, Until
from app.demo.simulated_cameras import Fault
from app.thai.translation import tr
from app.video.playback.shown import Shown

_CAMERA = "C06"
_REVIEWED = "C01"


class ShortShift(Play):
    """The play of `./run` where there is no screen."""

    def __init__(self, console: PlayedConsole, pictures: Path) -> None:
        self._pictures = pictures
        super().__init__(console)

    def steps(self) -> Steps:
        yield from self._cameras_come()
        yield from self._report()
        yield from self._dispatch()
        yield from self._camera_is_lost_and_back()
        yield from self._close()
        yield from self._footage()
        yield from self._print()
        self._say(tr("Pictures: {folder}", folder=self._pictures.resolve()))

    def _say(self, words: str) -> None:
        sys.stdout.write(f"• {words}\n")
        sys.stdout.flush()

    def _live_count(self) -> int:
        return sum(tile.words.is_live for tile in self.window.live.grid.tiles)

    def _cameras_come(self) -> Steps:
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
        self.type("ประตู 3")
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

    def _close(self) -> Steps:
        """The unit left, arrived, has it in hand; closed with a result, and free again."""
        live = self.window.live
        for key, state in ((Qt.Key.Key_G, "on_the_way"), (Qt.Key.Key_A, "on_scene")):
            self.press(key)
            yield Until(
                lambda state=state: bool(live.selected and live.selected.state.value == state),  # type: ignore[misc]
                f"the incident did not become {state}",
            )
        self.press(Qt.Key.Key_X)
        yield Until(lambda: live.detail.is_asking, "the closing form did not open")
        self.type("ตรวจสอบแล้ว ส่งพนักงานสอบสวน (ตัวอย่าง)")
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        yield Until(lambda: bool(live.selected and not live.selected.is_open), "it was not closed")
        if live.selected is not None:
            self._say(tr("Incident {number} closed", number=live.selected.number))
        self.picture(self._pictures / "6_closed.png")

    def _footage(self) -> Steps:
        """What a camera showed half a minute ago plays in the Review place."""
        self.window.live.grid.select_camera(_REVIEWED)
        self.press(Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
        yield Until(lambda: self.window.place_id == "review", "Shift+R did not open the footage")
        grid = self.window.review.grid
        yield Until(
            lambda: any(isinstance(tile.shown, Shown) for tile in grid.tiles),
            "no footage was shown",
            40.0,
        )
        yield self.wait(1.0)
        self._say(tr("Footage of camera {camera} played", camera=_REVIEWED))
        self.picture(self._pictures / "7_review.png")

    def _print(self) -> Steps:
        """F9 shows the incident's sheet; it is saved, for there may be no printer."""
        self.press(Qt.Key.Key_F9)
        yield Until(lambda: self.window.place_id == "papers", "F9 did not open the papers")
        place = self.window.papers
        yield Until(lambda: place.sheet.found is not None, "the sheet was not set", 40.0)
        yield self.wait(1.0)
        self.picture(self._pictures / "8_papers.png")
        paper = (self._pictures / "incident_sheet.pdf").resolve()
        place.steps.save_as(paper)
        yield Until(paper.exists, "the sheet was not saved", 20.0)
        self._say(tr("The incident's sheet set and saved: {file}", file=paper.name))

    def _camera_is_lost_and_back(self) -> Steps:
        fleet = self.console.fleet
        if fleet is None:
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
