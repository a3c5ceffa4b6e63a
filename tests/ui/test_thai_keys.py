"""The keys of 2 and 3 type `/` and `-` while the keyboard's layout is Thai; they choose all the
same, as the keys of the other digits do.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.application import Console
from app.incidents.categories import Channel
from app.incidents.incident import IncidentState
from app.ui.widgets.keys import on_both_layouts
from tests.ui.driving import ALT, press
from tests.ui.test_steps import choose

SIGNS = pytest.mark.parametrize(("key", "number"), [(Qt.Key.Key_Slash, 2), (Qt.Key.Key_Minus, 3)])


@SIGNS
def test_they_tick_a_unit(console: Console, key: Qt.Key, number: int) -> None:
    picker = console.window.live.detail.picker
    choose(console, IncidentState.NEW)
    press(Qt.Key.Key_D)
    assert picker.list.count() >= number
    press(key)
    assert picker.list.item(number - 1).checkState() == Qt.CheckState.Checked
    press(Qt.Key(ord(str(number))))
    assert not picker.list.ticked(), "the digit itself is the same key"


@SIGNS
def test_they_open_a_tile(console: Console, key: Qt.Key, number: int) -> None:
    grid = console.window.live.grid
    camera_id = grid.camera_at(number)
    assert camera_id
    press(key)
    assert grid._single == camera_id


@SIGNS
def test_they_choose_how_a_report_came(console: Console, key: Qt.Key, number: int) -> None:
    press(Qt.Key.Key_F2)
    press(key, ALT)
    assert console.window.live.intake.channels.current() == list(Channel)[number - 1].value


def test_no_other_key_is_read_twice() -> None:
    assert [len(on_both_layouts(keys)) for keys in ("1", "4", "9", "Ctrl+2", "Ctrl++", "D")] == [
        1
    ] * 6
