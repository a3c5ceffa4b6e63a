"""What is due next and how pressing it is: the table of urgency, value by value."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.incidents.categories import BY_CODE, CATEGORIES, CaseGroup, Priority
from app.incidents.deadlines import (
    Deadline,
    Due,
    Targets,
    Urgency,
    by_urgency,
    next_deadline,
    urgency,
)
from app.incidents.incident import Incident, IncidentState
from tests.station_log import MORNING, a_report

NEW, ASSIGNED, ON_THE_WAY, ON_SCENE, UNDER_CONTROL, CLOSED = IncidentState
URGENT, SOON, ROUTINE = Priority
ACT_NOW, WATCH, IN_HAND, ENDED = Urgency


def incident(state: IncidentState, priority: Priority, minutes_ago: float = 0.0) -> Incident:
    """One that came to its stage this long ago."""
    since = MORNING - timedelta(minutes=minutes_ago)
    report = a_report(priority=priority)
    return Incident("inc-1", "1/2569", since - timedelta(hours=1), state, since, report)


@pytest.mark.parametrize(
    ("state", "priority", "due", "minutes"),
    [
        (NEW, URGENT, Due.ASSIGN, 2),
        (NEW, SOON, Due.ASSIGN, 5),
        (NEW, ROUTINE, Due.ASSIGN, 15),
        (ASSIGNED, URGENT, Due.LEAVE, 2),
        (ASSIGNED, SOON, Due.LEAVE, 5),
        (ASSIGNED, ROUTINE, Due.LEAVE, 20),
        (ON_THE_WAY, URGENT, Due.ARRIVE, 10),
        (ON_THE_WAY, SOON, Due.ARRIVE, 15),
        (ON_THE_WAY, ROUTINE, Due.ARRIVE, 30),
        (ON_SCENE, URGENT, Due.REPORT, 30),
        (ON_SCENE, SOON, Due.REPORT, 60),
        (ON_SCENE, ROUTINE, Due.REPORT, 120),
        (UNDER_CONTROL, URGENT, Due.CLOSE, 240),
        (UNDER_CONTROL, SOON, Due.CLOSE, 480),
        (UNDER_CONTROL, ROUTINE, Due.CLOSE, 720),
    ],
)
def test_each_stage_has_its_deadline_from_when_it_began(
    state: IncidentState, priority: Priority, due: Due, minutes: float
) -> None:
    at = MORNING + timedelta(minutes=minutes)
    assert next_deadline(incident(state, priority), Targets()) == Deadline(due, at)


def test_a_closed_incident_has_none_and_a_station_may_set_its_own() -> None:
    assert next_deadline(incident(CLOSED, URGENT), Targets()) is None
    own = Targets(arrive_min=(7.5, 15, 30))
    deadline = next_deadline(incident(ON_THE_WAY, URGENT), own)
    assert deadline is not None
    assert deadline.left_s(MORNING) == 450.0
    assert deadline.left_s(MORNING + timedelta(minutes=8)) == -30.0


@pytest.mark.parametrize(
    ("state", "priority", "minutes_ago", "expected"),
    [
        # most urgent and nobody there yet: always act now
        (NEW, URGENT, 0, ACT_NOW),
        (ASSIGNED, URGENT, 0, ACT_NOW),
        (ON_THE_WAY, URGENT, 0, ACT_NOW),
        (ON_SCENE, URGENT, 0, IN_HAND),
        (UNDER_CONTROL, URGENT, 0, IN_HAND),
        # less than three minutes left: watch; three minutes exactly are enough
        (NEW, SOON, 2, IN_HAND),
        (NEW, SOON, 2.01, WATCH),
        (NEW, SOON, 5, WATCH),
        (NEW, SOON, 5.01, ACT_NOW),
        (ON_THE_WAY, ROUTINE, 26.9, IN_HAND),
        (ON_THE_WAY, ROUTINE, 27.1, WATCH),
        (ON_THE_WAY, ROUTINE, 30.1, ACT_NOW),
        # with someone there, overdue is watched: nobody is waiting
        (ON_SCENE, URGENT, 26.9, IN_HAND),
        (ON_SCENE, URGENT, 500, WATCH),
        (UNDER_CONTROL, ROUTINE, 2000, WATCH),
        (CLOSED, URGENT, 9999, ENDED),
    ],
)
def test_the_mark_of_an_incident_follows_the_table(
    state: IncidentState, priority: Priority, minutes_ago: float, expected: Urgency
) -> None:
    assert urgency(incident(state, priority, minutes_ago), MORNING, Targets()) is expected


_INCIDENTS = st.lists(
    st.builds(
        incident,
        st.sampled_from(IncidentState),
        st.sampled_from(Priority),
        st.integers(0, 900).map(float),
    ),
    max_size=20,
)


@given(incidents=_INCIDENTS)
def test_the_open_list_is_sorted_by_mark_then_newest_first(incidents: list[Incident]) -> None:
    ordered = by_urgency(incidents, MORNING, Targets())
    assert sorted(map(id, incidents)) == sorted(id(one) for one, _ in ordered)
    for (one, mark), (after, mark_after) in itertools.pairwise(ordered):
        assert mark is urgency(one, MORNING, Targets())
        assert mark <= mark_after
        if mark is mark_after:
            assert one.reported_at >= after.reported_at


@given(
    state=st.sampled_from(IncidentState),
    priority=st.sampled_from(Priority),
    early=st.integers(0, 2000),
    late=st.integers(0, 2000),
)
def test_waiting_never_makes_an_incident_less_pressing(
    state: IncidentState, priority: Priority, early: int, late: int
) -> None:
    early, late = sorted((early, late))
    before = urgency(incident(state, priority, early), MORNING, Targets())
    assert urgency(incident(state, priority, late), MORNING, Targets()) <= before


def test_every_category_has_one_code_two_names_and_a_group() -> None:
    assert len(BY_CODE) == len(CATEGORIES)
    for category in CATEGORIES:
        assert category.code.isdecimal()
        assert category.name_th.strip() and category.name_en.isascii()
        assert category.group in CaseGroup
    assert incident(NEW, URGENT).category.name_en == "Snatch theft"


def test_a_category_of_a_newer_table_reads_as_other() -> None:
    report = a_report(category="77")
    assert Incident("i", "1/2569", MORNING, NEW, MORNING, report).category.code == "99"


def test_the_station_sets_its_own_time_to_scene() -> None:
    assert Targets.for_time_to_scene(15) == Targets()
    assert Targets.for_time_to_scene(8).arrive_min == (8, 8, 16)
    assert Targets.for_time_to_scene(30).arrive_min == (10, 30, 60)
