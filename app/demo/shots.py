"""A picture of every screen, in both languages and sizes, taken on the running application."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt

from app.demo.play import Play, PlayedConsole, Steps, Until
from app.thai.translation import Language
from app.ui.rail import places

SIZES = ((1366, 768), (1920, 1080), (3840, 2160))


class Shots(Play):
    """Goes through the places as an officer would, and takes a picture of each."""

    def __init__(self, console: PlayedConsole, pictures: Path) -> None:
        self._pictures = pictures
        super().__init__(console)

    def steps(self) -> Steps:
        yield Until(self._all_live, "not every camera showed a picture", 30.0)
        for language in Language:
            self.console.set_language(language.value)
            for width, height in SIZES:
                self.window.showNormal()
                self.window.resize(width, height)
                yield self.wait(0.6)
                yield Until(self.window.live.map.is_sharp, "the map did not become sharp")
                yield from self._go_through(f"{language.value}_{width}")
        self.console.set_language(Language.THAI.value)
        sys.stdout.write(f"{self._pictures.resolve()}\n")

    def _all_live(self) -> bool:
        cameras = self.console.ground.cameras
        live = sum(tile.words.is_live for tile in self.window.live.grid.tiles)
        return bool(cameras) and live == len(cameras)

    def _go_through(self, name: str) -> Steps:
        window = self.window
        for place in places():
            window.show_place(place.id)
            yield self.wait(0.3)
            self.picture(self._pictures / f"{place.id}_{name}.png")
        window.show_place("live")
        self.press(Qt.Key.Key_Down)
        window.live.table.step(0)
        yield self.wait(0.8)
        yield Until(window.live.map.is_sharp, "the map did not become sharp")
        yield Until(self._all_live, "a camera went away", 30.0)
        self.picture(self._pictures / f"selected_{name}.png")
        window.live.steps.ask_for_unit()
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
