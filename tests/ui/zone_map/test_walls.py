"""Walls drawn by hand in the Map place, by mouse and key: drawn, saved, seen, changed, removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import CONSOLE, Console
from app.clock import ScriptedClock
from app.geo.coordinates import LatLon
from app.geo.wall_saving import WallEdit, save_wall
from app.log import Role
from app.map.marks import MapLayer
from app.ui.zone_map.map_place import MapPlace
from tests.ui.driving import CONTROL, press
from tests.ui.zone_map.conftest import surface
from tests.ui.zone_map.test_zone_editor import pull

LEFT = Qt.MouseButton.LeftButton
FENCE = "รั้วสังกะสีหน้าตลาด"


def before_c02(console: Console) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A place that C02 sees, and both ends of a fence half-way to it, in station metres."""
    view = console.ground.view_of("C02")
    at = np.array((view.east_m, view.north_m))
    turn = np.radians(view.bearing_deg)
    ahead, across = np.array((np.sin(turn), np.cos(turn))), np.array((np.cos(turn), -np.sin(turn)))
    middle = at + ahead * 25
    return at + ahead * 60, middle - across * 15, middle + across * 15


def degrees(console: Console, at_m: np.ndarray) -> LatLon:
    return console.ground.projection.point_to_degrees(*at_m.tolist())


def pixel(console: Console, place: MapPlace, at_m: np.ndarray) -> QPoint:
    return place.view.pixel_of(degrees(console, at_m)).toPoint()


def seeing(place: MapPlace) -> list[str]:
    return [line.row.camera_id for line in place.seeing.lines if line.row.rank]


@pytest.fixture
def fenced(console: Console, place: MapPlace, qtbot: QtBot) -> MapPlace:
    """A fence was drawn before C02 with the mouse, and saved."""
    far, one, other = before_c02(console)
    place.view.show_place(degrees(console, far))
    place.bar.snapping.setChecked(False)
    place.who.select(degrees(console, far))
    assert "C02" in seeing(place)
    place.view.setFocus()
    press(Qt.Key.Key_B)
    assert place.walls.is_drawing
    for end in (one, other):
        QTest.mouseClick(surface(place), LEFT, pos=pixel(console, place, end))
    press(Qt.Key.Key_Return)
    place.wall_card.note.setText(FENCE)
    press(Qt.Key.Key_S, CONTROL)  # no reason yet
    assert place.wall_card.reason.hasFocus()
    place.wall_card.reason.setText("ก่อสร้างถึงสิ้นปี")
    place.wall_card.save.click()
    qtbot.waitUntil(lambda: not place.walls.is_drawing, timeout=5_000)
    qtbot.waitUntil(lambda: len(console.ground.drawn_walls) == 1, timeout=5_000)
    return place


def test_a_drawn_wall_cuts_what_cameras_see_at_once(console: Console, fenced: MapPlace) -> None:
    assert "C02" not in seeing(fenced)  # asked again, without a click
    row = next(line.row for line in fenced.seeing.lines if line.row.camera_id == "C02")
    assert "สิ่งกีดขวาง" in row.why
    outline = next(
        mark.field_of_view_m
        for mark in fenced.view._pictures.scene.cameras.marks
        if mark.id == "C02"
    )
    view = console.ground.view_of("C02")
    away = np.hypot(*(np.asarray(outline) - (view.east_m, view.north_m)).T)
    assert np.median(away) < 32
    for shown in (fenced.view, console.window.live.map):
        assert len(shown._pictures.scene.walls) == 1
    assert fenced.layers._counts[MapLayer.WALLS] == 1
    assert FENCE in fenced.walls_panel.list.item(0).text()
    (wall,) = console.desk.drawn_walls()
    (body,) = [entry.data() for entry in console.log.entries_of(wall.id)]
    assert body["reason"] == "ก่อสร้างถึงสิ้นปี"


def test_the_coverage_is_less_behind_a_wall(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: place.watch.watch is not None, timeout=15_000)
    open_sight = place.watch.watch
    _, one, other = before_c02(console)
    fence = WallEdit("", (degrees(console, one), degrees(console, other)))
    save_wall(console.log, fence, "ทดสอบ", actor=CONSOLE).result()
    qtbot.waitUntil(lambda: place.watch.watch is not open_sight, timeout=15_000)
    assert open_sight is not None
    assert place.watch.watch is not None
    assert place.watch.watch.coverage.seen_m2 < open_sight.coverage.seen_m2 - 50


def test_a_corner_is_pulled_undone_and_saved_as_the_next_version(
    console: Console, fenced: MapPlace, qtbot: QtBot
) -> None:
    _, one, other = before_c02(console)
    fenced.walls_panel.list.itemActivated.emit(fenced.walls_panel.list.item(0))
    assert fenced.walls.is_drawing
    assert len(fenced.view._pictures.scene.walls) == 0  # the one in the hand is drawn by the hand
    tool = fenced.walls.tool
    assert tool is not None
    saved = tool.line
    end = pixel(console, fenced, other)
    pull(fenced, end, pixel(console, fenced, one) - QPoint(25, 0))
    assert tool.line != saved
    fenced.view.setFocus()
    press(Qt.Key.Key_Z, CONTROL)
    assert tool.line == saved
    press(Qt.Key.Key_Y, CONTROL)
    assert fenced.bar.undo.isEnabled()
    fenced.wall_card.reason.setText("เปิดทางแล้ว")
    fenced.wall_card.save.click()
    qtbot.waitUntil(lambda: not fenced.walls.is_drawing, timeout=5_000)
    qtbot.waitUntil(lambda: "C02" in seeing(fenced), timeout=5_000)
    (wall,) = console.desk.drawn_walls()
    assert wall.note == FENCE
    assert len(fenced._parts.desk.wall_versions(wall.id)) == 2


