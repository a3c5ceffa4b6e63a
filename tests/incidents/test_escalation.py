"""Overdue: coloured, then heard, then told to a supervisor, once for each deadline."""

from __future__ import annotations

import pytest

from app.clock import ScriptedClock, to_stored
from app.incidents.categories import Priority
from app.incidents.deadlines import Targets
from app.incidents.escalation import (
    SOUND_AFTER_S,
    SUPERVISOR_AFTER_S,
    Loudness,
    Overdue,
    overdue,
    tell_supervisor,
)
from app.incidents.register import open_incidents
from app.incidents.story import tell
from app.incidents.workflow import under_control
from app.log import Log
from app.thai.translation import Language, say
from tests.station_log import OFFICER, PROGRAM, stands, take

TARGETS = Targets()


def found(log: Log, clock: ScriptedClock) -> list[Overdue]:
    with log.reading() as db:
        return overdue(open_incidents(db), clock.now(), TARGETS)


@pytest.mark.parametrize("priority", Priority)
def test_the_longer_it_is_over_the_louder_it_asks(
    log: Log, clock: ScriptedClock, priority: Priority
) -> None:
    take(log, clock, priority=priority)
    rank = priority - 1
    allowed_s = TARGETS.assign_min[rank] * 60
    clock.advance(allowed_s)
    assert found(log, clock) == []  # the minute itself is still in time
    clock.advance(1)
    (first,) = found(log, clock)
    assert first.loudness is (Loudness.SOUND if SOUND_AFTER_S[rank] <= 1 else Loudness.COLOUR)
    clock.advance(SOUND_AFTER_S[rank])
    assert found(log, clock)[0].loudness is Loudness.SOUND
    assert not found(log, clock)[0].is_news
    clock.advance(SUPERVISOR_AFTER_S[rank] - SOUND_AFTER_S[rank])
    assert found(log, clock)[0].loudness is Loudness.SUPERVISOR
    assert found(log, clock)[0].is_news


def test_a_supervisor_is_told_of_each_deadline_once(log: Log, clock: ScriptedClock) -> None:
    id_ = take(log, clock).id
    clock.advance(600)
    late = found(log, clock)
    (entry,) = tell_supervisor(log, late, TARGETS, actor=PROGRAM).result()
    assert entry.data() == {
        "due": "assign", "due_at": to_stored(late[0].deadline.at), "late_s": 480,
    }  # fmt: skip
    assert not found(log, clock)[0].is_news
    assert tell_supervisor(log, late, TARGETS, actor=PROGRAM).result() == ()
    line = say(tell(log.entries_of(id_))[0].text, Language.THAI)
    assert line == "เกินกำหนด แจ้งหัวหน้าเวร: มอบหมาย 10:48"


def test_what_was_met_meanwhile_is_not_told(log: Log, clock: ScriptedClock) -> None:
    id_ = take(log, clock).id
    clock.advance(600)
    late = found(log, clock)
    under_control(log, id_, actor=OFFICER).result()
    assert tell_supervisor(log, late, TARGETS, actor=PROGRAM).result() == ()
    assert stands(log, id_).escalated == ""


def test_reports_and_closing_press_nobody(log: Log, clock: ScriptedClock) -> None:
    id_ = take(log, clock).id
    under_control(log, id_, actor=OFFICER).result()
    clock.advance(60 * 60 * 24)
    assert [one.loudness for one in found(log, clock)] == [Loudness.COLOUR]


def test_the_loudest_stands_first(log: Log, clock: ScriptedClock) -> None:
    slow = take(log, clock, priority=Priority.ROUTINE)
    urgent = take(log, clock, priority=Priority.URGENT)
    clock.advance(16 * 60)
    assert [one.incident.id for one in found(log, clock)] == [urgent.id, slow.id]
