"""The open incidents: most pressing first, the chosen one stays chosen, states keep colour."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import Console
from app.incidents.categories import Channel, Priority
from app.incidents.deadlines import Targets
from app.incidents.incident import Incident, IncidentState, Report
from app.ui.live.incident_columns import Column
from app.ui.live.incident_table import IncidentTable
from app.ui.map_style import map_style
from app.ui.theme import Theme
from app.ui.widgets.plain_table import CUT_PX
from tests.ui.conftest import NOW
from tests.ui.table_pictures import as_painted_anew, on_screen

TARGETS = Targets()


def incident(
    serial: int,
    state: IncidentState = IncidentState.NEW,
    minutes_ago: float = 1.0,
    priority: Priority = Priority.ROUTINE,
    units: tuple[str, ...] = (),
) -> Incident:
    at = NOW - timedelta(minutes=minutes_ago)
    report = Report(Channel.CALL_191, "21", priority, f"ซอย {serial}", "")
    return Incident(f"inc-{serial}", f"{serial}/2569", at, state, at, report, units)


IN_HAND = incident(1, IncidentState.UNDER_CONTROL, 30, units=("มุกดา 12",))
NEAR = incident(2, IncidentState.ON_THE_WAY, 28, units=("มุกดา 21",))
OVERDUE = incident(3, IncidentState.NEW, 20)
URGENT = incident(4, IncidentState.NEW, 1, Priority.URGENT)
ALL = (IN_HAND, NEAR, OVERDUE, URGENT)


@pytest.fixture
def table(theme: Theme, qtbot: QtBot) -> IncidentTable:
    table = IncidentTable(theme, map_style(theme))
    qtbot.addWidget(table)
    table.resize(1100, 300)
    table.show()
    return table


def numbers(table: IncidentTable) -> list[str]:
    model = table.model()
    return [model.index(row, Column.NUMBER).data() for row in range(model.rowCount())]


def chosen(table: IncidentTable) -> str:
    rows = table.selectionModel().selectedRows(Column.NUMBER)
    return rows[0].data() if rows else ""


def show(table: IncidentTable, at: datetime = NOW, pick: str = "", *only: Incident) -> None:
    table.show_incidents(only or ALL, at, TARGETS, pick)


def test_the_most_pressing_incident_stands_first_and_the_newest_of_equals(
    table: IncidentTable,
) -> None:
    show(table)
    assert numbers(table) == ["4/2569", "3/2569", "2/2569", "1/2569"]


def test_the_chosen_incident_stays_chosen_wherever_its_row_moves(
    table: IncidentTable, qtbot: QtBot
) -> None:
    show(table, NOW, "inc-2")
    assert chosen(table) == "2/2569"
    later = NOW + timedelta(minutes=5)  # now it is overdue, and newer than 3
    with qtbot.assertNotEmitted(table.incident_chosen):
        show(table, later, "inc-2", IN_HAND, NEAR, OVERDUE)
    assert numbers(table)[1] == "2/2569", "it moved past nobody who is newer"
    assert chosen(table) == "2/2569"
    with qtbot.assertNotEmitted(table.incident_chosen):
        show(table, later, "inc-2", NEAR)
    assert numbers(table) == ["2/2569"]
    assert chosen(table) == "2/2569"


def test_an_incident_that_was_closed_is_chosen_no_more_and_nobody_else_is(
    table: IncidentTable, qtbot: QtBot
) -> None:
    show(table, NOW, "inc-2")
    with qtbot.assertNotEmitted(table.incident_chosen):
        show(table, NOW, "inc-2", IN_HAND, OVERDUE, URGENT)
    assert chosen(table) == ""


def test_up_and_down_choose_and_stop_at_the_ends(table: IncidentTable, qtbot: QtBot) -> None:
    show(table)
    table.setFocus()
    with qtbot.waitSignal(table.incident_chosen) as first:
        table.step(1)
    assert first.args == ["inc-4"]
    with qtbot.waitSignal(table.incident_chosen) as second:
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert second.args == ["inc-3"]
    for _ in range(9):
        table.step(1)
    assert chosen(table) == "1/2569"


def test_a_click_on_a_row_chooses_its_incident(table: IncidentTable, qtbot: QtBot) -> None:
    show(table)
    at = table.visualRect(table.model().index(2, Column.PLACE)).center()
    with qtbot.waitSignal(table.incident_chosen) as told:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args == ["inc-2"]


def colours_of(table: IncidentTable, row: int, column: Column) -> set[str]:
    where = table.visualRect(table.model().index(row, column))
    image = table.viewport().grab(where).toImage()
    return {
        QColor(image.pixel(x, y)).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }


def test_what_is_missing_is_red_what_is_near_is_amber_and_the_rest_is_quiet(
    table: IncidentTable, theme: Theme
) -> None:
    show(table)
    assert theme.colours["red"] in colours_of(table, 0, Column.UNIT)
    assert theme.colours["red"] in colours_of(table, 1, Column.DEADLINE)
    assert theme.colours["amber"] in colours_of(table, 2, Column.DEADLINE)
    loud = {theme.colours[token] for token in ("red", "amber", "green")}
    quiet = set().union(*(colours_of(table, 3, column) for column in Column))
    assert not quiet & loud


def test_each_urgency_has_a_mark_of_its_own_shape(table: IncidentTable) -> None:
    show(table)
    masks = []
    for row in (0, 2, 3):
        where = table.visualRect(table.model().index(row, Column.MARK))
        image = table.viewport().grab(where).toImage()
        ground = QColor(image.pixel(1, 1))
        masks.append(
            [
                abs(QColor(image.pixel(x, y)).lightness() - ground.lightness()) > 40
                for x in range(image.width())
                for y in range(image.height() - 2)
            ]
        )
    for number, one in enumerate(masks):
        assert sum(one) > 20
        for other in masks[number + 1 :]:
            assert sum(a != b for a, b in zip(one, other, strict=True)) > 8


def test_a_selected_row_is_blue_with_a_bar_and_keeps_its_states_colour(
    table: IncidentTable, theme: Theme
) -> None:
    show(table, NOW, "inc-4")
    unit = colours_of(table, 0, Column.UNIT)
    assert theme.colours["selected"] in unit and theme.colours["red"] in unit
    assert theme.colours["blue"] in colours_of(table, 0, Column.MARK)
    assert theme.colours["selected"] not in colours_of(table, 1, Column.UNIT)


def test_the_words_of_a_row_follow_the_clock(table: IncidentTable) -> None:
    show(table)
    before = table.model().index(2, Column.DEADLINE).data()
    show(table, NOW + timedelta(seconds=20))
    after = table.model().index(2, Column.DEADLINE).data()
    assert "02:00" in before and "01:40" in after


def test_a_narrow_table_drops_how_long_ago_and_never_scrolls_sideways(table: IncidentTable) -> None:
    for width in (1400, 790):
        table.resize(width, 300)
        show(table)
        columns = sum(table.columnWidth(c) for c in Column if not table.isColumnHidden(c))
        assert columns <= table.viewport().width() + 1, width
        assert table.isColumnHidden(Column.ELAPSED) is (width == 790)


def test_the_list_that_is_given_the_keyboard_chooses_nothing_by_itself(console: Console) -> None:
    console.selection.choose("")
    console.window.show_place("setup")
    console.window.show_place("live")
    assert console.window.live.table.hasFocus()
    assert console.selection.incident_id == ""


def test_what_is_due_next_is_whole_in_a_table_of_any_width(theme: Theme, qtbot: QtBot) -> None:
    for scale in (1.0, 1.5):
        large = replace(theme, scale=scale)
        table = IncidentTable(large, map_style(large))
        qtbot.addWidget(table)
        table.show()
        for width in range(round(380 * scale), 1400, 40):
            table.resize(width, 300)
            show(table)
            right = table.columnViewportPosition(Column.DEADLINE) + table.columnWidth(
                Column.DEADLINE
            )
            assert right <= table.viewport().width(), (scale, width)
            for row in range(table.model().rowCount()):
                index = table.model().index(row, Column.DEADLINE)
                words = index.data()
                assert ":" in words and "…" not in words
                bold = QFontMetrics(large.font("body", 600))
                assert bold.horizontalAdvance(words) <= table.columnWidth(Column.DEADLINE) - 14
            hint = QFontMetrics(large.font("hint", 500))
            for column in Column:
                head = table.model().headerData(column, Qt.Orientation.Horizontal)
                if not table.isColumnHidden(column):
                    assert hint.horizontalAdvance(head) <= table.columnWidth(column) - 16
            for column, least in ((Column.CATEGORY, 50), (Column.PLACE, 46)):
                assert table.columnWidth(column) >= round(least * scale), (scale, width)


def test_in_a_narrow_table_the_time_of_the_report_goes_first_then_longer_words_then_the_unit(
    table: IncidentTable,
) -> None:
    seen = []
    for width in range(1000, 330, -10):
        table.resize(width, 300)
        show(table)
        index = table.model().index(2, Column.DEADLINE)
        state = (
            not table.isColumnHidden(Column.REPORTED),
            index.data() != "เหลือ 02:00",
            not table.isColumnHidden(Column.UNIT),
            not table.isColumnHidden(Column.STATE),
        )
        if not seen or seen[-1] != state:
            seen.append(state)
    assert seen == [tuple(n >= gone for n in range(4)) for gone in range(5)]
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "ถึง 10:48 · เหลือ 02:00"


def test_of_a_row_that_would_show_its_upper_edge_nothing_is_painted(
    theme: Theme, table: IncidentTable, qtbot: QtBot
) -> None:
    show(table, NOW, "", *map(incident, range(40)))
    view, bar, side = table.viewport(), table.verticalScrollBar(), table.verticalHeader()
    table.resize(table.width(), table.height() - view.height() + 10 * 25 + CUT_PX - 1)
    below, edge_px = divmod(view.height(), side.defaultSectionSize())
    assert 0 < edge_px <= CUT_PX
    foot = view.grab().toImage().copy(0, view.height() - edge_px, view.width(), edge_px)
    assert {foot.pixelColor(x, y).name() for x in range(foot.width()) for y in range(edge_px)} == {
        theme.colour("panel").name()
    }
    for value in (1, 4, 4 + below, 2, 0, 40):
        bar.setValue(value)
        qtbot.waitUntil(lambda: on_screen(table) == as_painted_anew(table))
