"""What else the intake asks, what may be the same, the one-line report, the draft that stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import ScriptedClock
from app.incidents.incident import IncidentState, Report
from app.thai.translation import Language, language, tr
from app.ui.live.intake_panel import IntakePanel
from app.ui.theme import Theme
from tests.ui.conftest import running_console
from tests.ui.driving import ALT, CONTROL, focused, press, type_text
from tests.ui.still_pictures import StillPictures
from tests.ui.test_intake import WHAT_HAPPENED, complaint, fill


def saved_report(console: Console, qtbot: QtBot) -> Report:
    """What Ctrl+Enter made of it."""
    intake = console.window.live.intake
    press(Qt.Key.Key_Return, CONTROL)
    assert not complaint(intake)
    qtbot.waitUntil(lambda: not intake.isVisible())
    incident = console.window.live.selected
    assert incident is not None
    return incident.report


def test_enter_goes_from_field_to_field_and_the_rest_unfolds_with_one_key(
    console: Console, qtbot: QtBot
) -> None:
    live = console.window.live
    intake, more = live.intake, live.intake.fields.more
    console.window.resize(1366, 768)  # where there is room the rest is not folded
    press(Qt.Key.Key_F2)
    type_text("20")
    press(Qt.Key.Key_Return)
    assert focused() is intake.place_field.line
    type_text("ท่าเรือ")
    press(Qt.Key.Key_Return)
    type_text("นางสมใจ")
    press(Qt.Key.Key_Return)
    type_text("0812345678")
    press(Qt.Key.Key_Return)
    assert focused() is intake.narrative
    type_text(WHAT_HAPPENED)
    assert not more.isVisible()
    press(Qt.Key.Key_M, ALT)
    assert more.isVisible() and focused() is more.happened
    for text in ("10:20-10:40", "12/3 ซอย 4", "นางสมใจ", "ชายเสื้อดำ",
                 "เก๋งขาว กข-๑๒๓๔ มุกดาหาร", "ข้อ 9"):  # fmt: skip
        type_text(text)
        press(Qt.Key.Key_Tab)
    report = saved_report(console, qtbot)
    assert (report.caller, report.caller_phone) == ("นางสมใจ", "0812345678")
    assert (report.happened_from, report.happened_to) == (
        "2026-11-22T03:20:00.000Z", "2026-11-22T03:40:00.000Z",
    )  # fmt: skip
    assert (report.address, report.victims) == ("12/3 ซอย 4", "นางสมใจ")
    assert (report.suspects, report.daily_log) == ("ชายเสื้อดำ", "ข้อ 9")
    assert report.plates == ("กข 1234 มุกดาหาร",)
    press(Qt.Key.Key_F2)
    assert intake.fields.is_empty and not more.isVisible()


def test_where_there_is_room_nothing_is_folded_and_the_key_goes_there(
    console: Console, qtbot: QtBot
) -> None:
    intake = console.window.live.intake
    more = intake.fields.more
    console.window.resize(1920, 1080)
    press(Qt.Key.Key_F2)
    assert more.isVisible()
    press(Qt.Key.Key_M, ALT)
    assert more.isVisible() and focused() is more.happened
    press(Qt.Key.Key_M, ALT)
    assert not more.isVisible()


def test_a_time_that_cannot_be_read_is_told_and_nothing_is_lost(
    console: Console, qtbot: QtBot
) -> None:
    intake = console.window.live.intake
    press(Qt.Key.Key_F2)
    fill(intake)
    press(Qt.Key.Key_M, ALT)
    type_text("25:70")
    press(Qt.Key.Key_Return, CONTROL)
    assert "25:70" in complaint(intake)
    intake.fields.more.happened.setText("10:20")
    assert saved_report(console, qtbot).happened_from == "2026-11-22T03:20:00.000Z"


def begin_the_same(console: Console, clock: ScriptedClock, qtbot: QtBot) -> tuple[str, IntakePanel]:
    """A report is saved, and another of the same begun; the first one's id."""
    live = console.window.live
    press(Qt.Key.Key_F2)
    fill(live.intake)
    saved_report(console, qtbot)
    assert live.selected is not None
    first = live.selected.id
    clock.advance(120)
    press(Qt.Key.Key_F2)
    assert not live.intake.fields.same.isVisible()
    fill(live.intake, "ผู้แจ้งอีกรายเห็นคนร้าย")
    assert live.intake.fields.same.isVisible()
    return first, live.intake


