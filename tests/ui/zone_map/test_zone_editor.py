"""Redrawing areas as an officer does: by mouse and key, to the saved entry."""

from __future__ import annotations

import pytest
import shapely
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import Console
from app.geo.areas import AreaKind
from app.ui.zone_map.map_place import MapPlace
from tests.ui.driving import CONTROL, press
from tests.ui.zone_map.conftest import surface

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def pixel_of(place: MapPlace, corner: int) -> QPoint:
    assert place.zones.editor is not None
    east_m, north_m = place.zones.editor.sheet.corners[corner].tolist()
    degrees = place._parts.ground.projection.point_to_degrees(east_m, north_m)
    return place.view.pixel_of(degrees).toPoint()


def pull(place: MapPlace, start: QPoint, end: QPoint, *, free: bool = True) -> None:
    held = SHIFT if free else Qt.KeyboardModifier.NoModifier
    QTest.mousePress(surface(place), LEFT, held, start)
    for share in (0.3, 0.7, 1.0):
        step = start + (QPointF(end - start) * share).toPoint()
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        moved = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(step), QPointF(step), Qt.MouseButton.NoButton, LEFT, held
        )
        QApplication.sendEvent(surface(place), moved)
    QTest.mouseRelease(surface(place), LEFT, held, end)


@pytest.fixture
def editing(place: MapPlace) -> MapPlace:
    """The zone in the hand."""
    place.areas.choose("zone-1")
    press(Qt.Key.Key_E)
    assert place.zones.is_drawing
    return place


def test_a_pulled_corner_is_saved_as_the_next_version_with_its_reason(
    console: Console, editing: MapPlace, qtbot: QtBot
) -> None:
    before = next(one for one in console.desk.areas() if one.id == "zone-1")
    start = pixel_of(editing, 8)
    pull(editing, start, start + QPoint(-30, 40))
    assert "→" in editing.card._surface.text()
    press(Qt.Key.Key_S, CONTROL)  # no reason yet
    assert editing.card.reason.hasFocus()
    editing.card.reason.setText("ขยายตามมติประชุมชุมชน")
    entries = console.log.count()
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: not editing.zones.is_drawing, timeout=5_000)
    after = next(one for one in console.desk.areas() if one.id == "zone-1")
    assert console.log.count() == entries + 1
    assert after.version != before.version
    assert after.shape.area > before.shape.area
    assert after.name_th == before.name_th
    (body,) = [e.data() for e in console.log.entries_of("zone-1") if e.id == after.version]
    assert body["reason"] == "ขยายตามมติประชุมชุมชน"


def test_the_old_outline_is_kept_in_dashes_and_undo_brings_it_back(editing: MapPlace) -> None:
    editor = editing.zones.editor
    assert editor is not None
    whole = editor.sheet.shape("zone-1")
    start = pixel_of(editing, 8)
    pull(editing, start, start + QPoint(-30, 40))
    assert not shapely.equals(editor.sheet.shape("zone-1"), whole)
    assert shapely.equals(editor.history.first.shape("zone-1"), whole)
    press(Qt.Key.Key_Z, CONTROL)
    assert shapely.equals(editor.sheet.shape("zone-1"), whole)
    press(Qt.Key.Key_Y, CONTROL)
    assert not shapely.equals(editor.sheet.shape("zone-1"), whole)


def test_the_communities_shares_follow_the_hand(editing: MapPlace) -> None:
    start = pixel_of(editing, 8)
    QTest.mousePress(surface(editing), LEFT, SHIFT, start)
    assert not editing.card._notes.isVisible()
    editor = editing.zones.editor
    assert editor is not None
    pull(editing, start, start + QPoint(-20, 90))
    assert "ชุมชนศรีสุมังค์" in editing.card._notes.text()
    assert any("เดิม" in note for note in editing.view._words.notes.values())


def test_a_double_click_on_a_side_puts_a_corner_there_and_del_takes_it_out(
    editing: MapPlace,
) -> None:
    editor = editing.zones.editor
    assert editor is not None
    ring = editor.sheet.outline("zone-1").rings[0]
    first, second = pixel_of(editing, ring[2]), pixel_of(editing, ring[3])
    third = first + (QPointF(second - first) * 0.3).toPoint()
    QTest.mouseDClick(surface(editing), LEFT, pos=third)
    assert len(editor.sheet.outline("zone-1").rings[0]) == len(ring) + 1
    press(Qt.Key.Key_Delete)
    assert len(editor.sheet.outline("zone-1").rings[0]) == len(ring)


