"""The head over the open incidents in little room: a count is whole or not there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.live.incident_table import IncidentTable
from app.ui.live.table_pane import TablePane
from app.ui.map_style import map_style
from app.ui.theme import Theme
from tests.ui.conftest import NOW
from tests.ui.test_incident_table import ALL, TARGETS


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_what_is_closed_is_not_counted_where_there_is_no_room_and_the_list_may_be_narrow(
    theme: Theme, qtbot: QtBot, scale: float
) -> None:
    large = replace(theme, scale=scale)
    pane = TablePane(large, IncidentTable(large, map_style(large)))
    pane.setStyleSheet(large.stylesheet())
    qtbot.addWidget(pane)
    pane.show()
    pane.show_incidents(ALL, NOW, TARGETS, "")
    pane.show_closed(12)
    seen = []
    for width in range(round(800 * scale), pane.minimumWidth() - 1, -3):
        pane.resize(width, 300)
        words = [label.text() for label in pane.findChildren(QLabel) if label.isVisible()]
        assert pane._head.needed_px() <= width, (width, words)
        if not seen or seen[-1] != words:
            seen.append(words)
    assert seen[0] == ["เหตุที่ยังเปิด 4", "ต้องทำทันที 2", "ใกล้ครบกำหนด 1", "ปิดแล้วในเวรนี้ 12"]
    assert seen[1:] == [seen[0][:-1]]
    assert pane.minimumWidth() <= 390 * scale, "a panel beside it may need the room"
    pane.show_incidents((), NOW, TARGETS, "")
    pane.resize(round(800 * scale), 300)
    assert not pane._act_now.isVisible() and not pane._watch.isVisible()
