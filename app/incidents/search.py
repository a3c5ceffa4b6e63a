"""Searching the incidents: `search` gives a page of them, newest first, and what was found where.

Knows no screen. Nothing is ranked: the order is the one in which the log took the incidents, so a
list does not jump while somebody types. Works on any reading of the station's log.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from app.incidents.incident import Incident
from app.incidents.register import incidents_at
from app.incidents.search_index import said_in
from app.incidents.search_plan import matching
from app.incidents.search_question import OUTSIDE, Question, phrases_of
from app.log import Connection, content_of
from app.thai.clusters import spans_in_each
from app.thai.excerpt import join_spans
from app.thai.text import Span

__all__ = [
    "OUTSIDE",
    "Found",
    "Hit",
    "Hits",
    "Question",
    "count",
    "hits_of",
    "newest_no",
    "numbers",
    "phrases_of",
    "search",
]


@dataclass(frozen=True, slots=True)
class Found:
    """A text that holds one of the phrases: which entry's, which field's, and where in it.

    `field` is the body's own name for it: `narrative`, `place`, `caller`, `text` (of a note),
    `result` … `spans` are places in `text`, on cluster borders, in order, none overlapping.
    """

    entry_id: str
    kind: str
    field: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An incident that answers. `no` is its place in the log's order, 1 the oldest, without gaps.

    `found`: its own fields first, in the order of the report, then what was added later. Empty
    when the question had no phrases.
    """

    no: int
    incident: Incident
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Hits:
    """A page. `before`: give it to `search` for the next one; None when this was the last."""

    hits: tuple[Hit, ...]
    before: int | None


def search(db: Connection, question: Question, *, limit: int, before: int | None = None) -> Hits:
    """The newest `limit` incidents that answer; of those with a `no` below `before` only.

    Since numbers have no gaps, row k of *all* incidents (newest first, from 0) is found without
    reading the ones above it: `search(db, Question(), limit=50, before=newest_no + 1 - k)`.
    """
    found = list(islice(matching(db, question, before), limit + 1))
    page, more = found[:limit], len(found) > limit
    return Hits(_hits(db, page, question.phrases), page[-1] if more else None)


def count(db: Connection, question: Question, most: int) -> int:
    """How many answer; `most` when there are as many or more."""
    return sum(1 for _ in islice(matching(db, question), most))


def numbers(db: Connection, question: Question, most: int) -> list[int]:
    """The `no` of each that answers, newest first, the newest `most` of them: for a scroll bar."""
    return list(islice(matching(db, question), most))


def hits_of(db: Connection, nos: Sequence[int], phrases: Sequence[str] = ()) -> tuple[Hit, ...]:
    """The incidents of these numbers, in their order, with where the phrases stand."""
    return _hits(db, nos, phrases)


def newest_no(db: Connection) -> int:
    """The number of the newest incident, which is how many there are."""
    row = db.execute("SELECT coalesce(max(no), 0) FROM incident_words").fetchone()
    return int(row[0])


def _hits(db: Connection, nos: Sequence[int], phrases: Iterable[str]) -> tuple[Hit, ...]:
    rows = db.execute(
        "SELECT no, incident FROM incident_words WHERE no IN (SELECT value FROM json_each(?))",
        (json.dumps(list(nos)),),
    )
    ids = {row[0]: row[1] for row in rows}
    incidents = incidents_at(db, ids)
    looked_for = [phrase for phrase in phrases if phrase.strip()]
    found = _Finder(db, looked_for).found_in(list(ids.values())) if looked_for else {}
    return tuple(
        Hit(no, incidents[ids[no]], tuple(found.get(ids[no], ())))
        for no in nos
        if ids.get(no) in incidents
    )


class _Finder:
    """Shows where phrases stand in what was said about incidents."""

    def __init__(self, db: Connection, phrases: Sequence[str]) -> None:
        self._db = db
        self._phrases = phrases
        self._said = {said.kind: said for said in said_in(db)}
        self._select = (
            "SELECT e.subject, e.seq, e.origin || ':' || e.n, e.kind, e.body"
            " FROM json_each(?) AS i CROSS JOIN entries AS e ON e.subject = i.value"
            f" WHERE e.kind IN ({', '.join('?' * len(self._said))}) AND e.body IS NOT NULL"
        )

    def found_in(self, ids: Sequence[str]) -> dict[str, list[Found]]:
        """For each of the incidents in whose entries something is found: what, oldest first."""
        rows = self._db.execute(self._select, (json.dumps(ids), *self._said)).fetchall()
        rows.sort(key=itemgetter(1))  # SQLite would copy every body for it
        said = [
            (incident_id, entry_id, kind, *one)
            for incident_id, _, entry_id, kind, body in rows
            for one in self._said[kind].texts(content_of(body))
        ]
        found: dict[str, list[Found]] = {}
        for place, spans in spans_in_each([text for *_, text in said], self._phrases):
            incident_id, entry_id, kind, field, text = said[place]
            joined = join_spans(spans) if len(self._phrases) > 1 else spans
            one = Found(entry_id, kind, field, text, joined)
            found.setdefault(incident_id, []).append(one)
        return found
