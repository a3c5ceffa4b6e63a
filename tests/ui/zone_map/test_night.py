"""By day and at night: how far cameras see, on the map, in the list and in the figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import CONSOLE, Console
from app.cameras import register
from app.clock import ScriptedClock
from app.geo.coordinates import LatLon
from app.map.marks import CameraMark
from app.ui.zone_map.hours import NIGHT
from app.ui.zone_map.map_place import MapPlace

LEFT = Qt.MouseButton.LeftButton


def at_night(place: MapPlace, *, on: bool = True) -> None:
    buttons = place.coverage.hours._buttons
    QTest.mouseClick(buttons[NIGHT if on else "day"], LEFT)


def mark(place: MapPlace, camera_id: str) -> CameraMark:
    marks = place.view._pictures.scene.cameras.marks
    return next(one for one in marks if one.id == camera_id)


def away_m(console: Console, camera_id: str, rim: object) -> np.ndarray:
    view = console.ground.view_of(camera_id)
    return np.hypot(*(np.asarray(rim) - (view.east_m, view.north_m)).T)


def by_day_only(console: Console) -> LatLon:
    """A place before C04 that lies farther away than its light reaches."""
    outline, night = (console.ground.field_of_view("C04", night=dark) for dark in (False, True))
    away = away_m(console, "C04", outline)
    assert away.max() > away_m(console, "C04", night).max() + 20
    view = console.ground.view_of("C04")
    far = outline[int(np.argmax(away))]
    east, north = (view.east_m, view.north_m) + (far - (view.east_m, view.north_m)) * 0.9
    return console.ground.projection.point_to_degrees(east, north)


def test_an_arc_shows_where_sight_ends_at_night_for_those_that_see_less_then(
    console: Console, place: MapPlace
) -> None:
    rim = mark(place, "C04").night_rim_m
    assert rim is not None
    assert away_m(console, "C04", rim).max() <= 55.01
    assert away_m(console, "C04", mark(place, "C04").field_of_view_m).max() > 100
    assert mark(place, "C01").night_rim_m is None  # nobody said that it sees less


def test_the_arc_is_drawn_in_the_night_style_and_not_on_paper_colours(
    place: MapPlace, qtbot: QtBot
) -> None:
    rims = place.view._pictures.scene.cameras
    place.view.set_incidents([])  # their words may lie over an arc
    place.view.set_units([])
    with_arcs = grey(place, qtbot)
    place.view.set_cameras([replace(one, night_rim_m=None, label="x") for one in rims.marks])
    without = grey(place, qtbot)
    assert (np.abs(with_arcs - without) > 12).sum() > 60
    place.bar.day_style.setChecked(True)
    assert not place.view._style.night_ranges


def grey(place: MapPlace, qtbot: QtBot) -> np.ndarray:
    qtbot.waitUntil(place.view.is_sharp, timeout=10_000)
    image = place.view.grab().toImage().convertToFormat(
        place.view.grab().toImage().Format.Format_Grayscale8
    )  # fmt: skip
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width()].astype(int)


def test_at_night_a_far_place_is_not_seen_and_the_list_says_how_far_the_camera_sees(
    console: Console, place: MapPlace
) -> None:
    spot = by_day_only(console)
    place.who.select(spot)
    assert "C04" in [line.row.camera_id for line in place.seeing.lines if line.row.rank]
    at_night(place)
    row = next(line.row for line in place.seeing.lines if line.row.camera_id == "C04")
    assert row.rank == 0
    assert "55" in row.why
    assert away_m(console, "C04", mark(place, "C04").field_of_view_m).max() <= 55.01
    at_night(place, on=False)
    assert "C04" in [line.row.camera_id for line in place.seeing.lines if line.row.rank]


def test_the_coverage_at_night_is_less(place: MapPlace, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: place.watch.watch is not None, timeout=15_000)
    by_day = place.watch.watch
    at_night(place)
    qtbot.waitUntil(lambda: place.watch.watch is not by_day, timeout=15_000)
    assert by_day is not None
    assert place.watch.watch is not None
    assert place.watch.watch.coverage.seen_m2 < by_day.coverage.seen_m2 - 100


def test_the_map_follows_the_clock_into_the_night_until_somebody_chooses(
    console: Console, place: MapPlace, clock: ScriptedClock
) -> None:
    assert not place.hours.is_night
    clock.move_to(clock.now() + timedelta(hours=9))  # 19:46
    place.tick()
    assert place.hours.is_night
    assert place.coverage.hours.current() == NIGHT
    at_night(place, on=False)
    place.tick()
    assert not place.hours.is_night


def test_a_camera_indoors_is_not_counted_outdoors(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    spot = by_day_only(console)
    camera = next(one for one in console.desk.cameras() if one.id == "C04")
    register.change(
        console.log, replace(camera, indoor=True), actor=CONSOLE, confirmed=True
    ).result()
    qtbot.waitUntil(lambda: console.ground.view_of("C04").indoor, timeout=5_000)
    place.who.select(spot)
    row = next(line.row for line in place.seeing.lines if line.row.camera_id == "C04")
    assert row.rank == 0
    assert "ในอาคาร" in row.why
    outline = mark(place, "C04").field_of_view_m
    assert outline is not None
    assert len(outline) == 0  # no house is known where it stands