def test_a_report_of_the_same_is_asked_about_and_attached_with_one_key(
    console: Console, clock: ScriptedClock, qtbot: QtBot
) -> None:
    first, intake = begin_the_same(console, clock, qtbot)
    number = console.desk.next_number()
    press(Qt.Key.Key_D, ALT)
    qtbot.waitUntil(lambda: not intake.isVisible())
    (attached,) = [one for one in console.log.entries_of(first) if one.kind == "report_attached"]
    assert attached.data()["narrative"] == "ผู้แจ้งอีกรายเห็นคนร้าย"
    assert console.selection.incident_id == first
    assert console.desk.next_number() == number, "no number was used up"
    assert intake.fields.is_empty


def test_it_can_be_looked_at_or_called_another_one(
    console: Console, clock: ScriptedClock, qtbot: QtBot
) -> None:
    first, intake = begin_the_same(console, clock, qtbot)
    console.selection.choose("")
    press(Qt.Key.Key_O, ALT)
    assert not intake.isVisible() and console.selection.incident_id == first
    press(Qt.Key.Key_F2)
    assert intake.fields.same.isVisible(), "what was typed is still there"
    press(Qt.Key.Key_X, ALT)
    assert not intake.fields.same.isVisible()
    saved_report(console, qtbot)
    assert console.selection.incident_id != first


def test_a_report_in_one_line_of_the_palette(console: Console, qtbot: QtBot) -> None:
    before = {one.id for one in console.desk.open_incidents()}
    press(Qt.Key.Key_K, CONTROL)
    type_text("/แจ้ง 62 ท่าเรือข้ามฟาก งูเข้าบ้าน")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: {one.id for one in console.desk.open_incidents()} != before)
    (new,) = [one for one in console.desk.open_incidents() if one.id not in before]
    assert (new.category.code, new.report.narrative) == ("62", "งูเข้าบ้าน")
    assert new.report.place == "ท่าเรือข้ามฟาก" and new.report.lat_deg is not None
    qtbot.waitUntil(lambda: console.selection.incident_id == new.id)


@pytest.mark.parametrize(
    ("typed", "type_code", "place", "narrative"),
    [
        ("/แจ้ง ลักทรัพย์", "20", "", ""),
        ("/แจ้ง ท่าเรือข้ามฟาก กระเป๋าหาย", None, "ท่าเรือข้ามฟาก", "กระเป๋าหาย"),
        ("/แจ้ง มีคนร้องเรียกให้ช่วย", None, "", "มีคนร้องเรียกให้ช่วย"),
    ],
)
def test_half_a_line_goes_on_in_the_form_with_all_that_was_typed(
    console: Console, typed: str, type_code: str | None, place: str, narrative: str
) -> None:
    press(Qt.Key.Key_K, CONTROL)
    type_text(typed)
    press(Qt.Key.Key_Return)
    intake = console.window.live.intake
    assert intake.isVisible()
    category = intake.fields.kind.category
    assert (category.code if category else None) == type_code
    assert intake.place_field.line.text() == place
    assert (intake.fields.place.point is not None) == bool(place)
    assert intake.narrative.toPlainText() == narrative


def test_half_a_line_takes_the_place_of_nothing_that_was_typed_before(console: Console) -> None:
    intake = console.window.live.intake
    press(Qt.Key.Key_F2)
    intake.narrative.setPlainText("คนแรก")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_K, CONTROL)
    type_text("/แจ้ง มีคนร้องเรียกให้ช่วย")
    press(Qt.Key.Key_Return)
    assert intake.narrative.toPlainText() == "คนแรก\nมีคนร้องเรียกให้ช่วย"


