"""Opens the Log place of the real console and scrolls it, and times each step. Run by
`benchmarks.log_screen`; prints one JSON object.

A step's clock starts with the event and stops when the table has painted. What was painted is read
from its pixels: the number in a row must be that of the incident which the log has there.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from app.application import Console
from app.clock import SystemClock
from app.demo.people import DUTY_OFFICER
from app.duty.officers import OfficerEnrolled, officers
from app.log import Actor, Log, Role
from app.station import open_station
from app.ui.theme import load_fonts, load_theme
from app.views import all_views

WIDTH_PX, HEIGHT_PX = 1920, 1080
_CHECK_EVERY = 10
_DEADLINE_S = 30.0
_NOTCH = 120


class Painted(QObject):
    """Counts the paints of a widget."""

    def __init__(self, surface: QWidget) -> None:
        super().__init__()
        self.count = 0
        surface.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("station", type=Path)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    _be_an_empty_main()
    seat_an_officer(asked.station)
    numbers = expected_numbers(asked.station / "station.db")
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    application.setQuitOnLastWindowClosed(False)
    load_fonts()
    with tempfile.TemporaryDirectory(prefix="benchmark-desk-") as desk:
        theme = load_theme()
        gc.disable()  # as the product does for its start
        console = Console(open_station(asked.station), theme, SystemClock(), Path(desk))
        console.start()
        try:
            report = Session(application, console, numbers).run(asked.steps, asked.seed)
        finally:
            console.stop()
    print(json.dumps(report))
    return 0


def _be_an_empty_main() -> None:
    """A process that is started imports the main module first. `main.py` is empty for it; this one
    would bring the whole console into every decode worker, a second of work for each."""
    main_module = sys.modules["__main__"]
    main_module.__spec__ = None
    vars(main_module).pop("__file__", None)


def seat_an_officer(folder: Path) -> None:
    """Somebody sits at the console, unasked: the benchmark has no password to type."""
    settings = folder / "station.toml"
    text = settings.read_text(encoding="utf-8").replace('sign_in = "password"', "")
    if 'sign_in = "nobody"' not in text:
        text = text.replace("[console]\n", '[console]\nsign_in = "nobody"\n')
    settings.write_text(text, encoding="utf-8")
    station = open_station(folder)
    log = Log(
        station.database,
        origin=station.profile.origin,
        views=all_views(),
        clock=SystemClock(),
    )
    log.open()
    with log.reading() as db:
        is_staffed = bool(officers(db))
    if not is_staffed:
        log.append(OfficerEnrolled(DUTY_OFFICER), actor=Actor("benchmark", Role.PROGRAM)).result()
    log.close()


def expected_numbers(database: Path) -> list[str]:
    """The number of every incident, the newest report first, read from the entries themselves."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(
            "SELECT json_extract(body, '$.number') FROM entries WHERE kind = 'incident_reported'"
            " ORDER BY seq DESC"
        )
        return [str(row[0]) for row in rows]


