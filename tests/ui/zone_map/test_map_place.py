"""The Map place as an officer uses it: look, go to, ask who sees, remember."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Console
from app.geo.coordinates import LatLon
from app.map.camera_aim import CameraAim
from app.map.marks import MapLayer
from app.ui.zone_map.map_place import MapPlace
from tests.ui.driving import CONTROL, press, type_text
from tests.ui.zone_map.conftest import surface

LEFT = Qt.MouseButton.LeftButton
MARKET = LatLon(16.54310, 104.72800)


def test_ctrl_4_opens_the_map_and_its_keys_mean_what_the_bar_says(
    console: Console, place: MapPlace
) -> None:
    console.window.show_place("live")
    press(Qt.Key.Key_4, CONTROL)
    assert console.window.place_id == "map"
    press(Qt.Key.Key_W)
    assert place.view.tool is place.measure
    press(Qt.Key.Key_Escape)
    assert place.view.tool is None


def test_any_coordinate_is_gone_to_and_back_again(place: MapPlace, qtbot: QtBot) -> None:
    before = place.view.view_state()
    place.history.note()
    press(Qt.Key.Key_G)
    assert place.bar.go_to.hasFocus()
    type_text("48Q VD 70106 28968")
    press(Qt.Key.Key_Return)
    there = place.view.view_state()
    assert abs(there.lat_deg - 16.5426) < 0.01
    assert there != before
    place.go_back()
    assert abs(place.view.view_state().lat_deg - before.lat_deg) < 1e-6
    place.go_forward()
    assert abs(place.view.view_state().lat_deg - there.lat_deg) < 1e-6
    press(Qt.Key.Key_G)
    type_text("ตลาด")
    assert place.go_to.offers.isVisible()
    press(Qt.Key.Key_Escape)
    assert not place.go_to.offers.isVisible()
    assert not place.bar.go_to.hasFocus()  # the map's keys are the map's again


def test_a_click_lists_the_cameras_that_see_the_place_with_the_maps_numbers(
    console: Console, place: MapPlace
) -> None:
    camera = next(one for one in console.ground.cameras if one.id == "C01")
    seen = console.ground.projection.point_to_metres(LatLon(camera.lat_deg, camera.lon_deg))
    outline = console.ground.field_of_view("C01")
    middle = outline.mean(axis=0)
    spot = console.ground.projection.point_to_degrees(*middle)
    assert seen != tuple(middle)
    place.view.show_place(spot)
    at = place.view.pixel_of(spot).toPoint()
    QTest.mouseClick(surface(place), LEFT, pos=at)
    ranks = [line.row.rank for line in place.seeing.lines]
    ids = [line.row.camera_id for line in place.seeing.lines if line.row.rank]
    wanted = [one.camera_id for one in console.ground.who_sees(spot)]
    assert ids == wanted
    assert ranks[: len(ids)] == list(range(1, len(ids) + 1))
    assert place.view._live.seeing[0].rank == 1


def test_layers_change_what_is_on_the_map(place: MapPlace, qtbot: QtBot) -> None:
    row = place.layers.rows[MapLayer.BEATS]
    assert not row.box.isChecked()
    row.box.click()
    look = next(one for one in place.view.layers if one.layer is MapLayer.BEATS)
    assert look.shown
    place.layers.strength.setValue(40)
    assert next(one for one in place.view.layers if one.layer is MapLayer.BEATS).opacity == 0.4
    order = [one.layer for one in place.view.layers]
    place.layers.up.click()
    moved = [one.layer for one in place.view.layers]
    assert moved.index(MapLayer.BEATS) == order.index(MapLayer.BEATS) + 1


def test_the_map_in_its_own_window_keeps_the_one_selection(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    place.toggle_window()
    assert place.is_away
    first = console.desk.open_incidents()[0]
    console.selection.choose(first.id)
    chosen = place.view._live.selection
    assert chosen is not None
    assert chosen.incident_id == first.id
    assert console.window.live.selected is not None
    assert console.window.live.selected.id == first.id
    place.toggle_window()
    assert not place.is_away
    assert place.view.isVisible()


def test_the_look_is_remembered_and_given_back(console: Console, place: MapPlace) -> None:
    place.layers.rows[MapLayer.TAMBONS].box.click()
    place.bar.grid.setChecked(True)
    place.view.show_place(MARKET)
    look = place.look()
    console.set_language("en")
    again = console.window.map.look()
    assert again.grid
    assert again.layers == look.layers
    assert abs(again.lat_deg - look.lat_deg) < 1e-6


def test_an_earlier_day_shows_the_areas_of_that_day_and_is_not_redrawn(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    place.days.show_day("1/1/2569")
    assert place.areas.list.count() == 0
    with qtbot.waitSignal(place.failed):
        place.tools.choose("edit")
    assert not place.zones.is_drawing
    place.days.show_day("")
    assert place.areas.list.count() == len(console.desk.areas())


def test_nothing_on_the_bar_is_narrower_than_its_words(console: Console, place: MapPlace) -> None:
    for width in (1366, 1920):
        console.window.resize(width, 768)
        QTest.qWait(50)
        for button in (*place.bar.tools.values(), place.bar.snapping):
            assert button.width() >= button.sizeHint().width(), (width, button.text())
        assert place.bar.day.geometry().right() <= place.bar.width()


def test_no_list_beside_the_map_shows_half_a_row(place: MapPlace, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: place.watch.watch is not None, timeout=15_000)
    for rows in (place.areas.list, place.coverage.list):
        whole = rows.sizeHintForRow(0)
        assert whole > 20
        assert rows.height() == whole * min(rows.count(), rows._most_rows) + 2
    assert not place.walls_panel.list.isVisible()  # nothing was drawn: the panel says what for


def test_the_footage_of_a_clicked_place_opens_in_review(console: Console, place: MapPlace) -> None:
    at = place.view.pixel_of(MARKET).toPoint()
    QTest.mouseClick(surface(place), LEFT, pos=at)
    assert place.seeing.footage.isVisible()
    place.seeing.footage.click()
    assert console.window.place_id == "review"


def test_the_coverage_of_the_zone_is_told_drawn_and_leads_to_the_blind_spots(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: place.watch.watch is not None, timeout=15_000)
    watch = place.watch.watch
    assert watch is not None
    assert place.coverage._figure.text() == f"{watch.coverage.seen_share * 100:.0f} %"
    assert place.coverage.list.count() == min(5, len(watch.blind_spots))
    place.layers.rows[MapLayer.COVERAGE].box.setChecked(True)
    place.view.show_place(MARKET)
    qtbot.waitUntil(place.view.is_sharp, timeout=10_000)
    image = place.view.grab().toImage()
    amber = sum(
        image.pixelColor(x, y).red() - image.pixelColor(x, y).blue() > 40
        for x in range(200, 900, 3)
        for y in range(100, 600, 3)
    )
    assert amber > 500  # the hatch of what nobody sees
    place.coverage.list.itemClicked.emit(place.coverage.list.item(0))
    spot = watch.blind_spots[0].shape.representative_point()
    there = console.ground.projection.point_to_degrees(spot.x, spot.y)
    assert abs(place.view.view_state().lat_deg - there.lat_deg) < 1e-6


def test_a_camera_is_aimed_by_dragging_and_saved_in_the_register(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    camera = next(one for one in console.desk.cameras() if one.id == "C03")
    place.view.show_place(LatLon(camera.lat_deg, camera.lon_deg))
    place.tools.aim_this("C03")
    tool = place.view.tool
    assert isinstance(tool, CameraAim)
    frame = place.view._canvas.frame_now
    far = frame.to_px(*tool.aim.at(tool.aim.bearing_deg, tool.aim.range_m)).toPoint()
    middle = frame.to_px(tool.aim.x_m, tool.aim.y_m).toPoint()
    QTest.mousePress(surface(place), LEFT, pos=far)
    move(place, middle + QPoint(80, 0))
    QTest.mouseRelease(surface(place), LEFT, pos=middle + QPoint(80, 0))
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: not place.cameras.is_aiming, timeout=5_000)
    after = next(one for one in console.desk.cameras() if one.id == "C03")
    assert after.bearing_deg == pytest.approx(90, abs=1)
    assert after.range_m == pytest.approx(80 / frame.px_per_m, rel=0.02)
    assert after.name == camera.name


def test_a_camera_that_is_only_tried_says_what_it_would_add(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: place.watch.watch is not None, timeout=15_000)
    before = console.log.count()
    press(Qt.Key.Key_C)
    assert "ไม่มีใครเห็น" in place.aim_card._gain.text()
    assert not place.aim_card.save.isVisible()
    press(Qt.Key.Key_Escape)
    assert place.view.tool is None
    assert console.log.count() == before


def test_what_a_tried_camera_adds_follows_the_hand_in_the_coverage_panel(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: place.watch.watch is not None, timeout=15_000)
    watch = place.watch.watch
    assert watch is not None
    panel = place.coverage
    assert not panel.gain.isVisible()
    outline = console.ground.field_of_view("C06")  # where one camera sees already
    place.view.show_place(console.ground.projection.point_to_degrees(*outline.mean(axis=0)))
    press(Qt.Key.Key_C)
    assert panel.gain.isVisible()
    told = [label.text() for label in (*panel.gain.sizes, *panel.gain.shares)]
    tool = place.view.tool
    assert isinstance(tool, CameraAim)
    frame = place.view._canvas.frame_now
    middle = frame.to_px(tool.aim.x_m, tool.aim.y_m).toPoint()
    QTest.mousePress(surface(place), LEFT, pos=middle)
    move(place, middle + QPoint(2, 25))
    while_held = [label.text() for label in (*panel.gain.sizes, *panel.gain.shares)]
    assert while_held != told
    QTest.mouseRelease(surface(place), LEFT, pos=middle + QPoint(2, 25))
    seen = place.cameras._view_of(tool.aim) + place.view.ground.origin_m
    gain, now = watch.gain(seen), watch.coverage
    assert gain.second_m2 > 50
    assert [label.text() for label in panel.gain.sizes] == [
        f"+{gain.new_m2:,.0f} ตร.ม.", f"+{gain.new_road_m:,.0f} ม.",
        f"+{gain.second_m2:,.0f} ตร.ม.", f"+{gain.second_road_m:,.0f} ม.",
    ]  # fmt: skip
    assert panel.gain.shares[0].text() == f"+{100 * gain.new_m2 / now.ground_m2:.1f} %"
    assert panel.gain.shares[3].text() == f"+{100 * gain.second_road_m / now.road_m:.1f} %"
    press(Qt.Key.Key_Escape)
    assert not panel.gain.isVisible()
    place.tools.aim_this("C01")  # one that is there already adds nothing
    assert not panel.gain.isVisible()


def test_a_wall_in_between_is_told_and_marked_with_a_cross(
    console: Console, place: MapPlace
) -> None:
    camera = next(one for one in console.ground.cameras if one.id == "C01")
    view = console.ground.view_of("C01")
    turn = math.radians(camera.bearing_deg)
    for share in (0.95, 0.8, 0.6):
        for off in (-30, -20, 20, 30):
            at = turn + math.radians(off)
            east = view.east_m + math.sin(at) * view.range_m * share
            north = view.north_m + math.cos(at) * view.range_m * share
            spot = console.ground.projection.point_to_degrees(east, north)
            hidden = [one for one in console.ground.sightings(spot) if one.hidden]
            if hidden:
                place.who.select(spot)
                rows = [line.row for line in place.seeing.lines if not line.row.rank]
                assert rows[0].camera_id == hidden[0].camera_id
                assert "บัง" in rows[0].why
                cut = [line for line in place._lines._lines if line.cut_m is not None]
                assert len(cut) == len(rows)
                return
    pytest.fail("no building hides anything from the market's camera")


def move(place: MapPlace, at: QPoint) -> None:
    """The mouse with its button held."""
    moved = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), QPointF(at), Qt.MouseButton.NoButton, LEFT,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(surface(place), moved)


def test_incidents_of_a_span_come_and_the_slider_moves_through_the_past(
    console: Console, place: MapPlace
) -> None:
    open_now = len(place.incidents._shown)
    place.time_bar.set_span("quarter")
    assert len(place.incidents._shown) > open_now
    place.time_bar.set_span("day")
    here = place.time_bar.span(console.desk.now(), place.incidents._first(console.desk.now()))
    place.time_bar.slider.setValue(0)
    before = place.time_bar.span(console.desk.now(), place.incidents._first(console.desk.now()))
    assert here is not None
    assert before is not None
    assert before[1] <= here[1]
