"""Moves the product's map as a hand does and times each step. Run by `benchmarks.map`, one process
for each Qt platform; prints one JSON object.

Each step's clock starts when the hand would have moved, also when the program was busy then, and
stops when the window has painted.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import fontpkg_sarabun
import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QFontDatabase, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QHBoxLayout, QWidget

from app.geo.areas import Area, AreaKind
from app.geo.basemap import ROADS, Basemap, Features, GroundKind
from app.geo.coordinates import LatLon
from app.geo.projection import Projection
from app.map import CameraLook, CameraMark, IncidentMark, MapLayer, MapView, Urgency, ViewState
from benchmarks.map_drag import CORNERS, DragScene
from benchmarks.map_eye import Pixels, View, follows, is_same, sharp_beacons
from benchmarks.map_tiles import TILES, LiveTiles
from benchmarks.map_town import (
    BEACON_M,
    CENTRE_EAST_M,
    CENTRE_NORTH_M,
    CLEAR_M,
    EPSG,
    FAR_CLEAR_M,
    Town,
    make_town,
)

WIDTH_PX, HEIGHT_PX = 1280, 800
SCALES_PX_PER_M = (1 / 15, 1 / 4, 1.0)
HAND_EVERY_S = 1 / 60
NOTCH_EVERY_S = 1 / 20
SHARP_TRIALS = 8
_QUIET_S = 0.7
_SAYS_SHARP_S = 2.0
_SHARP_DEADLINE_S = 6.0


class Painted(QObject):
    """Counts the paints of the map's surface."""

    def __init__(self, surface: QWidget) -> None:
        super().__init__()
        self.count = 0
        surface.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class Hand:
    """The mouse over the map, and the clock beside it."""

    def __init__(self, application: QApplication, view: MapView) -> None:
        self._application = application
        self._view = view
        found = view.findChild(QGraphicsView)
        assert found is not None
        self.surface = found.viewport()
        self._painted = Painted(self.surface)
        self.steps_ms: list[float] = []
        self.cpu_ms: list[float] = []

    def rest(self, seconds: float) -> None:
        """Let the program work."""
        self.until(lambda: False, seconds)

    def until(self, done: Callable[[], bool], deadline_s: float) -> bool:
        """Go on until `done`; False when it was not so within the deadline."""
        end_s = time.perf_counter() + deadline_s
        while not done():
            if time.perf_counter() > end_s:
                return False
            self._application.processEvents()
            time.sleep(0.0005)
        return True

    def step(self, due_s: float, event: QEvent) -> float:
        """One event at its time, and how long until it is painted; how late the hand is after it.

        While the program is busy a hand's movements melt into one: what is late is late once.
        """
        while time.perf_counter() < due_s:
            self._application.processEvents()
            if due_s - time.perf_counter() > 0.001:
                time.sleep(0.0005)
        before, cpu_s = self._painted.count, time.thread_time()
        QApplication.sendEvent(self.surface, event)
        while self._painted.count == before:
            self._application.processEvents()
            if time.perf_counter() - due_s > 20.0:
                raise SystemExit("a step was never painted")
        now_s = time.perf_counter()
        self.steps_ms.append((now_s - due_s) * 1000)
        self.cpu_ms.append((time.thread_time() - cpu_s) * 1000)
        return max(0.0, now_s - due_s)

    def taken_ms(self) -> list[float]:
        """The steps since the last time."""
        taken, self.steps_ms = self.steps_ms, []
        return taken

    def taken_cpu_ms(self) -> list[float]:
        """The processor's time in the window's thread, of all steps since the last time."""
        taken, self.cpu_ms = self.cpu_ms, []
        return taken

    def mouse(self, kind: QEvent.Type, at: QPointF, held: bool) -> QMouseEvent:
        """A mouse event of the left button."""
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
        buttons = LEFT if held else Qt.MouseButton.NoButton
        there = QPointF(self.surface.mapToGlobal(at.toPoint()))
        return QMouseEvent(kind, at, there, button, buttons, Qt.KeyboardModifier.NoModifier)

    def wheel(self, notches: int) -> QWheelEvent:
        """Towards or away from the ground, over the middle."""
        at = QPointF(WIDTH_PX / 2, HEIGHT_PX / 2)
        return QWheelEvent(
            at, QPointF(self.surface.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
            False,
        )  # fmt: skip

    def picture(self) -> Pixels:
        """What the map shows."""
        image = self._view.grab().toImage().convertToFormat(RGB)
        lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
        return lines[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()

    @property
    def paints(self) -> int:
        """How often the map was painted."""
        return self._painted.count


LEFT = Qt.MouseButton.LeftButton
RGB = QImage.Format.Format_RGB888


def fill(view: MapView, town: Town) -> None:
    """Hand the town to the map through what its owner calls."""
    names: dict[GroundKind, Features] = {
        kind: Features(called, shapes)
        for kind, called, shapes in zip(ROADS, town.street_names, town.streets, strict=True)
    }
    names[GroundKind.BUILDING] = Features(("",) * len(town.buildings), town.buildings)
    names[GroundKind.WATER] = Features(("",) * len(town.beacons), town.beacons)
    view.set_basemap(Basemap(EPSG, names))
    kinds = (AreaKind.ZONE, AreaKind.COMMUNITY, AreaKind.BEAT)
    view.set_areas(
        [
            Area(f"{kind}-{i}", kind, f"พื้นที่ {i}", f"Area {i}", shape, "v1")
            for kind, shapes in zip(kinds, town.zones, strict=True)
            for i, shape in enumerate(shapes)
        ]
    )
    view.set_layer_shown(MapLayer.BEATS, True)
    looks = (*[CameraLook.LIVE] * 8, CameraLook.LATE, CameraLook.LOST)
    view.set_cameras(
        [
            CameraMark(f"C{i:03d}", lat, lon, float(town.bearings_deg[i]), looks[i % 10],
                       f"กล้อง {i}", town.views_m[i])
            for i, (lon, lat) in enumerate(town.cameras_deg.tolist())
        ]
    )  # fmt: skip
    urgencies = (*[Urgency.CLOSED] * 17, Urgency.IN_HAND, Urgency.WATCH, Urgency.ACT_NOW)
    view.set_incidents(
        [
            IncidentMark(str(i), str(i), lat, lon, urgencies[i % 20])
            for i, (lon, lat) in enumerate(town.incidents_deg.tolist())
        ]
    )


class Probe:
    """All the figures of one platform."""

    def __init__(self, hand: Hand, view: MapView, town: Town, steps: int, trials: int) -> None:
        self.hand = self._hand = hand
        self._view = view
        self._steps, self._trials = steps, trials
        self._beacons = np.array([_beacon(*shape.bounds) for shape in town.beacons])
        self.faults: list[str] = []

    def look(self, px_per_m: float) -> View:
        """The town's middle at a scale, settled."""
        lon, lat = _to_degrees(CENTRE_EAST_M, CENTRE_NORTH_M)
        self._view.restore_view_state(ViewState(lat, lon, px_per_m))
        self.settle()
        return View(CENTRE_EAST_M, CENTRE_NORTH_M, px_per_m, WIDTH_PX, HEIGHT_PX)

    def settle(self) -> None:
        """Until the map has not been painted for a while. On a busy machine its threads may
        pause longer than that: what it says of itself only makes the wait longer, never shorter.
        """
        self._hand.until(self._view.is_sharp, _SAYS_SHARP_S)
        seen, since_s = -1, time.perf_counter()
        while time.perf_counter() - since_s < _QUIET_S:
            self._hand.rest(0.05)
            if self._hand.paints != seen:
                seen, since_s = self._hand.paints, time.perf_counter()

    def pan(self) -> list[float]:
        """A hand that draws the paper to and fro, sixty movements a second."""
        hand = self._hand
        at = QPointF(WIDTH_PX / 2, HEIGHT_PX / 2)
        before = hand.picture()
        QApplication.sendEvent(hand.surface, hand.mouse(QEvent.Type.MouseButtonPress, at, True))
        start_s = time.perf_counter() + 0.05
        moved = QPointF(0, 0)
        for step in range(self._steps):
            moved += QPointF(9, 4) * (1 if step % 60 < 30 else -1) if step else QPointF(9, 4)
            event = hand.mouse(QEvent.Type.MouseMove, at + moved, True)
            start_s += max(0.0, hand.step(start_s + step * HAND_EVERY_S, event) - HAND_EVERY_S)
            if step == 9:
                self._judge_move(before, hand.picture(), moved)
                start_s = time.perf_counter() - step * HAND_EVERY_S
        end = hand.mouse(QEvent.Type.MouseButtonRelease, at + moved, False)
        QApplication.sendEvent(hand.surface, end)
        return hand.taken_ms()

    def _judge_move(self, before: Pixels, after: Pixels, moved: QPointF) -> None:
        share = follows(before, after, round(moved.x()), round(moved.y()))
        if share < 0.8:
            self.faults.append(f"only {share:.0%} of the map followed the hand")

    def zoom(self) -> list[float]:
        """Wheel notches, four in and four out again, over the middle."""
        hand = self._hand
        start_s = time.perf_counter() + 0.05
        for step in range(self._steps):
            inward = step % 8 < 4
            notch = hand.wheel(1 if inward else -1)
            start_s += max(0.0, hand.step(start_s + step * NOTCH_EVERY_S, notch) - NOTCH_EVERY_S)
        return hand.taken_ms()

    def drag(self, scene: DragScene) -> list[float]:
        """The shared corner, round in circles, sixty movements a second."""
        hand = self._hand
        at = scene.corner_px()
        before = hand.picture()
        QApplication.sendEvent(hand.surface, hand.mouse(QEvent.Type.MouseButtonPress, at, True))
        start_s = time.perf_counter() + 0.05
        spot = at
        for step in range(self._steps):
            turn = 2 * math.pi * step / 60
            spot = at + QPointF(60 * math.cos(turn), 60 * math.sin(turn))
            event = hand.mouse(QEvent.Type.MouseMove, spot, True)
            start_s += max(0.0, hand.step(start_s + step * HAND_EVERY_S, event) - HAND_EVERY_S)
        if is_same(before, hand.picture()):
            self.faults.append("pulling a corner changed nothing")
        release = hand.mouse(QEvent.Type.MouseButtonRelease, spot, False)
        QApplication.sendEvent(hand.surface, release)
        return hand.taken_ms()

    def sharp(self, px_per_m: float) -> list[float]:
        """One notch in or out, or the paper drawn far, until the last change of the picture."""
        return [
            self._sharp_after_notch(px_per_m, 1 if trial % 2 else -1)
            for trial in range(self._trials)
        ]

    def _sharp_after_notch(self, px_per_m: float, notches: int) -> float:
        view = self.look(px_per_m)
        before = self._hand.picture()
        start_s = time.perf_counter()
        QApplication.sendEvent(self._hand.surface, self._hand.wheel(notches))
        shown = self._watch(start_s)
        last = shown[-1][1]
        view = replace(view, px_per_m=px_per_m * 1.25**notches)
        good, seen = sharp_beacons(last, view, self._beacons)
        if seen == 0 or good < 0.7 * seen:
            self.faults.append(f"{good} of {seen} ponds sharp at {view.px_per_m:.3f} px/m")
        if is_same(before, last):
            self.faults.append("a notch of the wheel changed nothing")
        return next(at_ms for at_ms, picture in shown if is_same(picture, last))

    def _watch(self, start_s: float) -> list[tuple[float, Pixels]]:
        """A picture after each paint, until none has come for a while."""
        shown: list[tuple[float, Pixels]] = []
        seen = self._hand.paints
        last_s = start_s
        while time.perf_counter() - last_s < _QUIET_S:
            self._hand.rest(0.0005)
            if self._hand.paints == seen:
                continue
            last_s = time.perf_counter()
            if last_s - start_s > _SHARP_DEADLINE_S:
                self.faults.append("the map never comes to rest")
                break
            picture = self._hand.picture()
            shown.append(((last_s - start_s) * 1000, picture))
            seen = self._hand.paints
        return shown or [(float("inf"), self._hand.picture())]


def _beacon(
    west_m: float, south_m: float, east_m: float, north_m: float
) -> tuple[float, float, float, float]:
    """Middle, side and cleared side of a pond."""
    side_m = east_m - west_m
    clear_m = FAR_CLEAR_M if side_m > BEACON_M else CLEAR_M
    return (west_m + east_m) / 2, (south_m + north_m) / 2, side_m, clear_m


def _to_degrees(east_m: float, north_m: float) -> tuple[float, float]:
    import pyproj

    lon, lat = pyproj.Transformer.from_crs(EPSG, 4326, always_xy=True).transform(east_m, north_m)
    return float(lon), float(lat)


def rss_mb(pid: int | str = "self") -> float:
    """The resident memory of a process, in MB of 10⁶ bytes; a page that two share counts twice."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(one for one in status.splitlines() if one.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024 / 1e6


def drawing_rss_mb() -> float:
    """The same of the processes that this one has begun, those that draw the map among them."""
    tasks = Path("/proc/self/task").glob("*/children")
    return sum(rss_mb(pid) for task in tasks for pid in task.read_text().split())


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    for name in ("seed", "streets", "buildings", "zones", "cameras", "incidents", "steps"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--trials", type=int, default=SHARP_TRIALS)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--parts", required=True)
    asked = parser.parse_args(arguments)
    application = QApplication(sys.argv[:1])
    for file in sorted((Path(fontpkg_sarabun.__file__).parent / "files").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    town = make_town(
        asked.seed, asked.streets, asked.buildings, asked.zones, asked.cameras, asked.incidents
    )
    lon, lat = _to_degrees(CENTRE_EAST_M, CENTRE_NORTH_M)
    window = QWidget()
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    view = MapView(Projection(EPSG), LatLon(lat, lon))
    view.setFixedSize(WIDTH_PX, HEIGHT_PX)
    row.addWidget(view)
    fill(view, town)
    view.start()
    window.show()
    hand = Hand(application, view)
    hand.rest(1.0)
    probe = Probe(hand, view, town, asked.steps, asked.trials)
    parts = asked.parts.split(",")
    report = _figures(probe, parts)
    report["rss_mb"] = round(rss_mb(), 1)
    report["drawing_rss_mb"] = round(drawing_rss_mb(), 1)
    if asked.picture:
        window.grab().save(str(asked.picture))
    if "drag" in parts:
        report |= _vertex_drag(probe, hand, view)
    if "live" in parts:
        tiles = LiveTiles(application)
        try:
            row.addWidget(tiles.grid)
            hand.rest(1.0)
            report |= _beside_live(probe, tiles)
        finally:
            tiles.close()
    report["platform"] = application.platformName()
    report["faults"] = probe.faults
    view.stop()
    print(json.dumps(report))
    return 0


def _figures(probe: Probe, parts: Sequence[str]) -> dict[str, Any]:
    pan: dict[str, list[float]] = {}
    zoom: dict[str, list[float]] = {}
    sharp: dict[str, list[float]] = {}
    cpu: dict[str, list[float]] = {}
    for scale in SCALES_PX_PER_M:
        name = f"{1 / scale:g} m/px"
        if "hand" in parts:
            probe.look(scale)
            probe.hand.taken_cpu_ms()
            pan[name] = probe.pan()
            probe.look(scale)
            zoom[name] = probe.zoom()
            cpu[name] = probe.hand.taken_cpu_ms()
        if "sharp" in parts:
            sharp[name] = probe.sharp(scale)
    figures = {
        "pan_p95_ms": {name: _p(steps, 95) for name, steps in pan.items()},
        "pan_p50_ms": {name: _p(steps, 50) for name, steps in pan.items()},
        "zoom_p95_ms": {name: _p(steps, 95) for name, steps in zoom.items()},
        "zoom_p50_ms": {name: _p(steps, 50) for name, steps in zoom.items()},
        "step_cpu_p95_ms": {name: _p(steps, 95) for name, steps in cpu.items()},
        "sharp_ms": {name: _p(times, 50) for name, times in sharp.items()},
        "sharp_most_ms": {name: round(max(times), 1) for name, times in sharp.items()},
    }
    return {figure: values for figure, values in figures.items() if values}


def _vertex_drag(probe: Probe, hand: Hand, view: MapView) -> dict[str, Any]:
    """Three areas of 600 corners that share a border; a corner all three have is pulled about."""
    scene = DragScene(view)
    try:
        scene.begin()
        hand.rest(0.5)
        hand.taken_cpu_ms()
        steps = probe.drag(scene)
    finally:
        scene.end()
    if not scene.has_followed():
        probe.faults.append("the areas did not follow the pulled corner together")
    figures = {"vertex_drag_p95_ms": _p(steps, 95), "vertex_drag_p50_ms": _p(steps, 50)}
    figures["vertex_drag_cpu_p95_ms"] = _p(hand.taken_cpu_ms(), 95)
    return {name: {f"{CORNERS} corners": value} for name, value in figures.items()}


def _beside_live(probe: Probe, tiles: LiveTiles) -> dict[str, Any]:
    pan: dict[str, list[float]] = {}
    for scale in SCALES_PX_PER_M:
        probe.look(scale)
        pan[f"{1 / scale:g} m/px"] = probe.pan()
    if tiles.shown() < TILES:
        probe.faults.append(f"{tiles.shown()} of {TILES} tiles were live")
    return {
        "pan_while_live_p95_ms": {name: _p(steps, 95) for name, steps in pan.items()},
        "pan_while_live_p50_ms": {name: _p(steps, 50) for name, steps in pan.items()},
    }


def _p(values: Sequence[float], percent: float) -> float:
    return round(float(np.percentile(values, percent)), 2)


if __name__ == "__main__":
    threading.current_thread().name = "hand"
    sys.exit(main(sys.argv[1:]))
