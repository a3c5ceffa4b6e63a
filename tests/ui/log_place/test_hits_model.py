"""A table of any length: rows are read when they are seen, and what moves moves right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pytestqt.qtbot import QtBot

from app.incidents.deadlines import Urgency
from app.thai.excerpt import Excerpt
from app.ui.log_place.hit_row import HitRow
from app.ui.log_place.hits_model import Column, HitsModel
from app.ui.log_place.hits_table import HitsTable
from app.ui.map_style import map_style
from app.ui.theme import Theme
from app.ui.widgets.plain_table import CUT_PX
from tests.ui.table_pictures import as_painted_anew, on_screen

MILLION = 1_000_000


def hit_row(key: int, said: str = "") -> HitRow:
    return HitRow(
        f"inc-{key}", Excerpt(f"{key}/2569"), "22 พ.ย. 69 10:46", Excerpt("ลักทรัพย์"),
        Excerpt(f"เหตุที่ {key} {said}"), "", Excerpt("ตลาด"), "ใหม่", "", Urgency.IN_HAND,
    )  # fmt: skip


class Log:
    """Where rows come from; counts what was asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.said = ""

    def fetch(self, keys: Sequence[int]) -> dict[int, HitRow]:
        self.asked += keys
        return {key: hit_row(key, self.said) for key in keys}


def newest_first(count: int) -> np.ndarray:  # type: ignore[type-arg]
    return np.arange(count, 0, -1, dtype=np.int64)


def test_any_row_of_a_million_is_there_and_few_are_read() -> None:
    log = Log()
    model = HitsModel(log.fetch)
    model.show(newest_first(MILLION))
    assert model.rowCount() == MILLION
    for number in (0, 1, 999_999, 123_456, 123_457, 500_000):
        row = model.row_at(number)
        assert row is not None and row.number.text == f"{MILLION - number}/2569"
    assert len(log.asked) < 200
    assert len(set(log.asked)) == len(log.asked), "a row that is known was read again"


def test_reading_far_and_wide_keeps_no_more_than_it_needs() -> None:
    model = HitsModel(Log().fetch)
    model.show(newest_first(MILLION))
    for number in range(0, MILLION, 2_000):
        assert model.row_at(number) is not None
    assert len(model._rows) <= 2_000


def test_what_changed_is_read_again_and_only_that() -> None:
    log = Log()
    model = HitsModel(log.fetch)
    model.show(newest_first(100))
    model.row_at(0), model.row_at(50)
    log.asked.clear()
    log.said = "ปิดเหตุ"
    model.forget_incidents({"inc-100", "inc-1"})
    first = model.row_at(0)
    assert first is not None and first.first.text.endswith("ปิดเหตุ")
    assert log.asked == [100]


def test_new_ones_come_above_and_more_below() -> None:
    model = HitsModel(Log().fetch)
    model.show(np.array([5, 3], dtype=np.int64))
    model.extend(np.array([5, 3, 2, 1], dtype=np.int64))
    model.prepend(np.array([9, 8], dtype=np.int64))
    assert model.keys.tolist() == [9, 8, 5, 3, 2, 1] and model.rowCount() == 6
    assert model.number_of(3) == 3 and model.number_of(7) == -1
    assert model.data(model.index(2, Column.NUMBER)) == "5/2569"


def test_an_incident_that_is_gone_leaves_an_empty_row() -> None:
    model = HitsModel(lambda keys: {})
    model.show(newest_first(3))
    assert model.row_at(1) is None and model.data(model.index(1, Column.WORDS)) is None


def make_table(theme: Theme, qtbot: QtBot, count: int) -> HitsTable:
    table = HitsTable(theme, map_style(theme), HitsModel(Log().fetch))
    qtbot.addWidget(table)
    table.resize(1000, 700)
    table.show()
    table.show_keys(newest_first(count), -1)
    return table


def test_the_scroll_bar_reaches_the_last_of_a_million(theme: Theme, qtbot: QtBot) -> None:
    table = make_table(theme, qtbot, MILLION)
    bar = table.verticalScrollBar()
    for at in (bar.maximum(), 1, bar.maximum() // 3, 0):
        bar.setValue(at)
        seen = rows_in_sight(table)
        assert at in seen and len(seen) >= 10
        assert table.model().index(at, Column.NUMBER).data() == f"{MILLION - at}/2569"
    bar.setValue(bar.maximum())
    assert rows_in_sight(table).stop == MILLION


def test_new_incidents_do_not_move_what_is_read(theme: Theme, qtbot: QtBot) -> None:
    table = make_table(theme, qtbot, 500)
    table.prepend(np.array([501], dtype=np.int64))
    assert table.verticalScrollBar().value() == 0, "at the top the newest is seen"
    table.verticalScrollBar().setValue(100)
    table.selectRow(105)
    chosen = table.current
    table.prepend(np.array([503, 502], dtype=np.int64))
    assert table.verticalScrollBar().value() == 102
    assert table.current == chosen and table.currentIndex().row() == 107


def test_the_same_question_answered_again_keeps_place_and_choice(
    theme: Theme, qtbot: QtBot
) -> None:
    table = make_table(theme, qtbot, 500)
    heard: list[str] = []
    table.verticalScrollBar().setValue(100)
    table.selectRow(105)
    table.incident_chosen.connect(heard.append)
    keys = newest_first(505)
    table.replace(keys[keys % 7 != 0])
    top = rows_in_sight(table).start
    assert table.model().index(top, Column.NUMBER).data() == "400/2569"
    assert table.current is not None and table.current.incident_id == "inc-395"
    assert heard == [], "nobody chose anything"


def test_what_is_moved_up_from_the_foot_is_whole(theme: Theme, qtbot: QtBot) -> None:
    table = make_table(theme, qtbot, 500)
    view, bar, side = table.viewport(), table.verticalScrollBar(), table.verticalHeader()
    table.resize(table.width(), table.height() - view.height() + 9 * 53 + CUT_PX - 1)
    below, edge_px = divmod(view.height(), side.defaultSectionSize())
    assert 0 < edge_px <= CUT_PX
    for value, step in ((0, 1), (20, 3), (40, below), (80, -2), (99, 200)):
        bar.setValue(value)
        table.choose(500 - value - below)  # of this row there is only an edge
        bar.setValue(value)
        qtbot.waitUntil(lambda: on_screen(table) == as_painted_anew(table))
        bar.setValue(value + step)
        qtbot.waitUntil(lambda: on_screen(table) == as_painted_anew(table))


def rows_in_sight(table: HitsTable) -> range:
    """The numbers of the rows on the screen."""
    first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
    return range(max(first, 0), table.model().rowCount() if last < 0 else last + 1)
