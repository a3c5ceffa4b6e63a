"""The handover's screen: it writes itself, every item is acknowledged, both officers sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.clock import ScriptedClock
from app.duty.handover import NOTES_LIMIT, Handover, HandoverState, past_handovers
from app.duty.handover_page import page_from
from app.thai.translation import Language, set_language
from app.ui.handover.handover_place import HandoverPlace
from app.ui.handover.page_lines import Box
from app.ui.theme import Theme
from app.ui.widgets.labels import ElidedLabel
from tests.station_log import on_a_full_disk, take, with_room_again
from tests.ui.conftest import NOW
from tests.ui.handover.room import PASSWORDS, PHICHAI, SURACHAI, VIEWER, Room, a_room


@pytest.fixture
def clock() -> ScriptedClock:
    """10:46:31, in the morning shift."""
    return ScriptedClock(NOW)


@pytest.fixture
def room(tmp_path: Path, clock: ScriptedClock, theme: Theme, qtbot: QtBot) -> Iterator[Room]:
    with a_room(tmp_path, clock, theme, qtbot) as room:
        take(room.log, clock, place="ท่าเรือข้ามฟาก")
        take(room.log, clock, place="ตลาดอินโดจีน")
        room.look()
        yield room


def shown_cells(room: Room) -> list[tuple[str, ...]]:
    return [line.row.cells for line in room.place.list.lines if line.row is not None]


def press(room: Room, key: Qt.Key) -> None:
    QTest.keyClick(room.place.list, key)


def test_the_page_writes_itself_and_goes_on_until_it_is_signed(room: Room) -> None:
    assert [cells[2] for cells in shown_cells(room)] == ["ตลาดอินโดจีน", "ท่าเรือข้ามฟาก"]
    assert room.boxes() == [Box.NONE, Box.NONE]
    assert room.place.bar.title.text() == "ส่งเวร อา. 22 พ.ย. 2569"
    take(room.log, room.clock, place="วัดศรีมงคลใต้")
    room.look()
    assert next(cells[2] for cells in shown_cells(room)) == "วัดศรีมงคลใต้"


def test_until_the_log_has_been_read_it_says_so(room: Room, theme: Theme, qtbot: QtBot) -> None:
    place = HandoverPlace(theme, room.handover)
    qtbot.addWidget(place)
    (told,) = place.bar.findChildren(ElidedLabel)
    assert told.text() == "กำลังจัดทำหน้านี้จากบันทึก…"
    place.show_now()
    assert told.text().startswith("จัดทำจากบันทึกโดยอัตโนมัติ")


def test_what_is_signed_is_what_was_shown(room: Room) -> None:
    cells = shown_cells(room)
    room.write("19:00 ขบวนแห่")
    assert room.handover.waiting is not None
    page = page_from(room.handover.waiting.page_text)
    assert [row.cells for row in page.rows] == cells
    assert page.notes == "19:00 ขบวนแห่"
    assert room.place.signing.notes.isReadOnly()


def test_space_acknowledges_item_by_item_and_only_then_it_can_be_accepted(room: Room) -> None:
    room.write()
    signing = room.place.signing
    assert room.boxes() == [Box.OPEN, Box.OPEN]
    assert not signing.sign.isEnabled() and signing.why_not.text()
    room.place.list.setFocus()
    room.place.list.go_to_next()
    press(room, Qt.Key.Key_Space)
    assert room.boxes() == [Box.DONE, Box.OPEN]
    assert (signing.bar.value(), signing.bar.maximum()) == (1, 2)
    press(room, Qt.Key.Key_Space)
    assert room.boxes() == [Box.DONE, Box.DONE] and signing.sign.isEnabled()
    press(room, Qt.Key.Key_Backspace)
    assert room.boxes() == [Box.DONE, Box.OPEN] and not signing.sign.isEnabled()


def test_the_mouse_ticks_the_box_and_unticks_it(room: Room) -> None:
    room.write()
    view = room.place.list
    index = view.model().index(1, 0)
    box = view._painter.box_of(view.visualRect(index)).center()
    for expected in (Box.DONE, Box.OPEN):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box)
        assert room.boxes()[0] is expected


def test_accepted_the_desk_is_the_incoming_officer_s(room: Room) -> None:
    room.write()
    room.acknowledge_all()
    assert room.handover.draft.incoming == PHICHAI.id
    room.accept()
    assert not room.refused
    assert room.taken == [PHICHAI]
    with room.log.reading() as db:
        (past,) = past_handovers(db, 9)
    assert (past.state, past.outgoing, past.incoming) == (
        HandoverState.ACCEPTED, "officer-1", "officer-2",
    )  # fmt: skip
    assert not room.handover.draft.acknowledged


@pytest.mark.parametrize("typed", ["ผิดแน่นอน", ""])
def test_without_the_right_password_nothing_is_signed(room: Room, typed: str) -> None:
    head = room.log.head()
    room.place.signing.notes.setPlainText("โน้ตที่พิมพ์ไว้")
    room.place.signing.outgoing.password.setText(typed)
    room.place.sign()
    room.qtbot.waitUntil(lambda: room.place.signing.complaint.isVisible(), timeout=10_000)
    room.settle()
    assert room.handover.waiting is None
    assert room.place.signing.notes.toPlainText() == "โน้ตที่พิมพ์ไว้"
    kinds = [one.kind for one in room.log.entries_of("officer-1")]
    assert "handover_written" not in kinds
    assert typed or room.log.head() == head
    assert room.place.signing.outgoing.password.text() == ""


def test_a_viewer_reads_why_not_and_whom_to_ask(
    tmp_path: Path, clock: ScriptedClock, theme: Theme, qtbot: QtBot
) -> None:
    with a_room(tmp_path, clock, theme, qtbot, officer=VIEWER) as room:
        assert not room.place.signing.sign.isEnabled()
        assert "ร้อยเวร" in room.place.signing.why_not.text() or room.place.signing.why_not.text()


def test_what_came_in_since_then_is_shown_and_has_to_be_acknowledged(room: Room) -> None:
    room.write()
    room.acknowledge_all()
    room.clock.advance(120)
    take(room.log, room.clock, place="หลังศูนย์ราชการ")
    room.look()
    assert room.place.list.lines[0].id == "head:since"
    assert room.boxes()[0] is Box.OPEN and not room.place.signing.sign.isEnabled()
    room.acknowledge_all()
    room.accept()
    with room.log.reading() as db:
        (past,) = past_handovers(db, 9)
    assert "หลังศูนย์ราชการ" in past.since
    assert len(past.acknowledged) == 3


def test_what_comes_in_while_the_password_is_typed_is_not_overlooked(room: Room) -> None:
    room.write()
    room.acknowledge_all()
    room.handover.is_watched = False  # the screen has not heard of it yet
    take(room.log, room.clock, place="แยกพิทักษ์พนมเขต")
    room.accept()
    assert room.refused and room.handover.waiting is not None
    assert [row.cells[2] for row in room.handover.missing] == ["แยกพิทักษ์พนมเขต"]


def test_given_back_it_loses_neither_notes_nor_what_was_acknowledged(room: Room) -> None:
    room.write("ปิดถนน 19:00")
    room.place.list.go_to_next()
    room.place.list.acknowledge_current()
    room.place.ask_to_give_back()
    room.place.signing.asking.reason.line.setText("ขาดเรื่องกล้อง")
    room.place.signing.asking.confirm.click()
    room.qtbot.waitUntil(lambda: room.handover.waiting is None, timeout=10_000)
    room.settle()
    assert room.place.signing.notes.toPlainText() == "ปิดถนน 19:00"
    room.write()
    assert room.boxes() == [Box.DONE, Box.OPEN]


def test_another_officer_has_to_read_it_anew(room: Room) -> None:
    room.write()
    room.acknowledge_all()
    signing = room.place.signing
    signing.incoming.officers.setCurrentIndex(1)
    assert room.handover.draft.incoming == SURACHAI.id
    assert room.boxes() == [Box.OPEN, Box.OPEN]


def test_a_handover_that_nobody_accepts_waits_after_a_restart_with_what_was_read(
    tmp_path: Path, clock: ScriptedClock, theme: Theme, qtbot: QtBot
) -> None:
    with a_room(tmp_path, clock, theme, qtbot) as room:
        take(room.log, clock)
        take(room.log, clock)
        room.look()
        room.write()
        room.place.list.go_to_next()
        room.place.list.acknowledge_current()
    clock.advance(60)
    with a_room(tmp_path, clock, theme, qtbot, officer=PHICHAI) as room:
        assert room.handover.waiting is not None
        assert sorted(room.boxes()) == [Box.DONE, Box.OPEN]


def test_notes_that_are_too_long_are_kept_and_not_signed(room: Room) -> None:
    room.write("ก" * (NOTES_LIMIT + 1))
    assert "4,001" in room.complaint and room.handover.waiting is None
    assert len(room.place.signing.notes.toPlainText()) == NOTES_LIMIT + 1


def test_half_a_character_in_the_notes_is_refused_and_stays(room: Room) -> None:
    room.place.signing.notes.setPlainText("ปิดถนน")
    room.handover.set_notes("ปิดถนน \ud83d")
    room.place.signing.outgoing.password.setText(PASSWORDS["officer-1"])
    room.place.sign()
    room.qtbot.waitUntil(lambda: bool(room.refused), timeout=10_000)
    room.settle()
    assert room.handover.waiting is None and room.handover.draft.notes == "ปิดถนน \ud83d"


@pytest.mark.expected_log("disk is full")
def test_on_a_full_disk_nothing_is_signed_and_nothing_lost(room: Room) -> None:
    room.write()
    room.acknowledge_all()
    room.log.write(on_a_full_disk, actor=PHICHAI.actor).result()
    room.accept()
    if not room.refused:
        pytest.skip("the entries found room in pages that were there")
    assert room.handover.waiting is not None and Box.OPEN not in room.boxes()
    room.log.write(with_room_again, actor=PHICHAI.actor).result()
    room.refused.clear()
    room.accept()
    assert room.taken == [PHICHAI]


def test_past_handovers_are_read_as_they_were_signed_under_the_day_they_began(
    room: Room, clock: ScriptedClock
) -> None:
    room.write("โน้ตของเวรเช้า")
    room.acknowledge_all()
    room.accept()
    cells = [row.cells for row in page_from(_only_past(room).page_text).rows]
    clock.advance(timedelta(days=2).total_seconds())
    take(room.log, clock, place="ที่ใหม่")
    room.look()
    room.place.toggle_past()
    words = room.place.past.list.item(0).text()
    day, shift, who = words.splitlines()
    assert (day, shift) == ("อา. 22 พ.ย. 2569", "เวรเช้า 08:00–16:00") and PHICHAI.name in who
    room.place.past.list.setCurrentRow(0)
    assert shown_cells(room) == cells
    assert set(room.boxes()) == {Box.DONE}
    assert room.place.signing.notes.toPlainText() == "โน้ตของเวรเช้า"
    assert not room.place.signing.sign.isVisible()
    assert room.place.back()
    assert shown_cells(room)[0][2] == "ที่ใหม่"


def test_it_is_read_in_the_language_it_was_signed_in(room: Room) -> None:
    room.write()
    set_language(Language.ENGLISH)
    room.look()
    assert room.handover.standing is not None and room.handover.standing.since == ()
    assert room.place.list.lines[0].words == "เหตุที่ยังเปิด"


def test_a_shift_that_nobody_handed_over_is_begun_for_a_reason(room: Room) -> None:
    assert room.place.signing.begin.isVisible()
    room.place.ask_to_begin()
    room.place.signing.asking.reason.line.setText("เริ่มใช้ระบบ")
    room.place.signing.asking.confirm.click()
    room.qtbot.waitUntil(
        lambda: room.handover.standing is not None and room.handover.standing.turn is not None,
        timeout=10_000,
    )
    assert not room.place.signing.begin.isVisible()


def _only_past(room: Room) -> Handover:
    with room.log.reading() as db:
        (past,) = past_handovers(db, 9)
    return past