@pytest.mark.parametrize(
    ("typed", "says"), [("10:20", ""), ("23:10", "21 พ.ย. 2569 23:10"), ("10:", "")]
)
def test_a_time_of_another_day_is_shown_with_its_day(
    console: Console, typed: str, says: str
) -> None:
    more = console.window.live.intake.fields.more
    more.happened.setText(typed)
    assert more._read.text() == (tr("Happened: {time}", time=says) if says else "")


def test_a_type_that_is_none_is_said_at_once(console: Console) -> None:
    intake = console.window.live.intake
    press(Qt.Key.Key_F2)
    words = intake.fields.kind._words
    type_text("40")
    assert words.property("state") == "red"
    said = words.text()
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Backspace)
    type_text("20")
    assert words.property("state") == "" and words.text() != said


def test_what_was_typed_for_an_earlier_caller_says_so(console: Console) -> None:
    intake = console.window.live.intake
    press(Qt.Key.Key_F2)
    said = tr("typed earlier · Alt Z throws it away")
    assert intake.head._kept.text() != said
    fill(intake)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F2)
    assert intake.head._kept.text() == said
    type_text("20")  # in the place of the earlier type, not behind it
    assert intake.type_field.line.text() == "20"


def test_clearing_asks_once_more(console: Console) -> None:
    intake = console.window.live.intake
    press(Qt.Key.Key_F2)
    fill(intake)
    press(Qt.Key.Key_Z, ALT)
    assert complaint(intake) and not intake.fields.is_empty
    press(Qt.Key.Key_Z, ALT)
    assert intake.fields.is_empty and not complaint(intake)


def drafts_of(home: Path) -> list[Path]:
    return list(home.rglob("draft-*.json"))


def test_what_is_typed_outlives_the_program_and_goes_when_it_is_saved(
    station: Path, theme: Theme, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot,
    _own_home: Path,
) -> None:  # fmt: skip
    with running_console(station, theme, clock, pictures, qtbot) as console:
        press(Qt.Key.Key_F2)
        fill(console.window.live.intake)
        qtbot.waitUntil(lambda: bool(drafts_of(_own_home)), timeout=5_000)
        qtbot.waitUntil(lambda: "10:46:31" in console.window.live.intake.head._kept.text())
        (kept,) = drafts_of(_own_home)
        as_killed = kept.read_bytes()
        console.set_language(Language.ENGLISH.value)
        assert console.window.live.intake.narrative.toPlainText() == WHAT_HAPPENED
        console.set_language(Language.THAI.value)
    kept.write_bytes(as_killed)
    with running_console(station, theme, clock, StillPictures(), qtbot) as console:
        intake = console.window.live.intake
        assert not intake.isVisible() and "F2" in console.window.notice.text
        press(Qt.Key.Key_F2)
        assert intake.narrative.toPlainText() == WHAT_HAPPENED
        assert intake.fields.place.point is not None
        report = saved_report(console, qtbot)
        assert (report.category, report.narrative) == ("23", WHAT_HAPPENED)
        assert console.window.live.selected.state is IncidentState.NEW
    assert drafts_of(_own_home) == []
    assert language() is Language.THAI


@pytest.mark.parametrize("text", ["'; DROP TABLE x; --", "<b>x</b>", "#eval(1)", "ສະຫວັນ 🚓"])
def test_hostile_words_are_shown_as_they_were_typed(
    console: Console, qtbot: QtBot, text: str
) -> None:
    live = console.window.live
    press(Qt.Key.Key_F2)
    fill(live.intake, text)
    live.intake.caller.setText(text)
    live.intake.fields.more.suspects.setPlainText(text)
    report = saved_report(console, qtbot)
    assert (report.narrative, report.caller, report.suspects) == (text, text, text)
    live.table.setFocus()
    press(Qt.Key.Key_I)
    shown = [one.text() for one in live.tending.page.findChildren(QLabel)]
    assert shown.count(text) == 3
