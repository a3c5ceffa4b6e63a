"""Who answers for an incident, and what comes next until when: row, story and deadline say it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.clock import ScriptedClock
from app.duty.officer_changes import let_go
from app.duty.officers import Officer, OfficerEnrolled
from app.errors import KnownError
from app.incidents.deadlines import Deadline, Due, Targets, next_deadline
from app.incidents.ownership import STEP_LIMIT, set_next_step, set_owner
from app.incidents.story import tell
from app.incidents.workflow import close, under_control
from app.log import Log, Role
from app.thai.translation import Language, explain, say
from tests.station_log import ADMINISTRATOR, OFFICER, PROGRAM, stands, take

TEN = timedelta(minutes=10)


def first_line(log: Log, id_: str) -> str:
    return say(tell(log.entries_of(id_))[0].text, Language.THAI)


def test_an_officer_answers_for_it_and_another_or_nobody_after(
    log: Log, clock: ScriptedClock
) -> None:
    officer = Officer("officer-9", "ด.ต.แดง", "", Role.DUTY_OFFICER)
    log.append(OfficerEnrolled(officer), actor=PROGRAM).result()
    id_ = take(log, clock).id
    set_owner(log, id_, "officer-9", actor=OFFICER).result()
    assert stands(log, id_).owner == "officer-9"
    assert first_line(log, id_) == "ด.ต.แดง รับผิดชอบเหตุนี้"
    for officer_id, says in (("officer-9", "already"), ("officer-x", "no such officer")):
        with pytest.raises(KnownError) as refused:
            set_owner(log, id_, officer_id, actor=OFFICER).result()
        assert says in explain(refused.value, Language.ENGLISH)
    set_owner(log, id_, "", actor=OFFICER).result()
    assert stands(log, id_).owner == ""
    let_go(log, "officer-9", "ย้าย", actor=ADMINISTRATOR).result()
    with pytest.raises(KnownError):  # nobody answers for anything who has left
        set_owner(log, id_, "officer-9", actor=OFFICER).result()
    assert first_line(log, id_) == "ไม่มีผู้รับผิดชอบเหตุนี้แล้ว"


def test_the_next_step_is_the_deadline_once_units_are_there(log: Log, clock: ScriptedClock) -> None:
    id_, now = take(log, clock).id, clock.now()
    set_next_step(log, id_, " ตรวจ  ภาพกล้อง ", now + TEN, now=now, actor=OFFICER).result()
    one = stands(log, id_)
    assert (one.next_step, one.next_due) == ("ตรวจ ภาพกล้อง", now + TEN)
    waiting = next_deadline(one, Targets())
    assert waiting is not None and waiting.due is Due.ASSIGN  # somebody has to go first
    under_control(log, id_, actor=OFFICER).result()
    due = Deadline(Due.NEXT_STEP, now + TEN, "ตรวจ ภาพกล้อง")
    assert next_deadline(stands(log, id_), Targets()) == due
    assert first_line(log, id_) == "ควบคุมได้"
    set_next_step(log, id_, "", None, now=now, actor=OFFICER).result()
    after = next_deadline(stands(log, id_), Targets())
    assert after is not None and after.due is Due.CLOSE
    assert first_line(log, id_) == "ขั้นต่อไปเสร็จแล้ว"


def test_what_cannot_be_a_next_step_says_why(log: Log, clock: ScriptedClock) -> None:
    id_, now = take(log, clock).id, clock.now()
    head = log.head()
    for text, due_at, says in (
        ("ก" * (STEP_LIMIT + 1), None, "201 characters"),
        ("โทรกลับ", now, "over already"),
        ("", now + TEN, "no next step"),
    ):
        with pytest.raises(KnownError) as refused:
            set_next_step(log, id_, text, due_at, now=now, actor=OFFICER)
        assert says in explain(refused.value, Language.ENGLISH)
    with pytest.raises(KnownError):
        set_next_step(log, id_, "", None, now=now, actor=OFFICER).result()
    assert log.head() == head


def test_closing_takes_the_next_step_away(log: Log, clock: ScriptedClock) -> None:
    id_, now = take(log, clock).id, clock.now()
    set_next_step(log, id_, "โทรกลับ", now + TEN, now=now, actor=OFFICER).result()
    close(log, id_, result="จบ", actor=OFFICER).result()
    assert (stands(log, id_).next_step, stands(log, id_).next_due) == ("", None)
    with pytest.raises(KnownError):
        set_next_step(log, id_, "โทรกลับ", None, now=now, actor=OFFICER).result()
