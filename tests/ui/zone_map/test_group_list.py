"""Picking one of many incidents that stand at one place of the map: by mouse and by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.application import CONSOLE, Console
from app.geo.coordinates import LatLon
from app.incidents.incident import IncidentReported
from app.map.clusters import CROWDED_FROM
from app.ui.theme import Theme
from app.ui.widgets.suggest_field import Suggestion
from app.ui.zone_map.group_list import GroupList
from app.ui.zone_map.group_steps import HELD
from app.ui.zone_map.map_place import MapPlace
from tests.station_log import a_report
from tests.ui.driving import press
from tests.ui.zone_map.conftest import surface

LEFT = Qt.MouseButton.LeftButton
SPOT = LatLon(16.54405, 104.72405)  # far from the demo's own incidents


def report(console: Console, place: MapPlace, qtbot: QtBot, count: int, at: LatLon = SPOT) -> None:
    """So many incidents at one spot, told and drawn."""
    serials = [console.desk.next_number().split("/")[0]]
    first = int(serials[0])
    facts = [
        IncidentReported(
            f"inc-many-{number}",
            f"{number}/2569",
            2569,
            number,
            a_report(lat_deg=at.lat_deg, lon_deg=at.lon_deg, category="52", place="ลานหน้าสถานี"),
        )
        for number in range(first, first + count)
    ]
    before = len(place.incidents._shown)
    console.log.append(*facts, actor=CONSOLE).result()
    qtbot.waitUntil(lambda: len(place.incidents._shown) == before + count, timeout=10_000)
    place.view.show_place(at)
    qtbot.waitUntil(place.view.is_sharp, timeout=10_000)


@pytest.mark.parametrize("more", ["", "อีก 600 เหตุ"])
def test_it_is_as_high_as_its_rows_whether_something_wraps_in_it_or_not(
    theme: Theme, qtbot: QtBot, more: str
) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(900, 700)
    card = GroupList(theme, over)
    rows = [Suggestion(f"inc-{n}", f"{n}/2569") for n in range(3)]
    card.open(rows, "3 เหตุ", more, QPoint(400, 300))
    assert card.height() > card.list.height() >= card.list.needed_height(10_000) > 0


def pixel(place: MapPlace, at: LatLon = SPOT) -> QPoint:
    return place.view.pixel_of(at).toPoint()


def shown(place: MapPlace) -> GroupList:
    assert place.group_list.isVisible()
    return place.group_list


@pytest.fixture
def crowd(console: Console, place: MapPlace, qtbot: QtBot) -> MapPlace:
    """More than the map draws one by one, at one spot."""
    report(console, place, qtbot, CROWDED_FROM + 5)
    return place


def test_a_click_on_a_group_lists_what_it_holds_with_number_category_time_and_state(
    console: Console, crowd: MapPlace
) -> None:
    scale = crowd.view.view_state().px_per_m
    QTest.mouseClick(surface(crowd), LEFT, pos=pixel(crowd))
    card = shown(crowd)
    assert crowd.view.view_state().px_per_m == scale  # it does not jump any more
    assert f"{CROWDED_FROM + 5} เหตุ" in card._title.text()
    assert card.list.rows.rowCount() == HELD
    row = card.list.current()
    assert row is not None
    one = console.desk.incident(str(row.value))
    assert one is not None
    assert row.title == f"{one.number} {one.category.name}"
    assert "22 พ.ย. 2569 10:46" in row.detail
    assert row.right == "ใหม่"
    assert crowd.view.rect().contains(card.geometry())
    assert not card.geometry().contains(pixel(crowd))


def test_what_the_list_does_not_hold_is_said_and_coming_closer_is_offered(
    crowd: MapPlace,
) -> None:
    QTest.mouseClick(surface(crowd), LEFT, pos=pixel(crowd))
    assert f"{HELD} จาก {CROWDED_FROM + 5}" in shown(crowd)._more.text()
    before = crowd.view.view_state().px_per_m
    press(Qt.Key.Key_Plus)
    assert crowd.view.view_state().px_per_m > before * 1.5
    assert not crowd.group_list.isVisible()
    assert (pixel(crowd) - crowd.view.rect().center()).manhattanLength() < 60


def test_at_the_closest_the_list_holds_them_all(crowd: MapPlace, qtbot: QtBot) -> None:
    for _ in range(12):
        crowd.view.zoom_in()
    crowd.view.show_place(SPOT)
    qtbot.waitUntil(crowd.view.is_sharp, timeout=10_000)
    QTest.mouseClick(surface(crowd), LEFT, pos=pixel(crowd))
    card = shown(crowd)
    assert card.list.rows.rowCount() == CROWDED_FROM + 5
    assert not card._more.isVisible()
    assert not card.zoom.isVisible()


def test_arrows_and_enter_choose_an_incident_everywhere(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    report(console, place, qtbot, 3)
    QTest.mouseClick(surface(place), LEFT, pos=pixel(place))
    card = shown(place)
    assert card.list.rows.rowCount() == 3
    assert not card._more.isVisible()
    press(Qt.Key.Key_Down)
    row = card.list.current()
    assert row is not None
    press(Qt.Key.Key_Return)
    assert not card.isVisible()
    assert console.selection.incident_id == row.value
    assert place.view.hasFocus() or place.view.focusProxy().hasFocus()
    chosen = place.view._live.selection
    assert chosen is not None
    assert chosen.incident_id == row.value


def test_a_click_on_a_row_chooses_it(console: Console, place: MapPlace, qtbot: QtBot) -> None:
    report(console, place, qtbot, 3)
    QTest.mouseClick(surface(place), LEFT, pos=pixel(place))
    card = shown(place)
    third = card.list.rows.index(2, 0)
    at = card.list.visualRect(third).center()
    QTest.mouseClick(card.list.viewport(), LEFT, pos=at)
    assert console.selection.incident_id.startswith("inc-many-")
    assert not card.isVisible()


def test_esc_takes_the_list_away_first_and_the_selection_stays(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    report(console, place, qtbot, 2)
    first = console.desk.open_incidents()[-1]
    console.selection.choose(first.id)
    place.view.show_place(SPOT)
    QTest.mouseClick(surface(place), LEFT, pos=pixel(place))
    assert place.group_list.isVisible()
    press(Qt.Key.Key_Escape)
    assert not place.group_list.isVisible()
    assert console.selection.incident_id == first.id


def test_one_incident_alone_is_chosen_at_once(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    report(console, place, qtbot, 1)
    QTest.mouseClick(surface(place), LEFT, pos=pixel(place))
    assert not place.group_list.isVisible()
    assert console.selection.incident_id.startswith("inc-many-")


def test_moving_the_map_or_clicking_elsewhere_takes_the_list_away(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    report(console, place, qtbot, 2)
    for leave in (
        lambda: place.view.zoom_out(),
        lambda: QTest.mouseClick(surface(place), LEFT, pos=pixel(place) + QPoint(-90, 60)),
    ):
        QTest.mouseClick(surface(place), LEFT, pos=pixel(place))
        assert place.group_list.isVisible()
        leave()
        assert not place.group_list.isVisible()


def test_without_a_mouse_the_incidents_in_sight_are_listed(
    place: MapPlace,
) -> None:
    press(Qt.Key.Key_I)
    card = shown(place)
    at = [place.view.pixel_of(LatLon(one.report.lat_deg or 0, one.report.lon_deg or 0)).toPoint()
          for one in place.incidents._shown]  # fmt: skip
    assert card.list.rows.rowCount() == sum(place.view.rect().contains(one) for one in at)
    row = card.list.current()
    assert row is not None
    assert row.icon == "triangle-alert"  # the most pressing first


def test_a_hidden_layer_has_no_groups(console: Console, place: MapPlace, qtbot: QtBot) -> None:
    from app.map.marks import MapLayer

    report(console, place, qtbot, 2)
    place.layers.rows[MapLayer.INCIDENTS].box.click()
    QTest.mouseClick(surface(place), LEFT, pos=pixel(place))
    press(Qt.Key.Key_I)
    assert not place.group_list.isVisible()
