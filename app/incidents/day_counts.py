"""How many incidents answer a question day by day, around the time that is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from app.incidents.meanings import matching_any
from app.incidents.search_question import Question
from app.log import Connection
from app.thai.dates import BANGKOK, to_local

DAYS = 14
"""How many days are shown at least."""
MOST_DAYS = 92
_MOST = 20_000
_DAY = timedelta(days=1)
_EPOCH = date(1970, 1, 1)


def days_around(question: Question, now: datetime) -> tuple[date, date] | None:
    """The first day to show and the one after the last; None when there are too many.

    The last fortnight, if what is asked for lies in it; else what is asked for, in a fortnight.
    """
    tomorrow = to_local(now).date() + _DAY
    since, until = question.since, question.until
    after = tomorrow if until is None else min(tomorrow, _day_after(until))
    first = after - DAYS * _DAY if since is None else to_local(since).date()
    if since is None and until is None:
        return first, after
    if first > after or (after - first).days > MOST_DAYS or since is None:
        return None
    if first >= tomorrow - DAYS * _DAY:
        return tomorrow - DAYS * _DAY, tomorrow
    missing = max(0, DAYS - (after - first).days)
    return first - missing // 2 * _DAY, min(tomorrow, after + (missing - missing // 2) * _DAY)


def is_asked(question: Question, day: date) -> bool:
    """Whether some of a day lies in the time that is asked for."""
    begins = _midnight(day)
    ends = begins + _DAY
    return (question.until is None or begins < question.until) and (
        question.since is None or ends > question.since
    )


def day_counts(
    db: Connection, questions: Sequence[Question], first: date, after: date
) -> Mapping[date, int] | None:
    """By day of the report, without the time that is asked for; None when there are too many."""
    since, until = _midnight(first), _midnight(after)
    whole = [replace(one, since=since, until=until, by_happened=False) for one in questions]
    nos = list(islice(matching_any(db, whole), _MOST))
    if len(nos) == _MOST:
        return None
    offset_ms = round(_offset(first).total_seconds() * 1000)
    rows = db.execute(
        "SELECT (reported_ms + ?) / 86400000 AS day, count(*) FROM incident_words"
        " WHERE no IN (SELECT value FROM json_each(?)) GROUP BY day",
        (offset_ms, json.dumps(nos)),
    )
    return {_EPOCH + row[0] * _DAY: int(row[1]) for row in rows}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)


def _offset(day: date) -> timedelta:
    return datetime.combine(day, time(), BANGKOK).utcoffset() or timedelta()


def _day_after(until: datetime) -> date:
    """The day after the last that has a part before `until`."""
    local = to_local(until)
    is_midnight = local.time() == time()
    return local.date() if is_midnight else local.date() + _DAY
