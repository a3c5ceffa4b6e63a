"""A handover in the log: two signatures, each item acknowledged, nothing lost when refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.duty.handover import (
    Acknowledged,
    HandoverState,
    accept_handover,
    handover,
    open_handover,
    past_handovers,
    return_handover,
    write_handover,
)
from app.duty.handover_page import needs_word, rows_since, section_text, sha256_of
from app.duty.shift_log import (
    Post,
    begin_shift,
    newest_turn,
    roster_of,
    set_roster,
    set_shift_table,
    shift_table,
    shifts_to_hand_over,
    turn_of,
)
from app.duty.shifts import DEFAULT_SHIFTS, ShiftTable, ShiftTime
from app.errors import KnownError
from app.log import Actor, Log, Role
from app.log.verify import verify
from app.ui.handover.page_words import since_section
from app.views import all_views
from tests.duty.test_handover_page import a_page, a_row
from tests.station_log import ADMINISTRATOR, MORNING, OFFICER, a_station_log

OUTGOING = Actor("officer-1", Role.DUTY_OFFICER)
INCOMING = Actor("officer-2", Role.DUTY_OFFICER)
VIEWER = Actor("officer-9", Role.VIEWER)
ENDING = DEFAULT_SHIFTS.shift_at(MORNING)
BEGINNING = DEFAULT_SHIFTS.after(ENDING)
PAGE = a_page(a_row("inc-1"), a_row("inc-2"), notes="ขบวนแห่ 19:00")
READ_AT = "2026-11-22T08:53:00.000Z"


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(MORNING)


@pytest.fixture
def log(tmp_path: Path, clock: ScriptedClock) -> Iterator[Log]:
    with a_station_log(tmp_path, clock) as log:
        yield log


def written(log: Log, page: str = "") -> str:
    """A handover that waits; its id."""
    text = page or PAGE.text()
    return write_handover(log, ENDING, BEGINNING, text, actor=OUTGOING).result()[0].subject


def words(*ids: str) -> list[Acknowledged]:
    return [Acknowledged(f"incident:{id_}", READ_AT) for id_ in ids]


def accept(log: Log, id_: str, *ids: str, since: str = "", actor: Actor = INCOMING) -> None:
    sha = sha256_of(PAGE.text())
    accept_handover(log, id_, sha, words(*ids), since, actor=actor).result()


def test_two_officers_sign_and_the_next_shift_begins(log: Log, clock: ScriptedClock) -> None:
    id_ = written(log)
    clock.advance(180)
    accept(log, id_, "inc-1", "inc-2")
    with log.reading() as db:
        found = handover(db, id_)
        ended, begun = turn_of(db, ENDING.id), turn_of(db, BEGINNING.id)
        assert open_handover(db) is None
        assert [one.id for one in past_handovers(db, 9)] == [id_]
    assert found is not None and found.state is HandoverState.ACCEPTED
    assert found.page == PAGE
    assert (found.outgoing, found.incoming) == ("officer-1", "officer-2")
    assert (found.ending, found.beginning) == (ENDING, BEGINNING)
    assert found.page_sha256 == sha256_of(found.page_text)
    assert [one.item for one in found.acknowledged] == ["incident:inc-1", "incident:inc-2"]
    assert ended is not None and (ended.ended_by, ended.ended_at) == ("officer-1", clock.now())
    assert begun is not None and begun.started_by == "officer-2" and begun.ended_at is None


def test_the_log_says_who_signed_what(log: Log) -> None:
    id_ = written(log)
    accept(log, id_, "inc-1", "inc-2")
    entries = log.entries_of(id_)
    assert [(one.kind, one.actor) for one in entries] == [
        ("handover_written", "officer-1"), ("handover_accepted", "officer-2"),
    ]  # fmt: skip
    page, accepted = (one.data() for one in entries)
    assert accepted["page_sha256"] == page["page_sha256"] == sha256_of(page["page"])


@pytest.mark.parametrize(
    ("ids", "actor", "says"),
    [
        (("inc-1",), INCOMING, "1 items are not acknowledged"),
        (("inc-1", "inc-2"), OUTGOING, "cannot accept it"),
        (("inc-1", "inc-2"), VIEWER, "As viewer you may not"),
    ],
)
def test_what_is_not_whole_is_not_accepted_and_still_waits(
    log: Log, ids: tuple[str, ...], actor: Actor, says: str
) -> None:
    id_ = written(log)
    head = log.head()
    with pytest.raises(KnownError, match=says):
        accept(log, id_, *ids, actor=actor)
    assert log.head() == head
    with log.reading() as db:
        found = open_handover(db)
    assert found is not None and found.page == PAGE


def test_another_page_than_was_shown_is_not_accepted(log: Log) -> None:
    id_ = written(log, replace(PAGE, notes="อีกหน้าหนึ่ง").text())
    with pytest.raises(KnownError, match="not the one that was shown"):
        accept(log, id_, "inc-1", "inc-2")


def test_what_came_in_between_has_to_be_acknowledged_and_is_kept(log: Log) -> None:
    id_ = written(log)
    rows = rows_since(PAGE, a_page(a_row("inc-1"), a_row("inc-3")))
    assert [needs_word(row) for row in rows] == [True, False]
    since = section_text(since_section(rows))
    with pytest.raises(KnownError, match="1 items are not acknowledged"):
        accept(log, id_, "inc-1", "inc-2", since=since)
    known = [*words("inc-1", "inc-2"), Acknowledged("since:incident:inc-3", READ_AT)]
    accept_handover(log, id_, sha256_of(PAGE.text()), known, since, actor=INCOMING).result()
    with log.reading() as db:
        found = handover(db, id_)
    assert found is not None and found.since == since


def test_one_handover_at_a_time(log: Log) -> None:
    id_ = written(log)
    with pytest.raises(KnownError, match="waits for whoever accepts it"):
        written(log)
    accept(log, id_, "inc-1", "inc-2")
    with pytest.raises(KnownError, match="handed over already"):
        written(log)
    with pytest.raises(KnownError, match="does not wait any more"):
        accept(log, id_, "inc-1", "inc-2")


def test_given_back_it_can_be_written_anew_and_the_first_page_stays(log: Log) -> None:
    first = written(log)
    with pytest.raises(KnownError, match="without a reason"):
        return_handover(log, first, "  ", actor=INCOMING)
    return_handover(log, first, "ขาดกล้อง C06", actor=INCOMING).result()
    second = written(log)
    with log.reading() as db:
        returned, waiting = handover(db, first), open_handover(db)
    assert returned is not None and returned.page == PAGE
    assert (returned.state, returned.reason) == (HandoverState.RETURNED, "ขาดกล้อง C06")
    assert waiting is not None and waiting.id == second


def test_a_handover_nobody_accepts_is_still_there_after_a_restart(
    tmp_path: Path, clock: ScriptedClock
) -> None:
    with a_station_log(tmp_path, clock) as log:
        id_ = written(log)
    with a_station_log(tmp_path, clock) as log, log.reading() as db:
        found = open_handover(db)
    assert found is not None and found.id == id_


def test_an_erased_page_is_gone_and_the_handover_still_counts(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        id_ = written(log)
        accept(log, id_, "inc-1", "inc-2")
        entry = log.entries_of(id_)[0]
        log.erase(entry.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
        with log.reading() as db:
            found = handover(db, id_)
    assert found is not None and found.state is HandoverState.ACCEPTED
    assert (found.page, found.ending, found.outgoing) == (None, None, "officer-1")
    assert verify(tmp_path / "station.db", all_views()).ok


def test_what_is_handed_over_is_the_shift_that_was_begun(log: Log, clock: ScriptedClock) -> None:
    with log.reading() as db:
        assert shifts_to_hand_over(db, clock.now()) == (ENDING, BEGINNING)
    id_ = written(log)
    accept(log, id_, "inc-1", "inc-2")  # at 10:46, long before its end
    with log.reading() as db:
        assert shifts_to_hand_over(db, clock.now())[0] == BEGINNING
        late = BEGINNING.ends_at + timedelta(hours=3)
        assert shifts_to_hand_over(db, late)[0] == BEGINNING
        forgotten = BEGINNING.ends_at + timedelta(hours=5)
        assert shifts_to_hand_over(db, forgotten)[0] == DEFAULT_SHIFTS.shift_at(forgotten)


def test_a_shift_may_be_begun_without_a_handover_for_a_reason(log: Log) -> None:
    with pytest.raises(KnownError, match="unless a reason is given"):
        begin_shift(log, ENDING, "", actor=INCOMING)
    begin_shift(log, ENDING, "เปิดใช้ระบบครั้งแรก", actor=INCOMING).result()
    with log.reading() as db:
        turn = newest_turn(db)
    assert turn is not None and (turn.shift, turn.started_by) == (ENDING, "officer-2")
    with pytest.raises(KnownError, match="begun already"):
        begin_shift(log, ENDING, "อีกครั้ง", actor=OUTGOING).result()


def test_a_shift_that_is_over_is_not_begun_again_and_who_began_one_stays(log: Log) -> None:
    """Somebody began the next shift for a reason while the handover waited."""
    id_ = written(log)
    begin_shift(log, BEGINNING, "ไม่มีผู้รับเวร", actor=OFFICER).result()
    accept(log, id_, "inc-1", "inc-2")
    with log.reading() as db:
        turn = turn_of(db, BEGINNING.id)
    assert turn is not None and turn.started_by == OFFICER.id
    with pytest.raises(KnownError, match="is over"):
        begin_shift(log, ENDING, "อีกครั้ง", actor=OUTGOING).result()


def test_the_station_s_own_hours_hold_from_when_they_are_set(log: Log) -> None:
    table = ShiftTable((ShiftTime(480, "กลางวัน"), ShiftTime(1200, "กลางคืน")))
    with pytest.raises(KnownError, match="without a reason"):
        set_shift_table(log, table, " ", actor=ADMINISTRATOR)
    with pytest.raises(KnownError, match="As duty officer you may not"):
        set_shift_table(log, table, "คำสั่งที่ 1", actor=OUTGOING).result()
    set_shift_table(log, table, "คำสั่ง สภ. ที่ 12/2569", actor=ADMINISTRATOR).result()
    with log.reading() as db:
        assert shift_table(db) == table
        assert shifts_to_hand_over(db, MORNING)[0].called == "กลางวัน"


def test_the_newest_roster_of_a_shift_holds(log: Log) -> None:
    one = Post("ร้อยเวร 20", "ร.ต.อ.พิชัย แสนสุข", officer_id="officer-2")
    two = Post("สายตรวจ", "", "มุกดา 25", unit_id="unit-25")
    set_roster(log, BEGINNING, [two], actor=OUTGOING).result()
    set_roster(log, BEGINNING, [one, two], actor=INCOMING).result()
    with log.reading() as db:
        roster = roster_of(db, BEGINNING.id)
        assert roster_of(db, ENDING.id) is None
    assert roster is not None and roster.posts == (one, two) and roster.actor == "officer-2"


@pytest.mark.parametrize(
    ("posts", "says"),
    [
        ([Post("วิทยุ", "")], "needs a person or a unit"),
        ([Post("วิทยุ", "ก" * 81)], "too long"),
        ([Post("วิทยุ", "ก\u202eข")], "cannot be printed"),
        ([Post("สายตรวจ", "นาย ก")] * 41, "up to 40 posts"),
    ],
)
def test_a_roster_that_will_not_do_is_refused_whole(log: Log, posts: list[Post], says: str) -> None:
    head = log.head()
    with pytest.raises(KnownError, match=says):
        set_roster(log, BEGINNING, posts, actor=OUTGOING)
    assert log.head() == head
