"""Taking a report: from the keyboard alone, and whatever goes wrong, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import Console
from app.errors import KnownError
from app.incidents.categories import BY_CODE, Channel, Priority
from app.incidents.incident import NoteAdded
from app.log import Connection, Fact, entries_after
from app.log.verify import verify
from app.thai.translation import tr
from app.ui.live.intake_panel import IntakePanel
from app.views import all_views
from tests.conftest import ExpectedLog
from tests.ui.driving import ALT, CONTROL, focused, press, type_text

WHAT_HAPPENED = "คนร้ายชาย เสื้อดำ จยย. สีแดง หลบหนีทางทิศใต้"


@pytest.fixture
def intake(console: Console) -> IntakePanel:
    """The panel, opened with F2."""
    press(Qt.Key.Key_F2)
    return console.window.live.intake


def fill(intake: IntakePanel, narrative: str = WHAT_HAPPENED) -> None:
    """A complete report, not yet saved."""
    intake.type_field.line.setFocus()
    type_text("23")
    intake.place_field.line.setFocus()
    type_text("ท่าเรือ")
    press(Qt.Key.Key_Return)
    intake.narrative.setPlainText(narrative)
    intake.narrative.setFocus()


def held(intake: IntakePanel) -> tuple[object, ...]:
    """Everything in the form."""
    return (
        intake.type_field.line.text(),
        intake.place_field.line.text(),
        intake.caller.text(),
        intake.phone.text(),
        intake.narrative.toPlainText(),
        intake.unnamed.isChecked(),
        intake.channels.current(),
    )


def complaint(intake: IntakePanel) -> str:
    """The red sentence in the panel, if it is to be seen."""
    label = intake._problem
    return label.text() if label.isVisible() else ""


def test_a_report_is_filled_and_saved_with_the_keyboard_alone(
    console: Console, intake: IntakePanel, qtbot: QtBot
) -> None:
    expected = console.desk.next_number()
    assert focused() is intake.type_field.line
    type_text("23")
    press(Qt.Key.Key_Tab)
    assert focused() is intake.priority
    press(Qt.Key.Key_Tab)
    assert focused() is intake.place_field.line
    type_text("ท่าเรือ")
    assert intake.place_field.list.isVisible()
    press(Qt.Key.Key_Return)
    assert focused() is intake.caller
    type_text("นางสมใจ")
    press(Qt.Key.Key_Tab)
    type_text("0812345678")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    assert focused() is intake.narrative
    type_text(WHAT_HAPPENED)
    press(Qt.Key.Key_Return, CONTROL)
    assert not complaint(intake)
    qtbot.waitUntil(lambda: not intake.isVisible())
    incident = console.window.live.selected
    assert incident is not None and incident.number == expected
    report = incident.report
    assert report.channel is Channel.CALL_191
    assert report.category == "23"
    assert report.priority is BY_CODE["23"].priority
    assert "ท่าเรือ" in report.place and report.lat_deg is not None
    assert (report.caller, report.caller_phone) == ("นางสมใจ", "0812345678")
    assert report.caller_unnamed
    assert report.narrative == WHAT_HAPPENED
    assert {"zone", "community", "beat", "tambon"} & {area.kind for area in report.areas}


def test_the_alt_keys_work_from_inside_every_field(console: Console, intake: IntakePanel) -> None:
    fields = (intake.type_field.line, intake.place_field.line, intake.caller, intake.narrative)
    before = held(intake)[:5]
    for number, field in enumerate(fields, 2):
        field.setFocus()
        press(Qt.Key(Qt.Key.Key_0 + number), ALT)
        assert intake.channels.current() == list(Channel)[number - 1].value
        press(Qt.Key.Key_P, ALT)
        assert focused() is intake.place_field.line
        press(Qt.Key.Key_T, ALT)
        assert focused() is intake.type_field.line
    assert held(intake)[:5] == before, "no letter was typed by it"


def test_after_a_save_the_form_is_empty_and_the_number_was_the_one_promised(
    console: Console, intake: IntakePanel, qtbot: QtBot
) -> None:
    promised = intake._foot.number.text()
    fill(intake)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not intake.isVisible())
    assert console.window.live.selected is not None
    assert console.window.live.selected.number == promised
    assert promised in console.window.notice.text
    press(Qt.Key.Key_F2)
    assert held(intake) == ("", "", "", "", "", False, Channel.CALL_191.value)
    assert intake._foot.number.text() != promised


def test_a_type_is_found_by_a_word_and_taken_with_enter(
    console: Console, intake: IntakePanel
) -> None:
    type_text("ทรัพย์")
    assert intake.type_field.list.isVisible()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    taken = intake.report().category
    assert taken in BY_CODE and "ทรัพย์" in BY_CODE[taken].name
    assert intake.report().priority is BY_CODE[taken].priority
    assert focused() is intake.place_field.line
    assert not intake.type_field.list.isVisible()


def test_saving_takes_the_suggestion_still_on_offer_as_enter_would(
    console: Console, intake: IntakePanel, qtbot: QtBot
) -> None:
    type_text("23")
    intake.place_field.line.setFocus()
    type_text("ท่าเรือ")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not intake.isVisible())
    assert console.window.live.selected is not None
    assert console.window.live.selected.report.lat_deg is not None


def test_escape_closes_the_suggestions_first_and_then_puts_the_report_aside(
    console: Console, intake: IntakePanel
) -> None:
    fill(intake)
    intake.place_field.line.setFocus()
    intake.place_field.line.selectAll()
    type_text("ตลาด")
    before = held(intake)
    assert intake.place_field.list.isVisible()
    press(Qt.Key.Key_Escape)
    assert not intake.place_field.list.isVisible() and intake.isVisible()
    assert "Ctrl D" in console.window.status.caps, "the foot tells the keys of what is being typed"
    press(Qt.Key.Key_Escape)
    assert not intake.isVisible()
    assert focused() is console.window.live.table
    assert "D" in console.window.status.caps and "Ctrl D" not in console.window.status.caps
    press(Qt.Key.Key_F2)
    assert held(intake) == before, "what was put aside is still there"


@pytest.mark.parametrize("typed", ["16.5431, 104.7228", "48QVD7043829292"])
def test_coordinates_of_any_kind_are_a_place(
    console: Console, intake: IntakePanel, typed: str
) -> None:
    intake.place_field.line.setFocus()
    type_text(typed)
    press(Qt.Key.Key_Return)
    report = intake.report()
    assert report.lat_deg == pytest.approx(16.54, abs=0.05)
    assert report.lon_deg == pytest.approx(104.72, abs=0.05)
    assert "490101" in {area.id for area in report.areas} or report.areas


def test_a_click_on_the_map_fills_the_place(
    console: Console, intake: IntakePanel, qtbot: QtBot
) -> None:
    fill(intake)
    live = console.window.live
    qtbot.waitUntil(live.map.is_sharp, timeout=10_000)
    before = intake.report()
    empty = next(
        QPoint(x, y)
        for x in range(60, live.map.width() - 60, 7)
        for y in range(60, live.map.height() - 60, 7)
        if live.map._what_is_at(QPoint(x, y).toPointF()) == (None, None)
    )
    with qtbot.waitSignal(live.map.place_clicked):
        target = live.map.childAt(empty) or live.map
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(live.map, empty))
    after = intake.report()
    assert after.place
    assert (after.lat_deg, after.lon_deg) != (before.lat_deg, before.lon_deg)


def test_a_click_on_a_tile_fills_the_place(
    console: Console, intake: IntakePanel, qtbot: QtBot
) -> None:
    tile = console.window.live.grid.tiles[0]
    assert tile.camera is not None
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert intake.report().place == f"{tile.camera.id} {tile.camera.name}"
    assert intake.report().lat_deg == tile.camera.lat_deg


def refused(console: Console, intake: IntakePanel, sentence: str) -> None:
    """Saving is answered with this sentence; nothing is lost and nothing is written."""
    before, head = held(intake), console.log.head()
    press(Qt.Key.Key_Return, CONTROL)
    assert sentence in complaint(intake), complaint(intake)
    assert any("ก" <= letter <= "๙" for letter in complaint(intake)), "a sentence in Thai"
    assert intake.isVisible() and held(intake) == before
    officer = console.desk.officer.actor
    console.log.append(NoteAdded("inc-none", "-"), actor=officer).result()
    with console.log.reading() as db:  # the program itself may have written meanwhile: a seal
        added = entries_after(db, head.origin, head.n)
    own = [entry.kind for entry in added if entry.actor == officer.id]
    assert own == ["note_added"], "nothing of the officer's was written before"


def test_an_empty_report_is_told_what_is_missing(console: Console, intake: IntakePanel) -> None:
    refused(console, intake, tr("No type of incident was chosen."))


def test_a_report_without_a_place_is_told_so(console: Console, intake: IntakePanel) -> None:
    type_text("23")
    intake.narrative.setPlainText(WHAT_HAPPENED)
    refused(console, intake, tr("The report has no place."))


def test_a_hundred_thousand_characters_are_refused_and_kept(
    console: Console, intake: IntakePanel
) -> None:
    fill(intake, "ก" * 100_000)
    refused(console, intake, "100,000")
    assert len(intake.narrative.toPlainText()) == 100_000


@pytest.mark.parametrize("place", ["48.8584, 2.2945", "-16.5, 104.7"])
def test_a_place_outside_thailand_is_refused(
    console: Console, intake: IntakePanel, place: str
) -> None:
    fill(intake)
    intake.place_field.line.setFocus()
    intake.place_field.line.selectAll()
    type_text(place)
    press(Qt.Key.Key_Escape) if intake.place_field.list.isVisible() else None
    refused(console, intake, "ประเทศไทย")


@contextmanager
def full_disk(console: Console) -> Iterator[None]:
    """No page more fits into the log, as on a full disk."""

    def limit(db: Connection) -> list[Fact]:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
        return [NoteAdded("inc-none", "ก" * 50_000)]

    def room_again(db: Connection) -> list[Fact]:
        db.execute("PRAGMA max_page_count = 1073741823")
        return [NoteAdded("inc-none", "-")]

    actor = console.desk.officer.actor
    with pytest.raises(KnownError):
        console.log.write(limit, actor=actor).result()
    yield
    console.log.write(room_again, actor=actor).result()


def test_a_disk_that_fills_while_saving_loses_nothing_that_was_typed(
    console: Console, intake: IntakePanel, qtbot: QtBot, expected_log: ExpectedLog
) -> None:
    expected_log("could not be written")
    fill(intake, "ข" * 19_000)
    before = held(intake)
    with full_disk(console):
        head = console.log.head()
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: bool(complaint(intake)))
        assert tr("The disk is full.") in complaint(intake)
        assert intake.isVisible() and held(intake) == before
        assert console.log.head() == head
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not intake.isVisible())
    assert console.window.live.selected is not None
    assert console.window.live.selected.report.narrative == "ข" * 19_000
    assert verify(console.folder.database, all_views()).ok


def test_the_priority_can_be_set_against_the_types_own(
    console: Console, intake: IntakePanel
) -> None:
    type_text("23")
    intake.priority.setFocus()
    press(Qt.Key.Key_Home)
    assert intake.report().priority is Priority.URGENT


def test_ctrl_enter_twice_saves_one_report(
    console: Console, intake: IntakePanel, qtbot: QtBot
) -> None:
    fill(intake)
    before = len(console.desk.open_incidents())
    press(Qt.Key.Key_Return, CONTROL)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not intake.isVisible())
    console.log.append(NoteAdded("inc-none", "-"), actor=console.desk.officer.actor).result()
    assert len(console.desk.open_incidents()) == before + 1
