"""A place never has less room than it needs at the least."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.least_room import LeastRoom

LEAST = QSize(300, 200)


@pytest.fixture
def room(qtbot: QtBot) -> LeastRoom:
    held = QWidget()
    held.setLayout(QVBoxLayout())
    inside = QLabel("ก")
    inside.setMinimumSize(LEAST)
    held.layout().setContentsMargins(0, 0, 0, 0)
    held.layout().addWidget(inside)
    made = LeastRoom(held)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def bars(room: LeastRoom) -> tuple[bool, bool]:
    return room.horizontalScrollBar().maximum() > 0, room.verticalScrollBar().maximum() > 0


def test_with_room_enough_it_is_as_large_as_its_room(room: LeastRoom) -> None:
    for size in (QSize(640, 480), LEAST):
        room.resize(size)
        assert room.widget().size() == size
        assert bars(room) == (False, False)


def test_with_less_it_keeps_what_it_needs_and_the_rest_is_scrolled_to(
    room: LeastRoom, qtbot: QtBot
) -> None:
    room.resize(200, 480)
    qtbot.waitUntil(lambda: bars(room) == (True, False))
    assert room.widget().width() == LEAST.width()
    qtbot.waitUntil(lambda: room.widget().height() == room.viewport().height() < 480)
    room.resize(640, 100)
    qtbot.waitUntil(lambda: bars(room) == (False, True))
    assert room.widget().size() == QSize(room.viewport().width(), LEAST.height())


def test_a_bar_that_takes_the_last_room_brings_the_other(room: LeastRoom, qtbot: QtBot) -> None:
    room.resize(LEAST.width() + 2, LEAST.height() - 1)
    qtbot.waitUntil(lambda: bars(room) == (True, True))
    assert room.widget().size() == LEAST


def test_what_needs_more_later_gets_it(room: LeastRoom, qtbot: QtBot) -> None:
    room.resize(LEAST)
    inside = room.widget().findChildren(QLabel)[0]
    inside.setMinimumSize(500, 200)
    qtbot.waitUntil(lambda: bars(room) == (True, True))
    assert room.widget().size() == QSize(500, 200)
    inside.setMinimumSize(100, 100)
    qtbot.waitUntil(lambda: room.widget().size() == LEAST and bars(room) == (False, False))


def test_the_keyboard_is_never_its_own(room: LeastRoom, qtbot: QtBot) -> None:
    first, second = QLineEdit(), QLineEdit()
    for line in (first, second):
        room.widget().layout().addWidget(line)
    room.resize(100, 100)
    qtbot.waitUntil(lambda: bars(room) == (True, True))
    first.setFocus()
    for _ in range(3):
        QTest.keyClick(room.focusWidget(), Qt.Key.Key_Tab)
        assert room.focusWidget() in (first, second)
