"""A card over the map never covers the corner that is being pulled, and never flickers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.application import Console
from app.geo.coordinates import LatLon
from app.ui.zone_map.card_places import EDGE_PX, NEAR_PX
from app.ui.zone_map.map_place import MapPlace
from tests.ui.driving import press
from tests.ui.zone_map.conftest import surface

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.MouseButton.NoButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Moves(QObject):
    """Counts where a widget was put."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.places = [widget.pos()]
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Move:
            self.places.append(self._widget.pos())
        return False

    def sides(self) -> int:
        """How often it went to the other side; up and down, as its text grows, does not count."""
        return sum(one.x() != next_.x() for one, next_ in pairwise(self.places))


@pytest.fixture
def editing(console: Console, place: MapPlace, qtbot: QtBot) -> MapPlace:
    """The zone in the hand, on the smallest screen."""
    console.window.resize(1366, 768)
    qtbot.waitUntil(lambda: console.window.width() == 1366, timeout=5_000)
    place.tools.edit_area("zone-1")
    return place


def pixel_of(place: MapPlace, corner: int) -> QPoint:
    editor = place.zones.editor
    assert editor is not None
    east_m, north_m = editor.sheet.corners[corner].tolist()
    degrees = place._parts.ground.projection.point_to_degrees(east_m, north_m)
    return place.view.pixel_of(degrees).toPoint()


def corner_in_the_middle(place: MapPlace) -> int:
    """A corner of the zone, brought to the middle of the map."""
    editor = place.zones.editor
    assert editor is not None
    corner = editor.sheet.outline("zone-1").rings[0][0]
    projection = place._parts.ground.projection
    place.view.show_place(projection.point_to_degrees(*editor.sheet.corners[corner].tolist()))
    return corner


def carry(place: MapPlace, held: Qt.MouseButton, *stops: QPoint) -> None:
    """Move the mouse along these places in small steps."""
    for start, end in pairwise(stops):
        for step in range(1, 31):
            at = QPointF(start) + QPointF(end - start) * (step / 30)
            moved = QMouseEvent(QEvent.Type.MouseMove, at, at, NONE, held, SHIFT)
            QApplication.sendEvent(surface(place), moved)


def clear_of(card: QWidget, at: QPoint) -> bool:
    return not card.geometry().intersects(QRect(at, at).adjusted(-30, -30, 30, 30))


def test_the_card_steps_to_the_other_side_before_the_corner_is_under_it(
    editing: MapPlace,
) -> None:
    card = editing.card
    assert card.x() == EDGE_PX
    start = pixel_of(editing, corner_in_the_middle(editing))
    moves = Moves(card)
    QTest.mousePress(surface(editing), LEFT, SHIFT, start)
    under = QPoint(120, editing.view.height() - 120)
    carry(editing, LEFT, start, under)
    assert card.x() == editing.view.width() - card.width() - EDGE_PX
    assert clear_of(card, under)
    assert moves.sides() == 1
    assert {one.x() for one in moves.places} == {EDGE_PX, card.x()}  # nothing in between
    assert editing.view.rect().contains(card.geometry())
    QTest.mouseRelease(surface(editing), LEFT, SHIFT, under)
    assert clear_of(card, pixel_of(editing, editing.zones.editor.chosen or 0))


def test_it_comes_back_when_the_corner_is_carried_to_the_right(editing: MapPlace) -> None:
    card, view = editing.card, editing.view
    start = pixel_of(editing, corner_in_the_middle(editing))
    left, right = QPoint(120, view.height() - 120), QPoint(view.width() - 90, view.height() - 160)
    moves = Moves(card)
    QTest.mousePress(surface(editing), LEFT, SHIFT, start)
    carry(editing, LEFT, start, left, right)
    assert card.x() == EDGE_PX
    assert clear_of(card, right)
    assert moves.sides() == 2  # over to the right, back to the left: no flicker between
    QTest.mouseRelease(surface(editing), LEFT, SHIFT, right)


def test_a_hand_that_trembles_at_the_edge_moves_the_card_once(editing: MapPlace) -> None:
    card = editing.card
    start = pixel_of(editing, corner_in_the_middle(editing))
    edge = card.geometry().bottomRight() + QPoint(NEAR_PX, -90)
    moves = Moves(card)
    QTest.mousePress(surface(editing), LEFT, SHIFT, start)
    carry(editing, LEFT, start, edge)
    for _ in range(5):
        carry(editing, LEFT, edge, edge + QPoint(6, 0), edge - QPoint(6, 0), edge)
    QTest.mouseRelease(surface(editing), LEFT, SHIFT, edge)
    assert moves.sides() == 1


def test_a_pointer_on_its_way_to_the_card_does_not_chase_it_away(editing: MapPlace) -> None:
    moves = Moves(editing.card)
    carry(editing, NONE, QPoint(700, 120), editing.card.geometry().topRight() + QPoint(2, 80))
    assert editing.card.x() == EDGE_PX
    assert len(moves.places) == 1


def test_the_chosen_corner_is_kept_in_sight_when_the_map_moves_under_the_card(
    editing: MapPlace,
) -> None:
    corner = corner_in_the_middle(editing)
    QTest.mouseClick(surface(editing), LEFT, pos=pixel_of(editing, corner))
    editor = editing.zones.editor
    assert editor is not None
    assert editor.chosen == corner
    view = editing.view
    editing.view._canvas.pan(100 - view.width() / 2, view.height() / 2 - 100)
    assert clear_of(editing.card, pixel_of(editing, corner))
    assert editing.card.x() > EDGE_PX


def test_the_next_drawing_finds_the_card_at_home(editing: MapPlace) -> None:
    corner = corner_in_the_middle(editing)
    QTest.mouseClick(surface(editing), LEFT, pos=pixel_of(editing, corner))
    editing.view._canvas.pan(100 - editing.view.width() / 2, editing.view.height() / 2 - 100)
    assert editing.card.x() > EDGE_PX
    press(Qt.Key.Key_Escape)
    assert not editing.card.isVisible()
    editing.tools.edit_area("zone-1")
    assert editing.card.x() == EDGE_PX


def test_the_card_of_a_place_keeps_clear_of_the_mark_it_is_about(
    console: Console, editing: MapPlace
) -> None:
    first = console.desk.open_incidents()[0]
    assert first.report.lat_deg is not None
    assert first.report.lon_deg is not None
    editing.tools.choose("select")
    at = LatLon(first.report.lat_deg, first.report.lon_deg)
    editing.view.show_place(at)
    editing.view._canvas.pan(100 - editing.view.width() / 2, editing.view.height() / 2 - 100)
    editing.tools.correct_this(first.id)
    assert editing.place_card.isVisible()
    assert clear_of(editing.place_card, editing.view.pixel_of(at).toPoint())
    editing.view.show_place(at)
    assert clear_of(editing.place_card, editing.view.pixel_of(at).toPoint())


def test_on_a_map_too_narrow_for_both_sides_the_card_stays(
    console: Console, editing: MapPlace
) -> None:
    editing.toggle_window()
    away = editing.away_window
    assert away is not None
    away.resize(420, 600)
    corner = corner_in_the_middle(editing)
    moves = Moves(editing.card)
    start = pixel_of(editing, corner)
    QTest.mousePress(surface(editing), LEFT, SHIFT, start)
    carry(editing, LEFT, start, QPoint(150, 480), QPoint(240, 500))
    QTest.mouseRelease(surface(editing), LEFT, SHIFT, QPoint(240, 500))
    assert moves.sides() == 0
    editing.toggle_window()
