"""Named layouts at the desk: saved, chosen, renamed and removed, by menu and by palette."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.application import Console
from app.cameras.wall_layouts import WallLayout, save_wall_layout
from app.log import Actor, Role
from app.ui.wall.layout_form import LayoutForm
from app.ui.wall.layout_menu import LayoutAct, LayoutMenu
from app.ui.wall.layout_steps import LayoutSteps
from tests.ui.driving import CONTROL, press
from tests.ui.still_pictures import StillPictures


def steps(console: Console) -> LayoutSteps:
    return console.window.live.layouts


def form(console: Console) -> LayoutForm:
    return console.window.live._grid_pane.form


def button(console: Console) -> str:
    return console.window.live._grid_pane.layout_button.text()


def save(console: Console, name: str, qtbot: QtBot) -> WallLayout:
    """Arrange, name, Enter."""
    steps(console).do(LayoutAct.SAVE_AS)
    form(console).line.setText(name)
    QTest.keyClick(form(console).line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not form(console).isVisible())
    return next(one for one in steps(console).layouts if one.name == name)


def first_ids(console: Console, count: int) -> list[str]:
    return [console.window.live.grid.camera_at(number + 1) for number in range(count)]


def test_a_layout_is_saved_under_a_name_and_found_again(console: Console, qtbot: QtBot) -> None:
    grid = console.window.live.grid
    grid.set_tile_count(4)
    grid.put("C05", 0)
    save(console, "ตลาด", qtbot)
    assert button(console) == "ตลาด"
    steps(console).choose("")
    grid.set_tile_count(9)
    steps(console).choose("wall-1")
    assert grid.tile_count == 4
    assert first_ids(console, 4) == ["C05", "C02", "C03", "C04"]


def test_a_changed_layout_says_so_until_it_is_saved_over(console: Console, qtbot: QtBot) -> None:
    save(console, "ตลาด", qtbot)
    assert not steps(console).choice().is_changed
    console.window.live.grid.put("C03", 0)
    assert button(console) != "ตลาด"
    steps(console).do(LayoutAct.SAVE_OVER)
    qtbot.waitUntil(lambda: button(console) == "ตลาด")
    assert steps(console).layouts[0].pages[0][0] == "C03"
    assert steps(console).layouts[0].version == 2


def test_a_name_that_is_taken_is_told_where_it_is_typed(console: Console, qtbot: QtBot) -> None:
    save(console, "ตลาด", qtbot)
    steps(console).do(LayoutAct.SAVE_AS)
    for refused in ("", "ตลาด"):
        form(console)._complaint.hide()
        form(console).line.setText(refused)
        QTest.keyClick(form(console).line, Qt.Key.Key_Return)
        qtbot.waitUntil(form(console)._complaint.isVisible)
        assert form(console).line.text() == refused, "what was typed stays"
    assert len(console.desk.wall_layouts()) == 1
    QTest.keyClick(form(console).line, Qt.Key.Key_Escape)
    assert not form(console).isVisible()


def test_a_layout_gets_another_name_and_is_removed(console: Console, qtbot: QtBot) -> None:
    console.desk.officer = replace(console.desk.officer, role=Role.SUPERVISOR)
    save(console, "ตลาด", qtbot)
    steps(console).do(LayoutAct.RENAME)
    assert form(console).line.text() == "ตลาด"
    form(console).line.setText("ตลาดกลางคืน")
    form(console).answer.click()
    qtbot.waitUntil(lambda: button(console) == "ตลาดกลางคืน")
    shown = first_ids(console, 6)
    steps(console).do(LayoutAct.REMOVE)
    assert not form(console).line.isVisible()
    form(console).answer.click()
    qtbot.waitUntil(lambda: console.window.live.grid.wall.layout is None)
    assert steps(console).layouts == []
    assert first_ids(console, 6) == shown


def test_the_menu_offers_what_may_be_done(console: Console, qtbot: QtBot) -> None:
    console.desk.officer = replace(console.desk.officer, role=Role.DUTY_OFFICER)
    save(console, "ตลาด & ริมโขง", qtbot)
    menu = LayoutMenu(console.window, steps(console).choice())
    rows = {row.data()[0]: row for row in menu.actions() if row.data()}
    assert [row.text() for row in menu.actions() if row.isChecked()] == ["ตลาด && ริมโขง"]
    assert not rows[LayoutAct.REMOVE].isEnabled(), "that is a supervisor's"
    assert not rows[LayoutAct.SAVE_OVER].isEnabled(), "nothing was changed"
    assert not rows[LayoutAct.BRING_BACK].isEnabled()
    with qtbot.waitSignal(menu.asked) as asked:
        rows[LayoutAct.ORDER].trigger()
    assert asked.args == ["order", ""]
    menu.deleteLater()


@pytest.mark.qt_log_ignore("This plugin does not support")  # the off-screen display's pop-ups
def test_the_key_opens_the_menu_under_its_button(console: Console, qtbot: QtBot) -> None:
    press(Qt.Key.Key_L, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    pane_button = console.window.live._grid_pane.layout_button
    qtbot.waitUntil(lambda: any(one.isVisible() for one in pane_button.findChildren(QMenu)))
    (menu,) = pane_button.findChildren(QMenu)
    menu.close()


def test_what_another_desk_saved_is_offered_and_moves_nothing_here(
    console: Console, qtbot: QtBot
) -> None:
    save(console, "ตลาด", qtbot)
    shown = first_ids(console, 8)
    other = WallLayout("wall-1", "ตลาดเช้า", 4, (("C08",),))
    save_wall_layout(console.log, other, actor=Actor("o", Role.SUPERVISOR)).result()
    qtbot.waitUntil(lambda: steps(console).layouts[0].name == "ตลาดเช้า")
    assert first_ids(console, 8) == shown
    steps(console).choose("wall-1")
    assert first_ids(console, 4) == ["C08", "", "", ""]


def test_the_layout_of_yesterday_is_on_the_wall_again_after_a_change_of_language(
    console: Console, pictures: StillPictures, qtbot: QtBot
) -> None:
    save(console, "ตลาด", qtbot)
    console.window.live.grid.put("C07", 0)
    console.set_language("en")
    assert console.window.live.grid.wall.layout is not None
    assert first_ids(console, 1) == ["C07"], "also what was not saved yet"
    assert button(console).startswith("ตลาด")


def test_the_palette_finds_a_layout_by_its_name(console: Console, qtbot: QtBot) -> None:
    save(console, "ริมโขงกลางคืน", qtbot)
    steps(console).choose("")
    palette = console.window.palette_card
    palette.open_with("กลางคืน")
    row = palette.list.current()
    assert row is not None and row.title == "ริมโขงกลางคืน"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    layout = console.window.live.grid.wall.layout
    assert layout is not None and layout.name == "ริมโขงกลางคืน"


@pytest.mark.parametrize("name", ["C02", "C07"])
def test_what_is_taken_out_comes_back_from_the_palette_commands(
    console: Console, name: str
) -> None:
    grid = console.window.live.grid
    grid.take_out(name)
    assert name not in grid.wall.shown()
    next(one for one in console.window.actions_known if one.id == "wall_back").run()
    assert name in grid.wall.shown()


def test_enter_answers_once(console: Console) -> None:
    """The line passes Enter on to the form around it: the name must not be saved twice, the second
    time as one that is taken."""
    answers: list[str] = []
    form(console).answered.disconnect()
    form(console).answered.connect(answers.append)
    steps(console).do("save_as")
    QTest.keyClicks(form(console).line, "Market")
    QTest.keyClick(form(console).line, Qt.Key.Key_Return)
    assert answers == ["Market"]
    form(console).ask_whether("?", "Yes")
    press(Qt.Key.Key_Return)
    assert answers == ["Market", ""]
