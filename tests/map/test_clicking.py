"""What an officer hits with the mouse and the keyboard is what stands there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.map import (
    CameraLook,
    CameraMark,
    IncidentMark,
    MapLayer,
    MapSelection,
    Urgency,
)
from tests.map.conftest import ShowMap
from tests.map.oracle import UTM_48N, beside, pixel, surface, wait_until_sharp

OPENING_PX_PER_M = 0.9
LEFT = Qt.MouseButton.LeftButton


def incident(id_: str, east_m: float, north_m: float) -> IncidentMark:
    place = beside(east_m, north_m)
    return IncidentMark(id_, id_, place.lat_deg, place.lon_deg, Urgency.IN_HAND)


def camera(id_: str, east_m: float, north_m: float) -> CameraMark:
    place = beside(east_m, north_m)
    return CameraMark(id_, place.lat_deg, place.lon_deg, 90.0, CameraLook.LIVE, id_)


def test_a_click_on_an_incident_names_that_incident(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map()
    view.set_incidents([incident("1284", 120, 80), incident("1281", -200, -60)])
    with qtbot.waitSignal(view.incident_clicked) as heard:
        QTest.mouseClick(surface(view), LEFT, pos=pixel(view, -200, -60, OPENING_PX_PER_M))
    assert heard.args == ["1281"]


def test_a_click_on_a_camera_chooses_it_and_a_double_click_opens_it(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = show_map()
    view.set_cameras([camera("C01", 0, 0), camera("C02", 150, 100)])
    at = pixel(view, 150, 100, OPENING_PX_PER_M)
    with qtbot.waitSignal(view.camera_clicked) as chosen:
        QTest.mouseClick(surface(view), LEFT, pos=at)
    with qtbot.waitSignal(view.camera_opened) as opened:
        QTest.mouseDClick(surface(view), LEFT, pos=at)
    assert (chosen.args, opened.args) == (["C02"], ["C02"])


def test_where_two_marks_stand_close_the_nearer_one_is_meant(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = show_map()
    view.set_cameras([camera("C01", 0, 0)])
    view.set_incidents([incident("1284", 12, 0)])
    with qtbot.waitSignal(view.camera_clicked):
        QTest.mouseClick(surface(view), LEFT, pos=pixel(view, -2, 0, OPENING_PX_PER_M))
    with qtbot.waitSignal(view.incident_clicked):
        QTest.mouseClick(surface(view), LEFT, pos=pixel(view, 13, 0, OPENING_PX_PER_M))


def test_a_click_on_bare_ground_gives_the_place_within_a_pixel(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = show_map()
    with qtbot.waitSignal(view.place_clicked) as heard:
        QTest.mouseClick(surface(view), LEFT, pos=QPoint(500, 200))
    lat_deg, lon_deg = heard.args
    east_m, north_m = UTM_48N(lon_deg, lat_deg)
    middle = beside(0, 0)
    east_0, north_0 = UTM_48N(middle.lon_deg, middle.lat_deg)
    assert east_m - east_0 == pytest.approx(100 / OPENING_PX_PER_M, abs=1 / OPENING_PX_PER_M)
    assert north_m - north_0 == pytest.approx(100 / OPENING_PX_PER_M, abs=1 / OPENING_PX_PER_M)


def test_a_drag_moves_the_map_and_clicks_nothing(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map()
    view.set_incidents([incident("1284", 0, 0)])
    with qtbot.assertNotEmitted(view.incident_clicked), qtbot.assertNotEmitted(view.place_clicked):
        drag(view, QPoint(400, 300), QPoint(340, 350))
    moved = view.pixel_of(beside(0, 0))
    assert (moved - QPointF(340, 350)).manhattanLength() < 1.5


def test_what_is_hidden_cannot_be_clicked(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map()
    view.set_incidents([incident("1284", 50, 50)])
    view.set_layer_shown(MapLayer.INCIDENTS, False)
    with qtbot.assertNotEmitted(view.incident_clicked), qtbot.waitSignal(view.place_clicked):
        QTest.mouseClick(surface(view), LEFT, pos=pixel(view, 50, 50, OPENING_PX_PER_M))


def test_the_callout_belongs_to_its_incident(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map()
    place = beside(0, 0)
    text = ("1284/2569 วิ่งราวทรัพย์", "ตลาดอินโดจีน ประตู 3")
    view.select(MapSelection(place.lat_deg, place.lon_deg, *text, "1284", Urgency.ACT_NOW))
    wait_until_sharp(qtbot, view)
    view.grab()
    up_left_of_the_ring = QPoint(300, 230)
    with qtbot.waitSignal(view.incident_clicked) as heard:
        QTest.mouseClick(surface(view), LEFT, pos=up_left_of_the_ring)
    assert heard.args == ["1284"]


def test_the_wheel_keeps_the_place_under_the_pointer(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map()
    at = QPointF(620, 140)
    before = place_at(view, qtbot, at.toPoint())
    wheel(view, at, notches=3)
    after = place_at(view, qtbot, at.toPoint())
    assert view.view_state().px_per_m > OPENING_PX_PER_M
    assert after == pytest.approx(before, abs=1e-7)  # a centimetre


def test_arrow_keys_pan_plus_and_minus_zoom_and_home_comes_back(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = show_map()
    canvas = surface(view).parentWidget()
    opening = view.view_state()
    for key, goes in ((Qt.Key.Key_Up, 1), (Qt.Key.Key_Down, -1)):
        before = view.view_state().lat_deg
        QTest.keyClick(canvas, key)
        assert (view.view_state().lat_deg - before) * goes > 0
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert view.view_state().lon_deg > opening.lon_deg
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert view.view_state().px_per_m > opening.px_per_m
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert view.view_state().px_per_m < opening.px_per_m
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert view.view_state() == opening


def test_a_remembered_view_is_found_again(show_map: ShowMap) -> None:
    first, second = show_map(), show_map(500, 400)
    first.show_place(beside(800, -300))
    first.zoom_in()
    second.restore_view_state(first.view_state())
    there, here = second.view_state(), first.view_state()
    assert (there.lat_deg, there.lon_deg) == pytest.approx((here.lat_deg, here.lon_deg), abs=1e-8)
    assert there.px_per_m == here.px_per_m


def test_showing_a_place_comes_closer_only_from_far_away(show_map: ShowMap) -> None:
    view = show_map()
    near = view.view_state().px_per_m
    view.show_place(beside(500, 500))
    assert view.view_state().px_per_m == near
    for _ in range(20):
        view.zoom_out()
    far = view.view_state().px_per_m
    view.show_place(beside(500, 500))
    assert view.view_state().px_per_m > far
    middle = view.pixel_of(beside(500, 500))
    assert (middle - QPointF(400, 300)).manhattanLength() < 1.5


def drag(view: object, start: QPoint, end: QPoint) -> None:
    target = surface(view)  # type: ignore[arg-type]
    QTest.mousePress(target, LEFT, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(target, start + (end - start) * step / 5)
    QTest.mouseRelease(target, LEFT, pos=end)


def place_at(view: object, qtbot: QtBot, at: QPoint) -> tuple[float, float]:
    with qtbot.waitSignal(view.place_clicked) as heard:  # type: ignore[attr-defined]
        QTest.mouseClick(surface(view), LEFT, pos=at)  # type: ignore[arg-type]
    return heard.args[0], heard.args[1]


def wheel(view: object, at: QPointF, notches: int) -> None:
    QTest.wheelEvent(surface(view).window().windowHandle(), at, QPoint(0, 120 * notches))  # type: ignore[arg-type]


def test_a_camera_is_pulled_off_the_map_and_the_map_stays(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map()
    view.set_cameras([camera("C01", 0, 0), camera("C02", 150, 100)])
    at = pixel(view, 150, 100, OPENING_PX_PER_M)
    before = view.view_state()
    with (
        qtbot.waitSignal(view.camera_pulled) as pulled,
        qtbot.assertNotEmitted(view.camera_clicked),
    ):
        drag(view, at, at + QPoint(80, 40))
    assert pulled.args == ["C02"]
    assert view.view_state() == before


def test_bare_ground_and_incidents_are_not_pulled(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map()
    view.set_cameras([camera("C01", 0, 0)])
    view.set_incidents([incident("1284", 120, 80)])
    before = view.view_state()
    with qtbot.assertNotEmitted(view.camera_pulled):
        view.camera_pulled.connect(lambda _id: None)
        drag(view, pixel(view, 120, 80, OPENING_PX_PER_M), QPoint(200, 200))
        drag(view, QPoint(60, 60), QPoint(120, 90))
    assert view.view_state() != before


def test_without_anyone_to_carry_it_a_camera_moves_with_its_map(show_map: ShowMap) -> None:
    view = show_map()
    view.set_cameras([camera("C01", 0, 0)])
    drag(view, QPoint(400, 300), QPoint(340, 350))
    moved = view.pixel_of(beside(0, 0))
    assert (moved - QPointF(340, 350)).manhattanLength() < 1.5
