"""The Log place on the real console: typed, narrowed, read, saved, taken out, kept up to date."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.application import CONSOLE, Console
from app.demo.people import OFFICERS
from app.incidents import workflow
from app.incidents.incident import Incident
from app.incidents.register import incidents_between
from app.station import csv_cells
from app.thai.translation import tr
from app.ui.log_place.hit_row import HitRow
from app.ui.log_place.log_place import LogPlace
from tests.station_log import a_report
from tests.ui.conftest import NOW
from tests.ui.driving import CONTROL, focused, press, type_text

ACTOR = OFFICERS[1].actor
WORDS = "กระเป๋าสานสีม่วง"


@pytest.fixture
def place(console: Console, qtbot: QtBot) -> LogPlace:
    """Ctrl+3."""
    console.window.resize(1600, 900)
    press(Qt.Key.Key_3, CONTROL)
    made = console.window.log
    qtbot.waitUntil(lambda: made.map is not None and made.model.rowCount() > 0, timeout=10_000)
    return made


def all_incidents(console: Console) -> list[Incident]:
    with console.log.reading() as db:
        return incidents_between(db, NOW.replace(year=2020), NOW.replace(year=2030), 10_000)


def rows(place: LogPlace) -> list[HitRow]:
    found = [place.model.row_at(number) for number in range(place.model.rowCount())]
    assert all(row is not None for row in found)
    return [row for row in found if row is not None]


def numbers(place: LogPlace) -> list[str]:
    return [row.number.text for row in rows(place)]


def marked(row: HitRow) -> set[str]:
    return {
        one.text[span.start : span.end]
        for one in (row.number, row.first, row.second)
        for span in one.spans
    }


def report(console: Console, **changes: object) -> str:
    """Another officer takes a report; its id."""
    from app.incidents.intake import report_incident

    written = report_incident(
        console.log, a_report(**changes), actor=ACTOR, clock=console.desk.clock
    )
    return written.result()[0].subject


def chips(place: LogPlace) -> list[str]:
    return [chip.words for chip in place.bar.chips.chips]


def test_a_search_from_the_first_letter_to_the_live_place(
    console: Console, place: LogPlace, qtbot: QtBot
) -> None:
    total = len(all_incidents(console))
    assert place.model.rowCount() == total and focused() is place.bar.line
    assert numbers(place) == [one.number for one in reversed(all_incidents(console))]
    # a report and a note of somebody else's appear by themselves
    first = report(console, narrative=f"ลืม{WORDS}ไว้บนรถสองแถว")
    second = report(console, narrative="ทะเลาะกันเสียงดัง")
    workflow.add_note(console.log, second, f"พบ{WORDS}ในที่เกิดเหตุ", actor=ACTOR).result()
    qtbot.waitUntil(lambda: place.model.rowCount() == total + 2, timeout=5_000)
    # two words, in any order, one of them in the note only
    type_text(f"{WORDS} เสียงดัง")
    qtbot.waitUntil(lambda: place.model.rowCount() == 1, timeout=5_000)
    (hit,) = rows(place)
    assert hit.incident_id == second and hit.lead == tr("Note:")
    assert marked(hit) == {WORDS, "เสียงดัง"}
    assert chips(place) == [WORDS, "เสียงดัง"]
    # a chip goes: both are found
    place.bar.chip_taken_away.emit("word", "เสียงดัง")
    qtbot.waitUntil(lambda: place.model.rowCount() == 2, timeout=5_000)
    assert place.bar.line.text() == WORDS
    assert [row.incident_id for row in rows(place)] == [second, first]
    # what was found grows while it is looked at
    third = report(console, narrative=f"{WORDS}อีกใบ")
    qtbot.waitUntil(lambda: place.model.rowCount() == 3, timeout=5_000)
    # chosen in the list is chosen everywhere, and opened in the Live place
    press(Qt.Key.Key_Down)
    assert console.selection.incident_id == third
    press(Qt.Key.Key_Down)
    assert console.selection.incident_id == second
    assert place.story._shown and console.window.live.selected is not None
    press(Qt.Key.Key_Return)
    assert console.window.place_id == "live"
    assert console.window.live.selected.id == second


def test_filters_times_and_what_is_not_understood(
    console: Console, place: LogPlace, qtbot: QtBot
) -> None:
    every = all_incidents(console)
    closed = [one.number for one in reversed(every) if not one.is_open]
    assert closed and len(closed) < len(every)
    # a tick narrows, its chip takes it away
    place.filters.list.ticked.emit("states", "closed", True)
    qtbot.waitUntil(lambda: numbers(place) == closed, timeout=5_000)
    model = place.filters.list.rows
    ticked = [n for n in range(model.rowCount()) if model.is_ticked(n)]
    assert [model.at(n).value for n in ticked] == ["closed"]
    qtbot.waitUntil(lambda: model.count_of(ticked[0]) == len(closed), timeout=5_000)
    # a time in words
    place.filters.when.setFocus()
    type_text("เมื่อวาน")
    assert place.asking.understood.span is None
    qtbot.waitUntil(lambda: len(chips(place)) == 2, timeout=5_000)
    qtbot.waitUntil(lambda: place.asking.answer.is_all, timeout=5_000)  # type: ignore[union-attr]
    span = place.asking.understood.span
    assert span is not None and span.since is not None and span.until is not None
    yesterday = [
        one.number
        for one in reversed(every)
        if not one.is_open and span.since <= one.reported_at < span.until
    ]
    qtbot.waitUntil(lambda: numbers(place) == yesterday, timeout=5_000)
    # what is no time is said, and hides nothing
    place.filters.when.clear()
    type_text("วันไหนก็ได้")
    qtbot.waitUntil(lambda: numbers(place) == closed, timeout=5_000)
    assert "วันไหนก็ได้" in place.filters.when_words.text()
    # Esc gives everything again, one thing at a time
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Slash)
    type_text("ไม่มีคำนี้แน่นอน")
    qtbot.waitUntil(lambda: place.model.rowCount() == 0, timeout=5_000)
    assert place.emptiness.isVisible() and not place.table.isVisible()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: place.model.rowCount() == len(every), timeout=5_000)
    assert place.asking.asked.is_empty and chips(place) == []


def test_a_search_is_kept_asked_again_and_its_hits_taken_out(
    console: Console, place: LogPlace, qtbot: QtBot, tmp_path: Path
) -> None:
    report(console, narrative=f"=ลืม{WORDS}")
    before = place.filters.saved.count()
    type_text(WORDS)
    qtbot.waitUntil(lambda: place.model.rowCount() == 1, timeout=5_000)
    press(Qt.Key.Key_S, CONTROL)
    assert place.form.isVisible() and focused() is place.form.line
    press(Qt.Key.Key_A, CONTROL)
    type_text("กระเป๋าสาน")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.filters.saved.count() == before + 1, timeout=5_000)
    assert not place.form.isVisible()
    place.asking.clear()
    qtbot.waitUntil(lambda: place.model.rowCount() > 1, timeout=5_000)
    place.filters.saved.setFocus()
    saved = place.filters.saved
    names = [saved.item(row).text() for row in range(saved.count())]
    saved.setCurrentRow(names.index("กระเป๋าสาน"))
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.model.rowCount() == 1, timeout=5_000)
    assert place.bar.line.text() == WORDS
    path = tmp_path / "out.csv"
    place.tables.begin(path)
    qtbot.waitUntil(path.exists, timeout=10_000)
    qtbot.waitUntil(lambda: not place.strip.isVisible(), timeout=5_000)
    heads, row = csv_cells.read(path.read_bytes(), likeness=len)
    assert f"=ลืม{WORDS}" in row and len(heads) == len(row)
    kinds = [entry.kind for entry in console.log.entries_of("incidents")]
    assert kinds == ["incidents_exported"]
    # the same question in another language's window
    console.set_language("en")
    console.window.show_place("log")
    other = console.window.log
    assert other is not place and other.bar.line.text() == WORDS
    qtbot.waitUntil(lambda: other.model.rowCount() == 1, timeout=5_000)
    console.set_language("th")
    console.log.append(actor=CONSOLE).result()


def test_the_palette_finds_an_incident_by_its_words(console: Console, qtbot: QtBot) -> None:
    incident_id = report(console, narrative=f"ผู้แจ้งลืม{WORDS}ไว้บนรถสองแถว")
    console.log.append(actor=CONSOLE).result()
    press(Qt.Key.Key_K, CONTROL)
    type_text("สานสีม่วง")
    card = console.window.palette_card

    def found() -> Sequence[object]:
        return [row for row in card.list.rows._rows if WORDS in row.detail]

    qtbot.waitUntil(lambda: len(found()) == 1, timeout=5_000)
    row = card.list.rows._rows[0]
    assert row.head == tr("Incidents")
    assert [row.detail[start:end] for start, end in row.detail_spans] == ["สานสีม่วง"]
    press(Qt.Key.Key_Return)
    assert console.selection.incident_id == incident_id


def test_what_was_chosen_before_is_said_to_be_none_of_what_was_found(
    console: Console, place: LogPlace, qtbot: QtBot
) -> None:
    chosen = report(console, narrative="ทะเลาะกันเสียงดัง")
    report(console, narrative=f"ลืม{WORDS}ไว้บนรถสองแถว")
    console.selection.choose(chosen)
    hint = place.story._apart
    qtbot.waitUntil(lambda: place.table.selectionModel().hasSelection(), timeout=5_000)
    assert hint.isHidden()

    type_text(WORDS)
    qtbot.waitUntil(lambda: place.model.rowCount() == 1, timeout=5_000)
    assert not hint.isHidden()

    press(Qt.Key.Key_Down)
    assert hint.isHidden()
