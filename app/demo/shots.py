"""A picture of every screen, in both languages and sizes, taken on the running application."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt

from app.cameras.camera import Camera
from app.cameras.register import register
from app.demo.demo_station import DEMO
from app.demo.handover_shots import HandoverShots
from app.demo.intake_shots import IntakeShots
from app.demo.log_shots import LogShots
from app.demo.map_shots import MapShots
from app.demo.papers_shots import PapersShots
from app.demo.play import Play, PlayedConsole, Steps, Until
from app.demo.review_shots import ReviewShots
from app.demo.search_shots import SearchShots
from app.demo.sign_in_shots import SignInShots
from app.demo.unit_shots import UnitShots
from app.demo.wall_of_states import CONNECTING, LATE, WallOfStates
from app.thai.translation import Language
from app.ui.rail import places
from app.ui.wall.camera_tile import CameraTile

_TRIES = 6
SIZES = ((1366, 768), (1920, 1080), (3840, 2160))
WALLS = "walls"
PARTS = (*(f"{one.value}_{width}" for one in Language for width, _ in SIZES), WALLS)
"""What can be taken by itself: a language at a width, as in the pictures' names, or the walls."""


class Shots(Play):
    """Goes through the places as an officer would, and takes a picture of each."""

    def __init__(
        self, console: PlayedConsole, pictures: Path, parts: Sequence[str] = PARTS
    ) -> None:
        self._pictures, self._parts = pictures, parts
        super().__init__(console)

    def steps(self) -> Steps:
        yield Until(self._all_live, "not every camera showed a picture", 90.0)
        for language in Language:
            for width, height in SIZES:
                name = f"{language.value}_{width}"
                if name not in self._parts:
                    continue
                self.console.set_language(language.value)
                self.window.showNormal()
                self.window.resize(width, height)
                yield self.wait(0.6)
                yield Until(self.window.live.map.is_sharp, "the map did not become sharp")
                yield from self._go_through(name)
        if WALLS in self._parts:
            yield from self._wall_of_states()
            yield from LogShots(self, self._pictures).damaged()
        self.console.set_language(Language.THAI.value)
        sys.stdout.write(f"{self._pictures.resolve()}\n")

    def _set_up(self, name: str) -> Steps:
        window = self.window
        window.show_place("setup")
        window.setup.cameras.edit("C01")
        yield self.wait(0.4)
        self.picture(self._pictures / f"setup_camera_{name}.png")
        sections = {1: "recording", 2: "map", 3: "places", 4: "console"}
        for row, section in sections.items():
            window.setup.sections.setCurrentRow(row)
            yield self.wait(0.2)
            self.picture(self._pictures / f"setup_{section}_{name}.png")
        window.setup.show_officers()
        yield self.wait(0.3)
        self.picture(self._pictures / f"setup_officers_{name}.png")
        window.setup.show_shifts()
        yield self.wait(0.3)
        self.picture(self._pictures / f"setup_shifts_{name}.png")
        yield from LogShots(self, self._pictures).take(name)
        window.setup.sections.setCurrentRow(0)

    def _all_live(self) -> bool:
        cameras = self.console.ground.cameras
        return bool(cameras) and self._live() == len(cameras)

    # The wall

    def _wall_of_states(self) -> Steps:
        """Sixteen tiles in every state a camera can have."""
        wall = WallOfStates()
        self.window.resize(*SIZES[0])  # on larger screens sixteen tiles want sixteen main streams
        try:
            yield from self._add_cameras(wall.start(self.console.ground.cameras[0]))
            wall.fall_ill()
            yield Until(lambda: self._marks("x") >= 3, "a sick camera was not seen to be", 30.0)
            for language in Language:
                self.console.set_language(language.value)
                for width, height in SIZES[:2]:
                    self.window.resize(width, height)
                    yield from self._all_states(wall)
                    self.picture(self._pictures / f"wall_{language.value}_{width}.png")
            yield from self._other_walls()
        finally:
            wall.stop()

    def _add_cameras(self, cameras: Sequence[Camera]) -> Steps:
        for camera in cameras:
            register(self.console.log, camera, actor=DEMO).result()
        self.window.live.grid.set_tile_count(16)
        yield Until(lambda: self._live() == 16, "the sixteenth camera showed no picture", 90.0)

    def _all_states(self, wall: WallOfStates) -> Steps:
        """Bring about the states that pass, until both are on the screen at once."""
        late, connecting = self._tile(LATE), self._tile(CONNECTING)

        def are_both_there() -> bool:
            return bool(late.words.tag) and connecting.words.mark == "loader-circle"

        for _ in range(_TRIES):
            wall.heal_late_one()
            yield Until(lambda: late.words.is_live and not late.words.tag, "it did not heal", 60.0)
            wall.freeze_late_one()
            yield self.wait(0.6)
            self.console.pictures.retry(CONNECTING)
            yield Until(lambda: are_both_there() or not late.words.is_live, "it did not freeze")
            if are_both_there():
                return
        yield Until(are_both_there, "a late and a connecting camera were not seen together", 0.0)

    def _other_walls(self) -> Steps:
        """Other numbers of tiles, the layouts' menu, cameras away on their own window."""
        grid = self.window.live.grid
        for count in (6, 25, 36):
            grid.set_tile_count(count)
            yield self.wait(0.5)
            self.picture(self._pictures / f"wall_{count}_en_1920.png")
        self.window.live.wall_seat.go_out()
        yield self.wait(0.5)
        self.picture(self._pictures / "wall_away_en_1920.png")
        self.window.live.wall_seat.come_home()
        yield self.wait(0.3)

    def _tile(self, camera_id: str) -> CameraTile:
        tiles = self.window.live.grid.tiles
        return next(tile for tile in tiles if tile.camera and tile.camera.id == camera_id)

    def _live(self) -> int:
        return sum(tile.words.is_live for tile in self.window.live.grid.tiles)

    def _marks(self, mark: str) -> int:
        return sum(tile.words.mark == mark for tile in self.window.live.grid.tiles)

    # The places

    def _go_through(self, name: str) -> Steps:
        window = self.window
        for place in places():
            window.show_place(place.id)
            yield self.wait(0.8)  # a place that is opened first has much to do; its keys come after
            self.picture(self._pictures / f"{place.id}_{name}.png")
        yield from self._set_up(name)
        yield from ReviewShots(self, self._pictures).take(name)
        yield from MapShots(self, self._pictures).take(name)
        yield from SearchShots(self, self._pictures).take(name)
        yield from UnitShots(self, self._pictures).take(name)
        yield from SignInShots(self, self._pictures).take(name)
        yield from HandoverShots(self, self._pictures).take(name)
        yield from PapersShots(self, self._pictures).take(name)
        window.show_place("live")
        self.press(Qt.Key.Key_Down)
        window.live.table.step(0)
        yield self.wait(0.8)
        yield Until(window.live.map.is_sharp, "the map did not become sharp")
        yield Until(self._all_live, "a camera went away", 90.0)
        self.picture(self._pictures / f"selected_{name}.png")
        window.live.sending.ask_for_unit()
        yield self.wait(0.2)
        self.picture(self._pictures / f"dispatch_{name}.png")
        window.live.detail.show_story()
        self.press(Qt.Key.Key_F2)
        window.live.intake.type_field.line.setText("")
        self.type("21")
        window.live.intake.place_field.line.setFocus()
        window.live.intake.place_field.line.setText("")
        self.type("ตลาดอินโด")
        yield self.wait(0.4)
        self.picture(self._pictures / f"intake_{name}.png")
        window.live.intake.clear()
        window.live.close_intake()
        yield from IntakeShots(self, self._pictures).take(name)
        window.open_palette()
        self.type("ตลาด")
        yield self.wait(0.3)
        self.picture(self._pictures / f"palette_{name}.png")
        window.palette_card.close_quietly()
        window.open_shortcuts()
        yield self.wait(0.2)
        self.picture(self._pictures / f"shortcuts_{name}.png")
        self.press(Qt.Key.Key_Space)
        window.live.back()
        window.live.back()
        yield self.wait(0.2)
