"""Ctrl+K finds everything, `?` shows every key, and a key typed into a field is a letter."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.application import Console
from app.incidents.incident import IncidentState
from app.thai.translation import tr
from app.ui.palette import Palette
from app.ui.widgets.suggest_field import Suggestion
from tests.ui.driving import CONTROL, focused, press, type_text
from tests.ui.test_steps import choose


@pytest.fixture
def palette(console: Console) -> Palette:
    """Opened with Ctrl+K."""
    press(Qt.Key.Key_K, CONTROL)
    card = console.window.palette_card
    assert card.isVisible() and focused() is card.line
    return card


def rows(palette: Palette) -> list[Suggestion]:
    return list(palette.list.rows._rows)


def test_with_nothing_typed_it_offers_every_command_with_its_key(
    console: Console, palette: Palette
) -> None:
    offered = {row.title: row.key for row in rows(palette)}
    assert offered == {action.words: action.shown for action in console.window.actions_known}


def test_a_command_is_found_by_its_words_and_run_with_enter(
    console: Console, palette: Palette
) -> None:
    type_text(tr("Camera grid of {count}", count=4))
    press(Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert console.window.live.grid.tile_count == 4


def test_an_incident_is_found_by_its_number_and_chosen_everywhere(
    console: Console, palette: Palette
) -> None:
    wanted = console.desk.open_incidents()[-1]
    type_text(wanted.number)
    press(Qt.Key.Key_Return)
    live = console.window.live
    assert live.selected is not None and live.selected.id == wanted.id
    assert console.selection.incident_id == wanted.id
    row = live.table.currentIndex().row()
    assert live.table.model().index(row, 1).data() == wanted.number


def test_a_camera_is_found_by_id_and_by_name_and_opened(console: Console, palette: Palette) -> None:
    type_text("C05")
    assert rows(palette)[0].title == "C05 ท่าเรือข้ามฟาก"
    press(Qt.Key.Key_A, CONTROL)
    type_text("ท่าเรือ")
    number = [row.title for row in rows(palette)].index("C05 ท่าเรือข้ามฟาก")
    for _ in range(number):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    grid = console.window.live.grid
    assert [tile.camera.id for tile in grid.tiles if tile.camera] == ["C05"]


def test_a_place_is_found_and_the_map_goes_there(
    console: Console, palette: Palette, qtbot: QtBot
) -> None:
    before = console.window.live.map.view_state()
    type_text("ศาลากลาง")
    heads = [row.head for row in rows(palette)]
    titles = [row.title for row in rows(palette)]
    assert tr("Places on the map") in heads, titles
    press(Qt.Key.Key_Return)
    after = console.window.live.map.view_state()
    assert (after.lat_deg, after.lon_deg) != (before.lat_deg, before.lon_deg)


def test_the_match_is_marked_in_what_was_found(palette: Palette) -> None:
    type_text("ตลาด")
    assert rows(palette)
    for row in rows(palette):
        assert row.spans, row.title
        assert any("ตลาด" in row.title[start:end] for start, end in row.spans), row.title


def test_nothing_found_says_so_and_enter_does_nothing(console: Console, palette: Palette) -> None:
    type_text("zzzzqqq")
    assert not rows(palette)
    assert "0" in palette._count.text()
    press(Qt.Key.Key_Return)
    assert palette.isVisible()


def opened_on(found: list[list[str]], console: Console, qtbot: QtBot) -> tuple[Palette, list[str]]:
    """A card that finds the first of these, whatever is typed; and what is taken of it."""
    taken: list[str] = []

    def find(_text: str) -> list[Suggestion]:
        return [Suggestion(partial(taken.append, title), title) for title in found[0]]

    palette = Palette(console.window._theme, console.window, find)
    qtbot.addWidget(palette)
    palette.open_with("o")
    return palette, taken


@pytest.mark.parametrize("seen", [False, True])
def test_enter_takes_what_could_be_seen_when_the_finger_began_to_move(
    qtbot: QtBot, console: Console, seen: bool
) -> None:
    """More is found in the background: what stood first may stand lower in the next moment."""
    found = [["one"], ["other", "one"]]
    palette, taken = opened_on(found, console, qtbot)
    del found[0]
    palette.refresh()
    if seen:
        qtbot.wait(300)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert taken == ["other" if seen else "one"]


@pytest.mark.parametrize("on_it", [True, False])
def test_no_row_moves_away_under_the_button_of_the_mouse(
    qtbot: QtBot, console: Console, on_it: bool
) -> None:
    """What is found between the press and the release waits for the release."""
    found = [["one", "two"], ["other", "one", "two"]]
    palette, taken = opened_on(found, console, qtbot)
    viewport, button = palette.list.viewport(), Qt.MouseButton.LeftButton
    two = palette.list.visualRect(palette.list.rows.index(1, 0)).center()
    QTest.mousePress(viewport, button, pos=two)
    del found[0]
    palette.refresh()
    assert [row.title for row in rows(palette)] == ["one", "two"]
    QTest.mouseRelease(viewport, button, pos=two if on_it else QPoint(-5, -5))
    assert taken == (["two"] if on_it else [])
    if not on_it:
        assert [row.title for row in rows(palette)] == ["other", "one", "two"]


def test_a_card_that_closes_under_the_button_of_the_mouse_hears_of_more_again(
    console: Console, palette: Palette
) -> None:
    row = palette.list.visualRect(palette.list.rows.index(0, 0)).center()
    QTest.mousePress(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_K, CONTROL)
    assert not palette.list.is_pressed


def test_escape_closes_it_and_gives_the_keyboard_back(console: Console) -> None:
    table = console.window.live.table
    incident = choose(console, IncidentState.ON_SCENE)
    press(Qt.Key.Key_K, CONTROL)
    press(Qt.Key.Key_Escape)
    assert not console.window.palette_card.isVisible()
    assert focused() is table
    assert console.selection.incident_id == incident.id, "Esc closed the palette, nothing else"


def test_ctrl_k_twice_still_gives_the_keyboard_back_to_where_it_was(console: Console) -> None:
    press(Qt.Key.Key_K, CONTROL)
    press(Qt.Key.Key_K, CONTROL)
    press(Qt.Key.Key_Escape)
    assert focused() is console.window.live.table


def test_a_click_beside_the_card_closes_it(
    console: Console, palette: Palette, qtbot: QtBot
) -> None:
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert not palette.isVisible()


def test_the_question_mark_shows_every_key_and_any_key_closes_the_card(console: Console) -> None:
    sheet, table = console.window.sheet, console.window.live.table
    type_text("?")
    assert sheet.isVisible()
    said = {label.text() for label in sheet.findChildren(QLabel) if label.isVisible()}
    for action in console.window.actions_known:
        is_here = action.place in ("", "live")
        if action.keys and action.listed and is_here:  # several of a kind have one line
            assert {action.words, action.shown} <= said, action.id
    assert tr("Play / stand still") not in said, "a key of another place"
    press(Qt.Key.Key_Space)
    assert not sheet.isVisible()
    assert focused() is table
    type_text("?")
    thai = QKeyEvent(QEvent.Type.KeyPress, ord("ก"), Qt.KeyboardModifier.NoModifier, "ก")
    QApplication.sendEvent(sheet, thai)  # a Thai keyboard's keys are none of those Qt names
    assert not sheet.isVisible()


def test_with_large_letters_the_keys_that_have_no_room_are_scrolled_to(
    console: Console, qtbot: QtBot
) -> None:
    console.set_text_size(150)
    window = console.window
    window.showNormal()
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: window.size() == QSize(1366, 768))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    type_text("?")
    sheet = window.sheet
    last = next(one for one in reversed(sheet.findChildren(QLabel)) if one.text() == "Ctrl Q")
    assert last.isVisible() and last.visibleRegion().isEmpty()
    for _ in range(5):
        press(Qt.Key.Key_PageDown)
    assert sheet.isVisible() and not last.visibleRegion().isEmpty()
    assert window.rect().contains(sheet._card.geometry())
    press(Qt.Key.Key_Up)
    type_text("d")
    assert not sheet.isVisible()


def test_a_shortcut_key_closes_the_card_and_does_nothing_else(console: Console) -> None:
    choose(console, IncidentState.NEW)
    type_text("?")
    type_text("d")
    assert not console.window.sheet.isVisible()
    assert not console.window.live.detail.is_asking


def test_letters_typed_into_a_field_are_letters_not_shortcuts(
    console: Console, qtbot: QtBot
) -> None:
    choose(console, IncidentState.NEW)
    entries = console.log.count()
    press(Qt.Key.Key_F2)
    live = console.window.live
    typed = "danxgu?1239"
    for field in (live.intake.narrative, live.intake.caller, live.intake.place_field.line):
        field.setFocus()
        type_text(typed)
        text = field.toPlainText() if field is live.intake.narrative else field.text()  # type: ignore[union-attr]
        assert text == typed
        assert focused() is field
    assert live.intake.isVisible() and not console.window.sheet.isVisible()
    assert not live.detail.is_asking
    assert len(live.grid.tiles) == live.grid.tile_count
    assert console.log.count() == entries


def test_shortcuts_do_not_reach_behind_the_open_palette(console: Console) -> None:
    choose(console, IncidentState.NEW)
    press(Qt.Key.Key_K, CONTROL)
    type_text("d?1")
    assert console.window.palette_card.line.text() == "d?1"
    assert not console.window.live.detail.is_asking
    assert not console.window.sheet.isVisible()


def test_every_key_is_given_to_one_action_only(console: Console) -> None:
    keyed = [action for action in console.window.actions_known if action.keys]
    for place in {action.place for action in keyed}:
        keys = [action.keys for action in keyed if action.place in ("", place)]
        assert len(keys) == len(set(keys)), place


@pytest.mark.parametrize("number", [1, 8])
def test_a_number_opens_that_tile_and_closes_it_again(console: Console, number: int) -> None:
    grid = console.window.live.grid
    wanted = grid.camera_at(number)
    type_text(str(number))
    assert grid.camera_at(1) == wanted and len(grid.tiles) == 1
    type_text(str(number))
    assert len(grid.tiles) == grid.tile_count


def test_an_at_sign_asks_for_cameras_only(palette: Palette, console: Console) -> None:
    type_text("@")
    cameras = rows(palette)
    assert len(cameras) > 1 and all(row.camera_id for row in cameras)
    type_text("ท่าเรือ")
    assert rows(palette) and all(row.camera_id for row in rows(palette))


def test_words_of_time_are_looked_for_in_the_log(
    palette: Palette, console: Console, qtbot: QtBot
) -> None:
    type_text("เมื่อคืน")
    qtbot.wait(300)  # what the log answers has come
    last = rows(palette)[-1]
    assert "เมื่อคืน" in last.title
    assert last.detail == tr("incidents of that time")
    palette.list.mark(last)
    press(Qt.Key.Key_Return)
    assert console.window.place_id == "log"
    asking = console.window.log.asking
    assert console.window.log.bar.line.text() == "เมื่อคืน"
    qtbot.waitUntil(lambda: asking.answer is not None and asking.answer.asked.text == "เมื่อคืน")
    assert asking.understood.words == ()