def test_an_outline_that_crosses_itself_is_explained_cannot_be_saved_and_is_repaired(
    editing: MapPlace,
) -> None:
    editor = editing.zones.editor
    assert editor is not None
    ring = editor.sheet.outline("zone-1").rings[0]
    a, b = pixel_of(editing, ring[0]), pixel_of(editing, ring[7])
    pull(editing, a, b + QPoint(60, 60))
    assert editor.trouble_m is not None
    assert not editing.card.save.isEnabled()
    assert editing.card.repair.isVisible()
    editing.card.repair.click()
    assert editor.trouble_m is None
    assert editing.card.save.isEnabled()


def test_beats_share_their_border_and_both_are_saved(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    place.edit = place.tools.edit_area  # type: ignore[attr-defined]
    place.tools.edit_area("beat-2")
    editor = place.zones.editor
    assert editor is not None
    shared = next(
        corner
        for corner in editor.sheet.outline("beat-2").rings[0]
        if len(editor.sheet.users(corner)) >= 2
    )
    users = set(editor.sheet.users(shared))
    place.view.show_place(
        place._parts.ground.projection.point_to_degrees(*editor.sheet.corners[shared].tolist())
    )
    start = pixel_of(place, shared)
    pull(place, start, start + QPoint(12, -9))
    place.card.reason.setText("ปรับเขตตรวจ")
    before = {area.id: area.version for area in console.desk.areas()}
    place.card.save.click()
    qtbot.waitUntil(lambda: not place.zones.is_drawing, timeout=5_000)
    after = {area.id: area.version for area in console.desk.areas()}
    assert {one for one in after if after[one] != before[one]} == users


def test_a_drawing_over_a_newer_version_is_refused_and_stays(
    console: Console, editing: MapPlace, qtbot: QtBot
) -> None:
    start = pixel_of(editing, 8)
    pull(editing, start, start + QPoint(-30, 40))
    drawing = editing.zones.drawing
    assert drawing is not None
    console.map_desk.save_areas(drawing.to_save(""), "คนอื่น", _none)
    qtbot.waitUntil(lambda: len(console.map_desk.versions("zone-1")) == 2, timeout=5_000)
    editing.card.reason.setText("ช้าไป")
    head = console.desk.log_head()
    with qtbot.waitSignal(console.desk.failed):
        editing.card.save.click()
    assert editing.zones.is_drawing
    assert console.desk.log_head() == head


def _none(_entries: object) -> None:
    """Nothing to do."""


def test_a_new_area_is_drawn_by_clicks_named_and_saved(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_A)
    place.bar.snapping.setChecked(False)
    middle = QPoint(place.view.width() // 2, place.view.height() // 2)
    corners = [middle + QPoint(*step) for step in ((0, 0), (90, 0), (90, 70), (0, 70))]
    for corner in corners:
        QTest.mouseClick(surface(place), LEFT, pos=corner)
    press(Qt.Key.Key_Return)
    drawing = place.zones.drawing
    assert drawing is not None
    shape = drawing.shape(drawing.history.present)
    assert shape is not None
    scale = place.view.view_state().px_per_m
    assert shape.area == pytest.approx(90 * 70 / scale**2, rel=0.02)
    place.card.reason.setText("ชุมชนตั้งใหม่")
    place.card.save.click()
    assert place.card.name.hasFocus()  # it has no name yet
    place.card.name.setText("ชุมชนใหม่")
    place.card.save.click()
    qtbot.waitUntil(lambda: not place.zones.is_drawing, timeout=5_000)
    made = [area for area in console.desk.areas() if area.name_th == "ชุมชนใหม่"]
    assert [area.kind for area in made] == [AreaKind.COMMUNITY]


def test_a_viewer_is_told_that_drawing_is_not_allowed(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    from dataclasses import replace

    from app.log import Role

    console.desk.officer = replace(console.desk.officer, role=Role.VIEWER)
    with qtbot.waitSignal(place.failed):
        place.tools.choose("edit")
    assert not place.zones.is_drawing


def test_a_drawing_is_kept_over_a_change_of_language(console: Console, editing: MapPlace) -> None:
    start = pixel_of(editing, 8)
    pull(editing, start, start + QPoint(-30, 40))
    editing.card.reason.setText("ยังไม่เสร็จ")
    drawing = editing.zones.drawing
    assert drawing is not None
    drawn = drawing.shape(drawing.history.present)
    console.set_language("en")
    again = console.window.map.zones.drawing
    assert again is not None
    assert shapely.equals(again.shape(again.history.present), drawn)
    assert console.window.map.card.reason.text() == "ยังไม่เสร็จ"
    assert console.window.map.bar.undo.isEnabled()
