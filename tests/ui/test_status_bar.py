"""The foot of the window: as many keys as there is room for, each of them whole."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.status_bar import StatusBar
from app.ui.theme import Theme

KEYS = [(f"Ctrl {letter}", "ไปยังวันและเวลา") for letter in "ABCDEFGHIJKL"]
CHAIN = "บันทึกครบถ้วน 12,345 รายการ"


@pytest.fixture
def foot(qtbot: QtBot, theme: Theme) -> StatusBar:
    made = StatusBar(theme)
    qtbot.addWidget(made)
    made.show_chain(CHAIN, "")
    made.resize(900, 24)
    made.show_keys(KEYS[:2])
    made.show()
    qtbot.waitExposed(made)
    return made


def _words_of(foot: StatusBar) -> list[QLabel]:
    return [label for label in foot.findChildren(QLabel) if label.isVisible() and label.text()]


def _cut(foot: StatusBar) -> list[str]:
    return [one.text() for one in _words_of(foot) if one.width() < one.sizeHint().width()]


def test_keys_that_come_to_a_shown_foot_are_whole_and_as_many_as_fit(
    foot: StatusBar, qtbot: QtBot
) -> None:
    foot.show_keys(KEYS)

    qtbot.waitUntil(lambda: len(_words_of(foot)) > 5, timeout=2000)
    qtbot.wait(50)  # a layout has had its turn
    shown = [label.text() for label in _words_of(foot) if label.text() in dict(KEYS)]
    assert _cut(foot) == []
    assert 3 <= len(shown) < len(KEYS)
    assert foot.caps == tuple(cap for cap, _ in KEYS)


def test_more_room_shows_more_keys(foot: StatusBar, qtbot: QtBot) -> None:
    foot.show_keys(KEYS)
    qtbot.waitUntil(lambda: len(_words_of(foot)) > 5, timeout=2000)
    few = len(_words_of(foot))

    foot.resize(1500, 24)

    qtbot.waitUntil(lambda: len(_words_of(foot)) > few, timeout=2000)
    assert _cut(foot) == []