class Session:
    """One console, opened and scrolled."""

    def __init__(self, application: QApplication, console: Console, numbers: Sequence[str]) -> None:
        self._application, self._console = application, console
        self._numbers = numbers
        self._faults: list[str] = []
        self._cpu_ms: list[float] = []
        self._checked = 0

    def run(self, steps: int, seed: int) -> dict[str, Any]:
        """All figures."""
        window = self._console.window
        window.showNormal()
        window.resize(WIDTH_PX, HEIGHT_PX)
        self._until(window.live.table.isVisible)
        self._rest(2.0)  # filled, and the start is over
        open_ms = self._open()
        self._check(every_row=True)
        by = {name: self._steps(way, steps // 3, seed) for name, way in self._ways().items()}
        times = [ms for each in by.values() for ms in each]
        return {
            "open_ms": round(open_ms, 1),
            "scroll_p95_ms": _p95(times),
            "scroll_cpu_p95_ms": _p95(self._cpu_ms),
            "scroll_worst_ms": round(max(times, default=0.0), 1),
            "scroll_by": {name: _p95(each) for name, each in by.items()},
            "rows": len(self._numbers),
            "checked": self._checked,
            "faults": self._faults,
            "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
        }

    def _open(self) -> float:
        """From the key to the first paint of the table with rows."""
        window = self._console.window
        began_s = time.perf_counter()
        QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        self._table = self._found_table()
        painted = Painted(self._table.viewport())
        self._until(lambda: painted.count > 0 and self._table.model().rowCount() > 0)
        took_ms = (time.perf_counter() - began_s) * 1000
        self._painted = painted
        self._rest(1.0)  # map and counts come after the rows
        return took_ms

    def _found_table(self) -> QTableView:
        window = self._console.window
        self._until(lambda: window.place_id == "log")
        found = max(window.log.findChildren(QTableView), key=lambda view: view.width())
        assert isinstance(found, QTableView)
        return found

    # Steps

    def _ways(self) -> dict[str, Callable[[random.Random], None]]:
        return {"wheel": self._wheel, "page": self._page, "jump": self._jump}

    def _steps(self, way: Callable[[random.Random], None], count: int, seed: int) -> list[float]:
        dice, times = random.Random(seed), []
        self._table.verticalScrollBar().setValue(len(self._numbers) // 3)
        self._rest(0.3)
        for number in range(count):
            before, value = self._painted.count, self._table.verticalScrollBar().value()
            began_s, cpu_s = time.perf_counter(), time.thread_time()
            way(dice)
            self._until(lambda: self._painted.count > before)  # noqa: B023 - called at once
            times.append((time.perf_counter() - began_s) * 1000)
            self._cpu_ms.append((time.thread_time() - cpu_s) * 1000)
            if self._table.verticalScrollBar().value() == value:
                self._faults.append(f"a step did not move the rows at {value}")
            if number % _CHECK_EVERY == 0:
                self._check(every_row=False)
        return times

    def _wheel(self, dice: random.Random) -> None:
        viewport = self._table.viewport()
        at = QPointF(viewport.rect().center())
        turn = QPoint(0, -_NOTCH if dice.random() < 0.8 else _NOTCH)
        event = QWheelEvent(
            at, viewport.mapToGlobal(at), QPoint(), turn, Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)

    def _page(self, dice: random.Random) -> None:
        bar = self._table.verticalScrollBar()
        bar.triggerAction(bar.SliderAction.SliderPageStepAdd)

    def _jump(self, dice: random.Random) -> None:
        """As a hand pulls the scroll bar: anywhere."""
        bar = self._table.verticalScrollBar()
        bar.setSliderDown(True)
        bar.setSliderPosition(dice.randrange(bar.maximum()))
        bar.setSliderDown(False)

    # What was painted

    def _check(self, *, every_row: bool) -> None:
        """Hold the numbers of the rows on the screen against the log."""
        table = self._table
        picture = table.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        top = table.verticalScrollBar().value()
        in_sight = table.viewport().height() // table.rowHeight(top)
        for number in range(top, min(top + in_sight, len(self._numbers))):
            if not every_row and (number - top) % 5:
                continue
            cell = table.visualRect(table.model().index(number, 1))
            self._checked += 1
            if not shows(picture, cell, self._numbers[number], self._font()):
                self._faults.append(
                    f"row {number} (value {top}) does not show {self._numbers[number]}"
                )

    def _font(self) -> QFont:
        font = QFont(["Sarabun"])
        font.setPixelSize(14)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    # Waiting

    def _until(self, done: Callable[[], bool]) -> None:
        end_s = time.perf_counter() + _DEADLINE_S
        while not done():
            if time.perf_counter() > end_s:
                raise SystemExit("waited in vain")
            self._application.processEvents()

    def _rest(self, seconds: float) -> None:
        end_s = time.perf_counter() + seconds
        while time.perf_counter() < end_s:
            self._application.processEvents()
            time.sleep(0.002)


def shows(picture: QImage, cell: QRect, text: str, font: QFont) -> bool:
    """Whether the upper half of a cell holds these letters and no others, wherever in it."""
    half = QRect(cell.left(), cell.top(), cell.width(), cell.height() // 2)
    seen = _ink(_pixels(picture.copy(half)))
    wanted = QImage(400, 60, QImage.Format.Format_RGB32)
    wanted.fill(QColor("#141A20"))
    painter = QPainter(wanted)
    painter.setFont(font)
    painter.setPen(QColor("#E8EDF1"))
    painter.drawText(QPointF(20, 40), text)
    painter.end()
    drawn = _ink(_pixels(wanted.convertToFormat(QImage.Format.Format_Grayscale8)))
    return seen.shape == drawn.shape and bool((np.abs(seen - drawn) > 60).mean() < 0.01)


def _pixels(image: QImage) -> Any:
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return raw[:, : image.width()].astype(np.int16)


def _ink(pixels: Any) -> Any:
    """The smallest rectangle that holds all that is bright."""
    bright = pixels > 90
    if not bright.any():
        return np.empty((0, 0), np.int16)
    rows, columns = np.flatnonzero(bright.any(axis=1)), np.flatnonzero(bright.any(axis=0))
    return pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _p95(times: Sequence[float]) -> float:
    ordered = sorted(times)
    return round(ordered[math.ceil(0.95 * len(ordered)) - 1], 2) if ordered else 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
