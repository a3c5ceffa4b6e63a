"""The map as of a day: the cameras that were there, where they stood, who saw a place then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import CONSOLE, Console
from app.cameras import register
from app.cameras.camera import Camera
from app.clock import ScriptedClock
from app.map.marks import MapLayer
from app.ui.zone_map.map_place import MapPlace
from tests.ui.driving import press, type_text
from tests.ui.zone_map.conftest import surface

THEN = "22/11/2569"  # the day on which the station was made
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def days_later(
    console: Console, place: MapPlace, clock: ScriptedClock, qtbot: QtBot
) -> tuple[Camera, Camera]:
    """C03 as it stood on the day, and as it stands now; C05 has been taken off meanwhile."""
    before = camera(console, "C03")
    clock.move_to(clock.now() + timedelta(days=3))
    after = replace(before, bearing_deg=(before.bearing_deg + 180) % 360, range_m=25.0)
    register.change(console.log, after, actor=CONSOLE, confirmed=True).result()
    register.remove(console.log, "C05", "ย้ายออก", actor=CONSOLE).result()
    qtbot.waitUntil(lambda: "C05" not in on_map(place), timeout=5_000)
    return before, after


def camera(console: Console, camera_id: str) -> Camera:
    return next(one for one in console.desk.cameras() if one.id == camera_id)


def on_map(place: MapPlace) -> dict[str, float]:
    return {mark.id: mark.bearing_deg for mark in place.view._pictures.scene.cameras.marks}


def shown_ids(place: MapPlace) -> list[str]:
    return [one.id for one in place.incidents._shown]


def type_day(place: MapPlace, text: str) -> None:
    place.bar.day.setFocus()
    place.bar.day.selectAll()
    press(Qt.Key.Key_Delete)
    type_text(text)
    press(Qt.Key.Key_Return)


def test_the_cameras_of_the_day_stand_and_look_as_they_did(
    place: MapPlace, days_later: tuple[Camera, Camera]
) -> None:
    before, after = days_later
    now = on_map(place)
    assert now["C03"] == after.bearing_deg
    type_day(place, THEN)
    then = on_map(place)
    assert then["C03"] == before.bearing_deg
    assert then.keys() - now.keys() == {"C05"}
    assert place.layers._counts[MapLayer.CAMERAS] == len(then)
    assert place.layers._counts[MapLayer.UNITS] == 0  # nobody knows where they were
    place.time_bar.today.click()
    assert on_map(place) == now
    assert place.layers._counts[MapLayer.UNITS] > 0


def test_who_sees_and_the_coverage_are_of_the_day(
    console: Console, place: MapPlace, days_later: tuple[Camera, Camera], qtbot: QtBot
) -> None:
    type_day(place, THEN)
    ground = place.days.ground
    spot = ground.projection.point_to_degrees(*ground.field_of_view("C05").mean(axis=0))
    assert "C05" not in [one.camera_id for one in console.ground.who_sees(spot)]
    place.view.show_place(spot)
    QTest.mouseClick(surface(place), LEFT, pos=place.view.pixel_of(spot).toPoint())
    assert "C05" in [line.row.camera_id for line in place.seeing.lines if line.row.rank]
    qtbot.waitUntil(lambda: "22" in place.coverage._when.text(), timeout=15_000)
    seen_then = place.watch.watch
    place.time_bar.today.click()
    assert "C05" not in [line.row.camera_id for line in place.seeing.lines]
    qtbot.waitUntil(lambda: place.watch.watch is not seen_then, timeout=15_000)
    assert seen_then is not None
    assert place.watch.watch is not None
    assert seen_then.coverage.seen_m2 > place.watch.watch.coverage.seen_m2


def test_the_bar_says_plainly_that_the_map_is_of_another_day(
    place: MapPlace, days_later: tuple[Camera, Camera]
) -> None:
    assert not place.time_bar.day.isVisible()
    open_now = shown_ids(place)  # what is told of them goes on: supervisors are told, say
    type_day(place, THEN)
    assert place.time_bar.day.isVisible()
    assert "22 พ.ย. 2569" in place.time_bar.day.text()
    assert place.time_bar.spans.current() == "day"  # what was open then is not known
    ends = place.days.ends
    assert ends is not None
    assert all(ends - timedelta(days=1) <= one.reported_at < ends for one in place.incidents._shown)
    place.time_bar.today.click()
    assert place.time_bar.day.isHidden()
    assert place.bar.day.text() == ""
    assert place.time_bar.spans.current() == "open"
    assert shown_ids(place) == open_now


def test_nothing_of_an_earlier_day_is_aimed_tried_or_opened(
    place: MapPlace, days_later: tuple[Camera, Camera], qtbot: QtBot
) -> None:
    type_day(place, THEN)
    for act in (lambda: place.tools.aim_this("C03"), place.tools.try_a_camera):
        with qtbot.waitSignal(place.failed):
            act()
    assert not place.cameras.is_aiming
    with qtbot.assertNotEmitted(place.camera_opened):
        place.open_camera("C05")  # it is no more
    with qtbot.waitSignal(place.camera_opened):
        place.open_camera("C03")


def test_a_day_that_has_not_come_is_refused(place: MapPlace, qtbot: QtBot) -> None:
    with qtbot.waitSignal(place.failed):
        type_day(place, "1/1/2579")
    assert place.days.day is None
    type_day(place, THEN)  # today
    assert place.days.day is None
    assert place.time_bar.day.isHidden()


@pytest.mark.parametrize("width", [1366, 1920])
def test_the_bar_of_an_earlier_day_is_not_cut(
    console: Console, place: MapPlace, days_later: tuple[Camera, Camera], width: int
) -> None:
    console.window.resize(width, 768)
    type_day(place, THEN)
    QTest.qWait(50)
    bar = place.time_bar
    for widget in (bar.day, bar.today, bar.spans, bar._said):
        assert widget.width() >= widget.sizeHint().width()
        assert widget.geometry().right() <= bar.width()
