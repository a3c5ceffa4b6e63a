"""The console in a process on a real screen: says what it is drawn by, and what stands where.

argv: the station's folder. Run by test_screen.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from app.application import Console
from app.clock import SystemClock
from app.console import new_application
from app.station import open_station
from app.thai.translation import language
from app.ui.theme import load_theme
from app.ui.widgets.suggest_field import SuggestionList


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


class Told:
    """Says each thing once."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._said: set[str] = set()
        self._last: dict[str, str] = {}

    def look(self) -> None:
        window = self._console.window
        if window.isActiveWindow() and window.live.table.model().rowCount():
            self._once("window shown and filled")
            self._once(self._tiles())
        if window.live.intake.isVisible():
            self._once(f"intake open in {language().value}")
        elif window.live.detail.picker.isVisible():
            self._once("a unit is being chosen for the report")
        self._board_away()
        if "palette_card" in vars(window) and window.palette_card.isVisible():
            self._look_at(window.palette_card.list)

    def _look_at(self, found: SuggestionList) -> None:
        row = found.current()
        if row is not None and row.camera_id:
            middle = found.viewport().mapToGlobal(found.visualRect(found.currentIndex()).center())
            words = f"found {row.camera_id}@{middle.x()},{middle.y() + 8}"
            if self._is_new("found", words):
                say(words)

    def _board_away(self) -> None:
        """Where the keyboard is while the units have a window of their own; and that it is gone,
        once the console's window has the keyboard: a key pressed before that is nobody's."""
        window = self._console.window
        away = window.live.units.window_of_its_own
        if away is None and not window.isActiveWindow():
            return
        words = "" if away is None else "has the keyboard" if away.isActiveWindow() else "waits"
        if self._is_new("board", words):
            say(f"board's window {words or 'is gone'}")

    def _tiles(self) -> str:
        """Each camera of the wall with the middle of its tile on the screen: `C01@700,120`."""
        words = []
        for tile in self._console.window.live.grid.tiles:
            if tile.camera is not None:
                middle = tile.mapToGlobal(tile.rect().center())
                words.append(f"{tile.camera.id}@{middle.x()},{middle.y()}")
        return f"tiles {' '.join(words)}"

    def _is_new(self, of: str, words: str) -> bool:
        """Whether it is not what was last known of this; nothing was, at first."""
        before, self._last[of] = self._last.get(of, ""), words
        return words != before

    def _once(self, words: str) -> None:
        if words not in self._said:
            self._said.add(words)
            say(words)


def main() -> int:
    application = new_application()
    theme = load_theme()
    application.setStyleSheet(theme.stylesheet())
    console = Console(open_station(Path(sys.argv[1])), theme, SystemClock())
    console.ended.connect(application.quit)
    console.start()
    say(f"platform {QGuiApplication.platformName()}")
    told = Told(console)
    timer = QTimer(application)
    timer.setInterval(50)
    timer.timeout.connect(told.look)
    timer.start()
    return application.exec() or min(console.bugs, 1)


if __name__ == "__main__":
    sys.exit(main())
