"""A viewing is an entry of what was really watched, not one for each touch of the timeline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.video.archive.viewing import EVERY_S, FIRST_AFTER_S, ViewingTally

AT = datetime(2026, 11, 21, 14, 40, tzinfo=UTC)


def test_what_was_watched_is_one_span_and_far_apart_two() -> None:
    tally = ViewingTally()
    for second in range(30):
        tally.note(("C01", "C02"), AT + timedelta(seconds=second), float(second))
    tally.note(("C01",), AT + timedelta(hours=1), 31.0)
    fact = tally.take("ตลาด", "incident-1", "ปจว. 14/2569")
    assert fact is not None
    first, second = fact.watched
    assert [(s.begins, s.ends) for s in first.spans] == [
        (AT, AT + timedelta(seconds=29)),
        (AT + timedelta(hours=1),) * 2,
    ]
    assert len(second.spans) == 1
    assert fact.subject == "incident-1"
    assert fact.body()["footage"][1] == {
        "camera_id": "C02",
        "spans": [["2026-11-21T14:40:00.000Z", "2026-11-21T14:40:29.000Z"]],
    }
    assert (fact.body()["place"], fact.body()["reason"]) == ("ตลาด", "ปจว. 14/2569")


def test_it_is_written_soon_the_first_time_and_then_every_few_minutes() -> None:
    tally = ViewingTally()
    assert not tally.due(0.0) and tally.take() is None
    tally.note(("C01",), AT, 0.0)
    assert not tally.due(FIRST_AFTER_S - 0.1)
    assert tally.due(FIRST_AFTER_S)
    assert tally.take() is not None
    assert not tally.due(1000.0), "nothing was watched since"
    tally.note(("C01",), AT, 100.0)
    assert not tally.due(100.0 + FIRST_AFTER_S)
    assert tally.due(100.0 + EVERY_S)
    tally.begin_anew()
    assert tally.due(100.0 + FIRST_AFTER_S), "another place: another viewing"


def test_without_an_incident_it_is_about_the_camera() -> None:
    tally = ViewingTally()
    tally.note(("C07",), AT, 0.0)
    fact = tally.take()
    assert fact is not None and fact.subject == "C07"


@given(st.lists(st.integers(-5000, 5000), min_size=1, max_size=60))
def test_every_instant_that_was_watched_is_in_a_span_and_spans_stand_apart(
    offsets: list[int],
) -> None:
    tally = ViewingTally()
    for offset in offsets:
        tally.note(("C01",), AT + timedelta(seconds=offset), 0.0)
    fact = tally.take()
    assert fact is not None
    (watched,) = fact.watched
    for offset in offsets:
        at = AT + timedelta(seconds=offset)
        assert any(span.begins <= at <= span.ends for span in watched.spans)
    for before, after in zip(watched.spans, watched.spans[1:], strict=False):
        assert before.ends < after.begins
