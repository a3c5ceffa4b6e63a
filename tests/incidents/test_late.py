"""Told later than it happened: the stage counts from when it was, and both times are said."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest

from app.clock import ScriptedClock, to_stored
from app.errors import KnownError
from app.incidents.deadlines import Targets, next_deadline
from app.incidents.dispatch import dispatch, units_arrived
from app.incidents.incident import IncidentState
from app.incidents.late import LateTime
from app.incidents.story import stage_times, tell
from app.incidents.workflow import add_note, close, reopen, under_control
from app.log import Log
from app.thai.translation import Language, explain
from tests.station_log import OFFICER, form_units, stands, take

MINUTE = timedelta(minutes=1)


def late(clock: ScriptedClock, minutes_ago: float) -> LateTime:
    return LateTime(clock.now() - minutes_ago * MINUTE, clock.now())


def test_a_stage_told_late_counts_from_when_it_began(log: Log, clock: ScriptedClock) -> None:
    id_ = take(log, clock).id
    clock.advance(1800)
    under_control(log, id_, actor=OFFICER, late=late(clock, 12)).result()
    now = stands(log, id_)
    began = clock.now() - 12 * MINUTE
    assert (now.state, now.state_since, now.is_late) == (
        IncidentState.UNDER_CONTROL, began, True,
    )  # fmt: skip
    deadline = next_deadline(now, Targets())
    assert deadline is not None and deadline.at == began + timedelta(minutes=240)
    line = tell(log.entries_of(id_))[0]
    assert (line.at, line.happened_at) == (clock.now(), began)
    assert stage_times(log.entries_of(id_))[IncidentState.UNDER_CONTROL] == began


def test_what_is_told_at_once_is_not_late(log: Log, clock: ScriptedClock) -> None:
    id_ = take(log, clock).id
    under_control(log, id_, actor=OFFICER).result()
    assert not stands(log, id_).is_late
    assert tell(log.entries_of(id_))[0].happened_at is None


@pytest.mark.parametrize(
    ("minutes_ago", "says"), [(-1, "has not come yet"), (31.5, "before the incident was reported")]
)
def test_never_in_the_future_and_never_before_the_report(
    log: Log, clock: ScriptedClock, minutes_ago: float, says: str
) -> None:
    id_ = take(log, clock).id
    clock.advance(1800)
    head = log.head()
    when = late(clock, minutes_ago)
    for act in (
        lambda: under_control(log, id_, actor=OFFICER, late=when),
        lambda: close(log, id_, result="จบ", actor=OFFICER, late=when),
        lambda: add_note(log, id_, "เห็นรถ", actor=OFFICER, late=when),
    ):
        with pytest.raises(KnownError) as refused:
            act().result()
        assert says in explain(refused.value, Language.ENGLISH)
    assert log.head() == head


def test_the_minute_of_the_report_is_the_reports(log: Log, clock: ScriptedClock) -> None:
    """Reported at 10:46:00.5, and somebody types 10:46."""
    clock.advance(30)
    taken = take(log, clock)
    clock.advance(600)
    typed: datetime = taken.reported_at.replace(second=0)
    note = add_note(log, taken.id, "เห็นรถ", actor=OFFICER, late=LateTime(typed, clock.now()))
    note.result()
    assert tell(log.entries_of(taken.id))[0].happened_at == taken.reported_at


def test_a_clock_set_back_makes_nothing_later_than_its_own_entry(
    log: Log, clock: ScriptedClock
) -> None:
    form_units(log, 1)
    taken = take(log, clock)
    dispatch(log, taken.id, "unit-1", distance_m=None, actor=OFFICER).result()
    clock.move_to(clock.now() - timedelta(seconds=40))
    told = late(clock, 0)
    add_note(log, taken.id, "เห็นรถ", actor=OFFICER, late=told).result()
    units_arrived(log, taken.id, actor=OFFICER, late=told).result()
    close(log, taken.id, result="จบ", actor=OFFICER, late=told).result()
    said = [one for one in log.entries_of(taken.id) if "happened_at" in one.data()]
    assert len(said) == 3
    for entry in said:
        assert entry.data()["happened_at"] == entry.at < to_stored(taken.reported_at)


def test_a_late_close_and_note_are_marked_in_the_story(log: Log, clock: ScriptedClock) -> None:
    id_ = take(log, clock).id
    clock.advance(1800)
    add_note(log, id_, "เห็นรถ", actor=OFFICER, late=late(clock, 20)).result()
    close(log, id_, result="จบ", actor=OFFICER, late=late(clock, 10)).result()
    closing, note, *_ = tell(log.entries_of(id_))
    assert closing.happened_at == clock.now() - 10 * MINUTE
    assert note.happened_at == clock.now() - 20 * MINUTE
    assert stands(log, id_).state_since == closing.happened_at


def test_what_ends_it_again_was_not_before_it_was_reopened(log: Log, clock: ScriptedClock) -> None:
    id_ = take(log, clock).id
    clock.advance(600)
    close(log, id_, result="ระงับเหตุได้", actor=OFFICER).result()
    clock.advance(600)
    reopen(log, id_, reason="เกิดซ้ำ", actor=OFFICER).result()
    reopened = clock.now()
    clock.advance(1200)

    for act in (under_control, partial(close, result="จับได้")):
        with pytest.raises(KnownError) as refused:
            act(log, id_, actor=OFFICER, late=late(clock, 25)).result()
        assert "before the incident was reopened" in explain(refused.value, Language.ENGLISH)

    add_note(log, id_, "พยานโทรมาก่อนหน้านั้น", actor=OFFICER, late=late(clock, 25)).result()
    close(log, id_, result="จับได้", actor=OFFICER, late=late(clock, 20.5)).result()
    assert stands(log, id_).state_since == reopened


def test_no_stage_is_told_to_have_begun_before_the_one_it_follows(
    log: Log, clock: ScriptedClock
) -> None:
    """The first unit came twenty minutes ago; a second, which came after it was in hand, does not
    count."""
    form_units(log, 1, 2)
    id_ = take(log, clock).id
    for unit in ("unit-1", "unit-2"):
        dispatch(log, id_, unit, distance_m=None, actor=OFFICER).result()
    clock.advance(600)
    units_arrived(log, id_, unit_id="unit-1", actor=OFFICER).result()
    clock.advance(1200)
    units_arrived(log, id_, unit_id="unit-2", actor=OFFICER).result()
    head = log.head()
    for act in (
        lambda: under_control(log, id_, actor=OFFICER, late=late(clock, 25)),
        lambda: close(log, id_, result="จบ", actor=OFFICER, late=late(clock, 25)),
    ):
        with pytest.raises(KnownError, match="before the stage the incident had reached"):
            act().result()
    assert log.head() == head
    under_control(log, id_, actor=OFFICER, late=late(clock, 15)).result()
    with pytest.raises(KnownError, match="before the stage"):
        close(log, id_, result="จบ", actor=OFFICER, late=late(clock, 18)).result()
    close(log, id_, result="จบ", actor=OFFICER, late=late(clock, 15)).result()
