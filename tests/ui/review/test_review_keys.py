"""Keys of the Review place fire there, never in a field, never elsewhere; those of the Live place
never from here."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.application import Console
from app.incidents.incident import IncidentState
from app.ui.review.review_place import ReviewPlace
from tests.ui.driving import CONTROL, focused, press, type_text
from tests.ui.test_steps import choose

SHIFT = Qt.KeyboardModifier.ShiftModifier
LETTERS = "jkl iopm,.123"


def test_letters_typed_into_a_field_are_letters(review: ReviewPlace, console: Console) -> None:
    before = (review.transport.at, review.transport.speed, review.grid.on_tiles)
    entries = console.log.count()
    fields = (review.card.reason, review.pane.field.line, review.bar.time, review.note.line)
    review.note.ask("", "C01")
    for field in fields:
        field.setFocus()
        field.clear()
        type_text(LETTERS)
        press(Qt.Key.Key_Left)
        press(Qt.Key.Key_Home)
        assert field.text() == LETTERS and focused() is field
        assert field.cursorPosition() == 0
    review.note.leave()
    assert (review.transport.at, review.transport.speed, review.grid.on_tiles) == before
    assert review.transport.a is None and review.transport.b is None
    assert not review.transport.runs
    assert console.log.count() == entries
    assert console.window.place_id == "review"


def test_no_key_of_an_incident_fires_from_footage(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    choose(console, IncidentState.ON_THE_WAY)
    console.window.show_place("review")
    entries = console.log.count()
    for letter in "dgaunxv":
        type_text(letter)
    assert console.log.count() == entries
    assert console.window.place_id == "review"
    assert not console.window.live.detail.is_asking


def test_no_key_of_footage_fires_in_the_live_place(console: Console) -> None:
    entries = console.log.count()
    console.window.live.table.setFocus()
    for letter in "jklmiop,.":
        type_text(letter)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_End, Qt.Key.Key_F3):
        press(key)
    press(Qt.Key.Key_E, CONTROL)
    press(Qt.Key.Key_K, CONTROL | SHIFT)
    assert console.window.place_id == "live"
    assert not console.window.places.is_made("review"), "nobody asked for the place"
    assert console.log.count() == entries


def test_home_is_the_playheads_here_and_the_maps_there(
    review: ReviewPlace, console: Console
) -> None:
    live_map = console.window.live.map
    live_map.zoom_in()
    near = live_map.view_state()
    review.grid.setFocus()
    press(Qt.Key.Key_Home)
    assert live_map.view_state() == near
    console.window.show_place("live")
    press(Qt.Key.Key_Home)
    assert live_map.view_state() != near


def test_space_presses_the_button_that_has_the_keyboard(review: ReviewPlace) -> None:
    button = review.bar._a
    button.setFocus()
    press(Qt.Key.Key_Space)
    assert not review.transport.runs, "a button had the keyboard"
    assert review.transport.a == review.transport.at
    review.grid.setFocus()
    press(Qt.Key.Key_Space)
    assert review.transport.runs


def test_ctrl_up_and_down_zoom_the_timeline_round_the_playhead(review: ReviewPlace) -> None:
    timeline = review.timeline
    review.grid.setFocus()
    x = timeline.playhead_x()
    before = timeline.scale.span_s
    press(Qt.Key.Key_Up, CONTROL)
    assert timeline.scale.span_s < before
    assert timeline.playhead_x() == pytest.approx(x, abs=1)
    press(Qt.Key.Key_Down, CONTROL)
    assert timeline.scale.span_s == pytest.approx(before)


def test_arrows_leap_five_seconds_and_with_shift_a_minute(review: ReviewPlace) -> None:
    review.grid.setFocus()
    before = review.transport.at
    press(Qt.Key.Key_Left)
    assert (before - review.transport.at).total_seconds() == 5
    press(Qt.Key.Key_Left, SHIFT)
    assert (before - review.transport.at).total_seconds() == 65
    press(Qt.Key.Key_Right, SHIFT)
    press(Qt.Key.Key_Right)
    assert review.transport.at == before


def test_the_question_mark_shows_the_keys_of_this_place(
    review: ReviewPlace, console: Console
) -> None:
    type_text("?")
    sheet = console.window.sheet
    assert sheet.isVisible()
    said = {label.text() for label in sheet.findChildren(QLabel) if label.isVisible()}
    for action in console.window.actions_known:
        if action.listed and action.shown and action.place == "review":
            assert {action.words, action.shown} <= said, action.id
    assert "ส่งหน่วย" not in said and "สั่งหน่วย" not in said
    press(Qt.Key.Key_J)
    assert not sheet.isVisible() and not review.transport.runs


def test_every_key_of_this_place_is_in_the_palette_and_leads_here(
    console: Console, qtbot: QtBot
) -> None:
    palette = console.window.palette_card
    press(Qt.Key.Key_K, CONTROL)
    palette.line.setText("ล็อกช่วง")
    row = palette.list.current()
    assert row is not None and row.key == "Ctrl Shift K"
    palette.line.setText("ย่อขยายเวลา")
    press(Qt.Key.Key_Return)
    assert console.window.place_id == "review"


def test_f3_and_a_few_letters_show_another_place(
    review: ReviewPlace, console: Console, qtbot: QtBot, tmp_path: Path
) -> None:
    review.grid.setFocus()
    press(Qt.Key.Key_F3)
    assert focused() is review.pane.field.line
    review.pane.field.line.clear()
    type_text("16.5431, 104.7262")
    press(Qt.Key.Key_Return)
    place = review.places.place
    assert place is not None and round(place.lat_deg, 4) == 16.5431
    assert focused() is review.grid


def test_ctrl_e_leaves_the_reason_line_too(review: ReviewPlace) -> None:
    """On Linux a line takes Ctrl+E for its own End."""
    review.card.reason.setFocus()
    press(Qt.Key.Key_E, CONTROL)
    assert focused() is review.card.reason, "A, B and a reason are missing: it asks for them"
    assert review.card.reason.text() == ""
