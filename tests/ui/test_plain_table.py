"""The lists under the cameras end with a whole row, whatever the height of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from app.ui.theme import Theme
from app.ui.widgets.plain_table import CUT_PX, make_plain, row_height


@pytest.fixture
def table(theme: Theme, qtbot: QtBot) -> QTableView:
    made = QTableView()
    made.setModel(QStringListModel([str(number) for number in range(100)], made))
    make_plain(made, theme, "")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_no_row_is_cut_in_half_at_the_foot(table: QTableView, theme: Theme, percent: int) -> None:
    large = theme.at(percent)
    for height in range(150, 1000, 7):
        table.resize(500, height)
        row_px = row_height(table, large)
        least_px, room_px = large.px(25 if height < 900 else 32), table.viewport().height()
        assert least_px <= row_px
        if room_px >= 3 * least_px:
            assert row_px <= 1.34 * least_px
            assert room_px % row_px <= CUT_PX or room_px % row_px < room_px // row_px


def test_where_hardly_a_row_has_room_it_is_not_as_high_as_the_table(
    table: QTableView, theme: Theme
) -> None:
    table.resize(500, 90)
    assert row_height(table, theme) == theme.px(25)
