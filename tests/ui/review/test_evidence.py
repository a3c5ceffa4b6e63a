"""A-B, lock, bookmark, still, export, and the entry of every viewing: on the real console."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import ScriptedClock, to_stored
from app.log import Actor, Role
from app.ui.export_jobs import ExportState
from app.ui.review.kept_list import KeptRow
from app.ui.review.review_place import ReviewPlace
from app.video.archive.locks import FootageLocked, LockedFootage, LockState
from tests.ui.conftest import NOW
from tests.ui.driving import CONTROL, focused, press, type_text
from tests.ui.review.conftest import BEGAN, CAMERAS, CLIP_S, HOLE, at_the_market
from tests.ui.review.test_review_place import MIDDLE, open_market
from tests.ui.test_unfinished import change_language

RECORDER = Actor("recorder", Role.PROGRAM)
A, B = MIDDLE, MIDDLE + timedelta(seconds=40)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def entries_of_kind(console: Console, kind: str) -> list[dict[str, object]]:
    """The bodies of every entry of a kind, oldest first."""
    with console.log.reading() as db:
        rows = db.execute("SELECT body FROM entries WHERE kind = ? ORDER BY seq", (kind,))
        return [json.loads(row[0]) for row in rows]


def rows(review: ReviewPlace, kind: str) -> list[KeptRow]:
    return [row for row in review.kept.rows if row.kind == kind and row.id]


def said(review: ReviewPlace, kind: str) -> str | None:
    """What stands at the right of the newest row of a kind; None while there is none."""
    return next((row.right for row in rows(review, kind)), None)


def set_span(review: ReviewPlace, console: Console, qtbot: QtBot) -> None:
    open_market(review, console, qtbot)
    review.grid.setFocus()
    type_text("i")
    review.transport.seek(B)
    type_text("o")
    review.card.reason.setText("พนักงานสอบสวนขอ ปจว. 14/2569")
    assert (review.transport.a, review.transport.b) == (A, B)


def test_i_and_o_set_a_and_b_and_the_card_tells_what_lies_between(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    set_span(review, console, qtbot)
    values = review.card._values
    assert values["length"].text() == "40 วินาที"
    qtbot.waitUntil(lambda: values["cut"].text() != "–", timeout=5_000)
    assert values["cut"].text() == "10:41:15.0 – 10:41:57.0"  # groups of two seconds
    assert values["size"].text().startswith("≈ ") and values["size"].text().endswith("H.264")
    assert values["gaps"].text() == "ไม่มีในช่วงนี้"
    hole = BEGAN + timedelta(seconds=CLIP_S * HOLE)
    review.transport.set_span(A, hole + timedelta(seconds=CLIP_S))
    qtbot.waitUntil(lambda: values["gaps"].text().startswith("C02 20 วิ"), timeout=5_000)


def test_b_before_a_takes_the_other_away(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    set_span(review, console, qtbot)
    review.transport.seek(A - timedelta(seconds=10))
    type_text("o")
    assert review.transport.a is None
    assert not review.card.lock.isEnabled()


def test_lock_and_export_wait_for_a_reason_and_say_so(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    set_span(review, console, qtbot)
    assert review.card.lock.isEnabled() and review.card.export.isEnabled()
    review.card.reason.clear()
    assert not review.card.lock.isEnabled() and not review.card.export.isEnabled()
    assert review.card.lock.toolTip()
    press(Qt.Key.Key_K, CONTROL | SHIFT)
    assert focused() is review.card.reason
    assert entries_of_kind(console, "footage_lock_requested") == []


def test_a_lock_is_being_locked_until_the_recorder_has_said_so(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    set_span(review, console, qtbot)
    press(Qt.Key.Key_K, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: len(rows(review, "lock")) == 1, timeout=5_000)
    (row,) = rows(review, "lock")
    assert row.right == "กำลังล็อก…" and row.colour == "amber"
    (asked,) = entries_of_kind(console, "footage_lock_requested")
    assert asked["cameras"] == list(CAMERAS)
    assert (asked["begins"], asked["ends"]) == (to_stored(A), to_stored(B))
    assert asked["incident_id"] == at_the_market(console).id
    lane = review.timeline.data.row_of("C01")
    assert lane is not None and [lock.is_sure for lock in lane.locks] == [False]
    locked = tuple(LockedFootage(one, A, B, 9) for one in CAMERAS)
    fact = FootageLocked(row.id, str(asked["incident_id"]), locked)
    console.log.append(fact, actor=RECORDER).result()
    qtbot.waitUntil(lambda: said(review, "lock") == "", timeout=5_000)
    assert console.footage.desk.locks()[0].state is LockState.LOCKED
    lane = review.timeline.data.row_of("C01")
    assert lane is not None and [lock.is_sure for lock in lane.locks] == [True]


def test_a_lock_may_have_an_end(review: ReviewPlace, console: Console, qtbot: QtBot) -> None:
    set_span(review, console, qtbot)
    review.card.keep.choose(90)
    press(Qt.Key.Key_K, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: len(rows(review, "lock")) == 1, timeout=5_000)
    (asked,) = entries_of_kind(console, "footage_lock_requested")
    assert asked["until"] == to_stored(NOW + timedelta(days=90))
    assert "20 ก.พ. 2570" in rows(review, "lock")[0].detail


def test_unlocking_needs_a_reason_and_is_asked_of_the_recorder(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    set_span(review, console, qtbot)
    press(Qt.Key.Key_K, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: len(rows(review, "lock")) == 1, timeout=5_000)
    (row,) = rows(review, "lock")
    review.card.reason.clear()
    review.kept.removal_requested.emit("lock", row.id)
    assert entries_of_kind(console, "footage_unlock_requested") == []
    assert console.window.notice.text, "without a reason nothing is unlocked, and it says so"
    review.card.reason.setText("คดีถึงที่สุดแล้ว")
    review.kept.removal_requested.emit("lock", row.id)
    qtbot.waitUntil(lambda: said(review, "lock") == "กำลังปลดล็อก…", timeout=5_000)
    (asked,) = entries_of_kind(console, "footage_unlock_requested")
    assert asked["reason"] == "คดีถึงที่สุดแล้ว"


def test_m_marks_the_moment_and_a_click_leads_back_to_it(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    review.grid.setFocus()
    review.grid.select("C03")
    type_text("m")
    qtbot.waitUntil(review.note.isVisible, timeout=5_000)
    review.note.line.setText("จยย. ออกไปทางทิศใต้")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: [row.words for row in rows(review, "mark")] == ["จยย. ออกไปทางทิศใต้"], timeout=5_000
    )
    lane = review.timeline.data.row_of("C03")
    assert lane is not None and [mark.at_s for mark in lane.marks] == [MIDDLE.timestamp()]
    review.transport.go_to(MIDDLE + timedelta(minutes=1))
    review.grid.select("C01")
    (row,) = rows(review, "mark")
    review.kept.opened.emit("mark", row.id)
    assert review.transport.at == MIDDLE and review.grid.selected == "C03"
    review.kept.removal_requested.emit("mark", row.id)
    qtbot.waitUntil(lambda: rows(review, "mark") == [], timeout=5_000)


def test_f5_attaches_the_recorded_frame_to_the_incident(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    review.grid.setFocus()
    before = entries_of_kind(console, "snapshot_taken")
    press(Qt.Key.Key_F5)
    qtbot.waitUntil(
        lambda: len(entries_of_kind(console, "snapshot_taken")) == len(before) + 1, timeout=8_000
    )
    still = entries_of_kind(console, "snapshot_taken")[-1]
    assert (still["camera_id"], still["taken_at"]) == ("C01", to_stored(MIDDLE))
    assert (still["width_px"], still["height_px"]) == (320, 180), "as it was recorded"
    assert still["clock_ahead_s"] == -0.3
    assert (console.folder.evidence / str(still["file_name"])).is_file()


def test_every_viewing_is_an_entry_with_what_was_seen_and_why(
    review: ReviewPlace, console: Console, clock: ScriptedClock, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    review.card.reason.setText("ปจว. 14/2569")
    review._refresh.words()
    clock.advance(20)
    review._refresh.words()
    qtbot.waitUntil(lambda: len(entries_of_kind(console, "footage_viewed")) == 1, timeout=5_000)
    viewed = entries_of_kind(console, "footage_viewed")[0]
    incident = at_the_market(console)
    assert viewed["incident_id"] == incident.id and viewed["place"] == incident.report.place
    assert viewed["reason"] == "ปจว. 14/2569"
    footage = viewed["footage"]
    assert isinstance(footage, list)
    assert [one["camera_id"] for one in footage] == list(CAMERAS)
    assert all([to_stored(MIDDLE)] * 2 in one["spans"] for one in footage)
    qtbot.waitUntil(lambda: "ลงบันทึกแล้ว" in review.viewing._when.text(), timeout=5_000)
    story, _ = console.desk.story(incident.id)
    assert any("C01" in str(line.text.values.get("cameras", "")) for line in story)


def test_who_leaves_the_place_has_watched_what_was_watched(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    review._refresh.words()
    console.window.show_place("live")
    qtbot.waitUntil(lambda: len(entries_of_kind(console, "footage_viewed")) == 1, timeout=5_000)


def test_a_glance_that_ends_before_the_next_tick_is_a_viewing_too(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    review._refresh._timers[1].stop()  # what else would note it every half second
    open_market(review, console, qtbot)
    console.window.show_place("live")
    qtbot.waitUntil(lambda: len(entries_of_kind(console, "footage_viewed")) == 1, timeout=5_000)


def test_touching_the_timeline_writes_no_entry_for_each_touch(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    entries = console.log.count()
    for second in range(40):
        review.transport.seek(MIDDLE + timedelta(seconds=second))
        review._refresh.words()
    qtbot.wait(50)
    assert console.log.count() == entries


def test_an_export_is_made_checked_logged_and_listed_though_the_place_was_left(
    review: ReviewPlace, console: Console, qtbot: QtBot, tmp_path: Path
) -> None:
    set_span(review, console, qtbot)
    target = tmp_path / "stick"
    target.mkdir()
    review.exports.export_to(target)
    qtbot.waitUntil(lambda: bool(rows(review, "export")), timeout=5_000)
    assert rows(review, "export")[0].words.startswith(("4 กล้อง", "mukdahan"))
    console.window.show_place("live")
    qtbot.waitUntil(lambda: not console.footage.exports.are_running, timeout=20_000)
    (job,) = console.footage.exports.jobs
    assert job.state is ExportState.DONE, job.error
    assert job.is_sound is True
    assert job.package is not None and (job.package.path / "manifest.json").is_file()
    (entry,) = entries_of_kind(console, "clip_exported")
    assert entry["reason"] == "พนักงานสอบสวนขอ ปจว. 14/2569"
    console.window.show_place("review")
    qtbot.waitUntil(lambda: said(review, "export") == "ตรวจลายเซ็นผ่าน", timeout=5_000)
    assert job.package.package in rows(review, "export")[0].words
    assert "ส่งออกแล้ว" in console.window.notice.text


def test_a_cancelled_export_leaves_nothing(
    review: ReviewPlace, console: Console, qtbot: QtBot, tmp_path: Path
) -> None:
    set_span(review, console, qtbot)
    target = tmp_path / "stick"
    target.mkdir()
    review.exports.export_to(target)
    (job,) = console.footage.exports.jobs
    review.kept.removal_requested.emit("export", job.id)
    qtbot.waitUntil(lambda: not console.footage.exports.are_running, timeout=20_000)
    if console.footage.exports.jobs[0].state is ExportState.CANCELLED:  # it may have been quicker
        assert list(target.iterdir()) == []
        assert entries_of_kind(console, "clip_exported") == []
        qtbot.waitUntil(lambda: said(review, "export") == "ยกเลิกแล้ว", timeout=5_000)


def test_an_export_to_nowhere_is_said_with_what_to_do(
    review: ReviewPlace, console: Console, qtbot: QtBot, tmp_path: Path
) -> None:
    set_span(review, console, qtbot)
    review.exports.export_to(tmp_path / "gone")
    qtbot.waitUntil(lambda: not console.footage.exports.are_running, timeout=20_000)
    (job,) = console.footage.exports.jobs
    assert job.state is ExportState.FAILED
    assert console.window.notice.text.count("\n") >= 1, "what happened, and what to do"
    assert entries_of_kind(console, "clip_exported") == []


@pytest.mark.parametrize("plays", [False, True])
def test_a_change_of_language_keeps_place_time_a_b_and_the_typed_reason(
    review: ReviewPlace, console: Console, clock: ScriptedClock, qtbot: QtBot, plays: bool
) -> None:
    set_span(review, console, qtbot)
    review.card.reason.setText("ปจว. 14/2569")
    review.timeline.show_scale(review.timeline.scale.centred(MIDDLE.timestamp(), 600))
    review.grid.select("C02")
    if plays:
        review.transport.play(2.0)
    before = review.transport.at
    scale = review.timeline.scale
    change_language(console, qtbot)
    after = console.window.review
    assert after is not review and console.window.place_id == "review"
    assert (after.transport.a, after.transport.b) == (A, B)
    assert after.card.reason.text() == "ปจว. 14/2569"
    assert after.places.place == review.places.place
    assert after.grid.chosen == CAMERAS and after.grid.selected == "C02"
    assert after.transport.at == before and after.transport.runs is plays
    assert after.timeline.scale.span_s == scale.span_s
    assert list(after.grid._asked) == list(CAMERAS)
    qtbot.waitUntil(lambda: all(tile.shown is not None for tile in after.grid.tiles), timeout=8_000)
