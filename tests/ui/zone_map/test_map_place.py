"""The Map place as an officer uses it: look, go to, ask who sees, remember."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import Console
from app.geo.coordinates import LatLon
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


def test_the_footage_of_a_clicked_place_opens_in_review(console: Console, place: MapPlace) -> None:
    at = place.view.pixel_of(MARKET).toPoint()
    QTest.mouseClick(surface(place), LEFT, pos=at)
    assert place.seeing.footage.isVisible()
    place.seeing.footage.click()
    assert console.window.place_id == "review"