def test_a_corner_is_put_in_and_taken_out_but_two_stay(console: Console, fenced: MapPlace) -> None:
    _, one, other = before_c02(console)
    fenced.tools.edit_wall(console.ground.drawn_walls[0].id)
    tool = fenced.walls.tool
    assert tool is not None
    QTest.mouseDClick(surface(fenced), LEFT, pos=pixel(console, fenced, (one + other) / 2))
    assert len(tool.line) == 3
    fenced.view.setFocus()
    press(Qt.Key.Key_Delete)
    assert len(tool.line) == 2
    QTest.mouseClick(surface(fenced), LEFT, pos=pixel(console, fenced, one))
    press(Qt.Key.Key_Delete)
    assert len(tool.line) == 2
    assert fenced.wall_card._wrong.isVisible()
    press(Qt.Key.Key_Escape)
    assert not fenced.walls.is_drawing
    assert len(fenced.view._pictures.scene.walls) == 1


def test_a_corner_is_drawn_to_the_corner_of_a_house_unless_shift_is_held(
    console: Console, place: MapPlace
) -> None:
    far, _, _ = before_c02(console)
    corners = console.ground.walls.segments[:, :2]
    corner = corners[np.argmin(np.hypot(*(corners - far).T))]
    place.view.show_place(degrees(console, corner))
    place.view._canvas.look_at(*(corner - place.view.ground.origin_m).tolist(), 2.0)
    place.walls_panel.draw.click()
    tool = place.walls.tool
    assert tool is not None
    beside = pixel(console, place, corner) + QPoint(5, 4)
    QTest.mouseClick(surface(place), LEFT, pos=beside)
    assert np.hypot(*(np.array(tool.line[0]) - corner)) < 0.001
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.mouseClick(surface(place), LEFT, shift, beside + QPoint(30, 30))
    QTest.mouseClick(surface(place), LEFT, shift, beside)
    assert np.hypot(*(np.array(tool.line[2]) - corner)) > 1.0


def test_a_wall_is_removed_for_a_reason_and_stays_on_the_map_of_its_day(
    console: Console, fenced: MapPlace, clock: ScriptedClock, qtbot: QtBot
) -> None:
    clock.move_to(clock.now() + timedelta(days=2))
    fenced.tools.edit_wall(console.ground.drawn_walls[0].id)
    fenced.wall_card.remove.click()
    assert fenced.wall_card.reason.hasFocus()
    fenced.wall_card.reason.setText("รื้อแล้ว")
    fenced.wall_card.remove.click()
    qtbot.waitUntil(lambda: not console.ground.drawn_walls, timeout=5_000)
    qtbot.waitUntil(lambda: "C02" in seeing(fenced), timeout=5_000)
    assert fenced.walls_panel.list.count() == 0
    fenced.days.show_day("22/11/2569")
    assert fenced.walls_panel.list.count() == 1
    assert len(fenced.view._pictures.scene.walls) == 1
    assert "C02" not in seeing(fenced)
    with qtbot.waitSignal(fenced.failed):
        fenced.tools.draw_wall()  # the past is not redrawn
    fenced.time_bar.today.click()
    assert len(fenced.view._pictures.scene.walls) == 0
    assert "C02" in seeing(fenced)


def test_a_wall_somebody_else_changed_meanwhile_is_not_written_over(
    console: Console, fenced: MapPlace, qtbot: QtBot
) -> None:
    wall = console.ground.drawn_walls[0]
    fenced.tools.edit_wall(wall.id)
    theirs = WallEdit(wall.id, wall.corners, "ของผู้อื่น", wall.version)
    save_wall(console.log, theirs, "ย้าย", actor=CONSOLE).result()
    head = console.desk.log_head()
    fenced.wall_card.note.setText("ของฉัน")
    fenced.wall_card.reason.setText("ช้าไป")
    with qtbot.waitSignal(console.desk.failed):
        fenced.wall_card.save.click()
    assert fenced.walls.is_drawing
    assert console.desk.log_head() == head


def test_what_is_drawn_is_not_dropped_by_a_key_and_is_kept_over_a_change_of_language(
    console: Console, fenced: MapPlace
) -> None:
    _, one, other = before_c02(console)
    fenced.tools.edit_wall(console.ground.drawn_walls[0].id)
    pull(fenced, pixel(console, fenced, other), pixel(console, fenced, one) - QPoint(25, 0))
    fenced.view.setFocus()
    for key in (Qt.Key.Key_W, Qt.Key.Key_C, Qt.Key.Key_E, Qt.Key.Key_B):
        press(key)
        assert fenced.walls.has_changes
    fenced.wall_card.reason.setText("ยังไม่เสร็จ")
    tool = fenced.walls.tool
    assert tool is not None
    drawn = tool.line
    console.set_language("en")
    again = console.window.map.walls.tool
    assert again is not None
    assert again.line == drawn
    assert console.window.map.wall_card.reason.text() == "ยังไม่เสร็จ"


def test_a_viewer_is_told_that_drawing_a_wall_is_not_allowed(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    console.desk.officer = replace(console.desk.officer, role=Role.VIEWER)
    with qtbot.waitSignal(place.failed):
        place.walls_panel.draw.click()
    assert not place.walls.is_drawing
