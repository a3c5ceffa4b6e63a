"""An incident's mark is put where it belongs: by a chosen mode, with a reason, never by a slip."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.application import Console
from app.geo.coordinates import LatLon, as_decimal
from app.incidents.incident import Incident
from app.log import Role
from app.thai.translation import say
from app.ui.zone_map.map_place import MapPlace
from tests.ui.driving import CONTROL, focused, press, type_text
from tests.ui.zone_map.conftest import surface

LEFT = Qt.MouseButton.LeftButton
WHY = "ผู้แจ้งโทรกลับมาบอกจุดที่ถูก"


def where(incident: Incident) -> LatLon:
    assert incident.report.lat_deg is not None
    assert incident.report.lon_deg is not None
    return LatLon(incident.report.lat_deg, incident.report.lon_deg)


def pull(place: MapPlace, start: QPoint, end: QPoint) -> None:
    """Press, move with the button held, let go."""
    QTest.mousePress(surface(place), LEFT, pos=start)
    for share in (0.3, 0.7, 1.0):
        step = QPointF(start) + QPointF(end - start) * share
        moved = QMouseEvent(
            QEvent.Type.MouseMove, step, step, Qt.MouseButton.NoButton, LEFT,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(surface(place), moved)
    QTest.mouseRelease(surface(place), LEFT, pos=end)


@pytest.fixture
def incident(console: Console, place: MapPlace) -> Incident:
    """The most urgent one, chosen, in the middle of the map."""
    first = console.desk.open_incidents()[0]
    console.selection.choose(first.id)
    place.view.show_place(where(first))
    return first


def middle(place: MapPlace, incident: Incident) -> QPoint:
    return place.view.pixel_of(where(incident)).toPoint()


def test_a_mark_is_dragged_to_its_place_and_saved_with_the_reason(
    console: Console, place: MapPlace, incident: Incident, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_M)
    assert place.places.is_correcting
    start = middle(place, incident)
    scale = place.view.view_state().px_per_m
    pull(place, start, start + QPoint(90, -120))
    assert place.view.view_state().px_per_m == scale
    moved_m = 150 / scale
    ghost = place.places.at
    assert ghost is not None
    assert console.ground.distance_m(where(incident), ghost) == pytest.approx(moved_m, abs=2)
    assert f"{moved_m:.0f}"[:2] in place.place_card._moved.text()
    press(Qt.Key.Key_S, CONTROL)  # no reason yet
    assert place.place_card.reason.hasFocus()
    type_text(WHY)
    entries = console.log.count()
    press(Qt.Key.Key_S, CONTROL)
    press(Qt.Key.Key_S, CONTROL)  # an impatient second time is no second entry, and no complaint
    qtbot.waitUntil(lambda: not place.places.is_correcting, timeout=5_000)
    assert console.log.count() == entries + 1
    now = console.desk.incident(incident.id)
    assert now is not None
    assert console.ground.distance_m(where(now), ghost) < 0.2
    assert [one.id for one in now.report.areas] == [
        one.id for one in place._parts.finder.areas_at(where(now))
    ]
    entry = console.log.entries_of(incident.id)[-1]
    assert (entry.kind, entry.data()["reason"]) == ("incident_corrected", WHY)
    assert entry.actor == console.desk.officer.id
    told = say(console.desk.story(incident.id)[0][0].text)
    assert as_decimal(where(incident)) in told
    assert as_decimal(where(now)) in told


def test_the_corrected_mark_and_the_selection_stand_at_the_new_place(
    console: Console, place: MapPlace, incident: Incident, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_M)
    at = middle(place, incident) + QPoint(140, 60)
    QTest.mouseClick(surface(place), LEFT, pos=at)
    place.place_card.reason.setText(WHY)
    place.place_card.save.click()
    qtbot.waitUntil(lambda: not place.places.is_correcting, timeout=5_000)
    chosen = place.view._live.selection
    assert chosen is not None
    assert chosen.incident_id == incident.id
    ring = place.view.pixel_of(LatLon(chosen.lat_deg, chosen.lon_deg))
    assert (ring - QPointF(at)).manhattanLength() < 2
    qtbot.waitUntil(lambda: place.view.marks_at(at)[0] == incident.id, timeout=5_000)
    console.window.show_place("live")
    live = console.window.live.map._live.selection
    assert live is not None
    assert (live.lat_deg, live.lon_deg) == (chosen.lat_deg, chosen.lon_deg)


def test_without_the_mode_a_drag_from_a_mark_moves_the_map_and_nothing_else(
    console: Console, place: MapPlace, incident: Incident
) -> None:
    entries = console.log.count()
    start = middle(place, incident)
    pull(place, start, start + QPoint(80, 40))
    assert (
        QPointF(middle(place, incident)) - QPointF(start + QPoint(80, 40))
    ).manhattanLength() < 3
    assert not place.places.is_correcting
    assert console.log.count() == entries
    assert console.desk.incident(incident.id) == incident


def test_in_the_mode_a_drag_beside_the_mark_still_moves_the_map(
    place: MapPlace, incident: Incident
) -> None:
    press(Qt.Key.Key_M)
    start = middle(place, incident)
    pull(place, start + QPoint(120, 0), start + QPoint(120, 70))
    assert (QPointF(middle(place, incident)) - QPointF(start + QPoint(0, 70))).manhattanLength() < 3
    assert not place.place_card.save.isEnabled()


def test_esc_leaves_the_incident_where_it_was(
    console: Console, place: MapPlace, incident: Incident
) -> None:
    press(Qt.Key.Key_M)
    start = middle(place, incident)
    pull(place, start, start + QPoint(50, 50))
    place.place_card.reason.setFocus()
    entries = console.log.count()
    press(Qt.Key.Key_Escape)
    assert not place.places.is_correcting
    assert place.view.tool is None
    assert not place.place_card.isVisible()
    assert console.log.count() == entries
    assert console.desk.incident(incident.id) == incident
    chosen = place.view._live.selection
    assert chosen is not None
    assert (chosen.lat_deg, chosen.lon_deg) == (incident.report.lat_deg, incident.report.lon_deg)


def test_the_card_says_which_areas_it_moves_to_and_from(
    console: Console, place: MapPlace, incident: Incident
) -> None:
    press(Qt.Key.Key_M)
    place.place_card.target.setFocus()
    outside = console.ground.projection.point_to_degrees(
        *(x - 3000 for x in console.ground.projection.point_to_metres(where(incident)))
    )
    place.place_card.target.setText(as_decimal(outside))
    press(Qt.Key.Key_Return)
    lines = place.place_card._areas.text().splitlines()
    assert incident.area("zone")
    assert lines[0] == f"เขตปลอดภัย: ไม่อยู่ในเขตใด (เดิม {incident.area('zone')})"
    assert place.place_card.target.text() == ""
    ghost = place.view.pixel_of(outside)  # it is brought into sight
    assert place.view.rect().contains(ghost.toPoint())


def test_a_name_is_enough_to_put_the_mark_there(
    console: Console, place: MapPlace, incident: Incident
) -> None:
    press(Qt.Key.Key_M)
    found = place._parts.finder.suggest("วัด", 1)[0]
    place.place_card.target.setFocus()
    place.place_card.target.setText("วัด")
    press(Qt.Key.Key_Return)
    assert place.places.at is not None
    assert console.ground.distance_m(place.places.at, found.point) < 0.1
    place.place_card.target.setText("ไม่มีที่นี่แน่นอน")
    press(Qt.Key.Key_Return)
    assert "ไม่พบสถานที่ชื่อนี้" in place.place_card._wrong.text()


@pytest.mark.qt_log_ignore("This plugin does not support")  # the off-screen display's pop-ups
def test_the_menu_of_a_mark_offers_it_for_that_incident(
    console: Console, place: MapPlace, incident: Incident
) -> None:
    from app.ui.zone_map.map_menu import open_map_menu

    console.selection.choose("")
    at = place.view.mapToGlobal(middle(place, incident))
    menu = open_map_menu(place, where(incident), at)
    assert isinstance(menu, QMenu)
    words = f"แก้จุดเกิดเหตุ {incident.number}…"
    next(one for one in menu.actions() if one.text() == words).trigger()
    menu.close()
    assert place.places.is_correcting
    assert console.selection.incident_id == incident.id


def test_without_a_chosen_incident_the_key_says_what_to_do(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    console.selection.choose("")
    with qtbot.waitSignal(place.failed):
        press(Qt.Key.Key_M)
    assert not place.places.is_correcting


def test_a_viewer_may_not_and_reads_so_before_moving_anything(
    console: Console, place: MapPlace, incident: Incident, qtbot: QtBot
) -> None:
    console.desk.officer = replace(console.desk.officer, role=Role.VIEWER)
    with qtbot.waitSignal(place.failed):
        press(Qt.Key.Key_M)
    assert not place.places.is_correcting


def test_a_drawing_that_is_not_saved_is_not_dropped_for_it(
    place: MapPlace, incident: Incident, qtbot: QtBot
) -> None:
    place.tools.edit_area("zone-1")
    editor = place.zones.editor
    assert editor is not None
    corner = editor.sheet.outline("zone-1").rings[0][0]
    x_m, y_m = editor.sheet.corners[corner].tolist()
    editor.take(editor.sheet.moved(corner, x_m + 5, y_m))
    with qtbot.waitSignal(place.failed):
        place.tools.correct_this(incident.id)
    assert place.zones.has_changes
    assert not place.places.is_correcting


def test_a_correction_is_kept_over_a_change_of_language(
    console: Console, place: MapPlace, incident: Incident
) -> None:
    press(Qt.Key.Key_M)
    start = middle(place, incident)
    pull(place, start, start + QPoint(60, 30))
    ghost = place.places.at
    assert ghost is not None
    place.place_card.reason.setText("ยังไม่เสร็จ")
    console.set_language("en")
    again = console.window.map
    assert again.places.is_correcting
    assert again.places.at is not None
    assert console.ground.distance_m(again.places.at, ghost) < 0.1
    assert again.place_card.reason.text() == "ยังไม่เสร็จ"
    assert again.place_card.isVisible()


def test_tab_leads_from_the_map_into_the_card(
    console: Console, place: MapPlace, incident: Incident
) -> None:
    place.view.setFocus()
    type_text("m")
    card = place.place_card
    assert card.isVisible()
    for field in (card.target, card.words, card.reason):
        press(Qt.Key.Key_Tab)
        assert focused() is field
    type_text("eaw")  # letters of the map's keys
    assert card.reason.text() == "eaw"
    assert console.window.status.caps == ("Ctrl S", "Esc")
