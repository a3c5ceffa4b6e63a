"""How the incidents that answer a question are found, newest first, without reading all of them.

Candidates come from what is rarest (a list of marked incidents, the blocks of the full-text index,
or simply the newest ones) and are then held against everything that was asked, in SQL.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from app.incidents.categories import BY_CODE
from app.incidents.category_table import own_categories
from app.incidents.incident import IncidentState
from app.incidents.search_grams import blocks_with
from app.incidents.search_index import BLOCK, block_of, closed_blocks
from app.incidents.search_question import Question
from app.log import Connection
from app.thai.clusters import from_its_rarest, packed

_FEW = 4_000
"""Marked incidents that are looked through one by one before anything else is tried."""
_MANY = 100_000
_FEW_BLOCKS = 200
_PAGE = 50
_FIRST_RANGE, _LAST_RANGE, _LISTED = 128, 4096, 256
_ONE_BY_ONE, _BLOCKS = 48, 32


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of SQL and its values: a condition on `incident_words` w, or a list of numbers."""

    sql: str
    values: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class _Range:
    """Numbers from `low` to `high`, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Some blocks of the full-text index, by their numbers."""

    numbers: list[int]


_Candidates = _Range | _Blocks | list[int]


def matching(db: Connection, question: Question, before: int | None = None) -> Iterator[int]:
    """The numbers of the incidents that answer, the newest first; only those before `before`.

    Found as they are asked for: whoever takes fifty waits for fifty.
    """
    plan = _plan(db, question, before)
    if plan is not None:
        for candidates in plan.candidates():
            yield from plan.checked(candidates)


@dataclass(frozen=True, slots=True)
class _Plan:
    db: Connection
    within: _Range
    indexed: _Range
    """Those that lists and blocks know; the newest, above them, are always looked at."""
    phrases: tuple[bytes, ...]
    conditions: tuple[_Part, ...]
    lists: tuple[_Part, ...]
    """Each gives all indexed numbers that one of the conditions lets through."""

    def candidates(self) -> Iterator[_Candidates]:
        """Numbers among which all that answer are, in falling order."""
        rarest = self._rarest()
        if rarest is None and not self.phrases:
            yield from self._newest()
            return
        if self.within.high > self.indexed.high:
            yield _Range(max(self.within.low, self.indexed.high + 1), self.within.high)
        if rarest is None:
            yield from self._with_words()
            return
        rows = self.db.execute(f"{rarest.sql} ORDER BY 1 DESC", rarest.values).fetchall()
        numbers = [row[0] for row in rows]
        yield from (numbers[at : at + _LISTED] for at in range(0, len(numbers), _LISTED))

    def checked(self, candidates: _Candidates) -> Iterator[int]:
        """Those that answer, the newest first."""
        source, which = self._among(candidates)
        parts = (which, *self.conditions)
        rows = self.db.execute(
            f"SELECT w.no FROM {source} WHERE {' AND '.join(part.sql for part in parts)}"
            " ORDER BY w.no DESC",
            [value for part in parts for value in part.values],
        )
        return (row[0] for row in rows)

    def _among(self, candidates: _Candidates) -> tuple[str, _Part]:
        if isinstance(candidates, _Range):
            between = _Part("w.no BETWEEN ? AND ?", (candidates.low, candidates.high))
            return "incident_words AS w", between
        if isinstance(candidates, _Blocks):
            sql = (
                "json_each(?) AS b CROSS JOIN incident_words AS w"
                f" ON w.no BETWEEN {BLOCK} * b.value - {BLOCK - 1} AND {BLOCK} * b.value"
            )
            bounds = (self.indexed.low, self.indexed.high)
            first = _Part("+w.no BETWEEN ? AND ?", (json.dumps(candidates.numbers), *bounds))
            return sql, first
        listed = _Part("w.no = n.value", (json.dumps(candidates),))
        return "json_each(?) AS n CROSS JOIN incident_words AS w", listed

    def _rarest(self) -> _Part | None:
        """The shortest list, if going through it is quicker than going back in time."""
        counts = [(self._count(one, _FEW), one) for one in self.lists]
        if counts and min(count for count, _ in counts) < _FEW:
            return min(counts, key=lambda counted: counted[0])[1]
        if not counts or (self.phrases and self._in_few_blocks()):
            return None
        counts = [(self._count(one, _MANY), one) for one in self.lists]
        fewest, rarest = min(counts, key=lambda counted: counted[0])
        there = self.indexed.high - self.indexed.low + 1
        share = math.prod(count / there for count, _ in counts)
        return rarest if fewest < _MANY and fewest < _PAGE / share else None

    def _in_few_blocks(self) -> bool:
        """Whether the words themselves leave so little that no filter can leave less."""
        return len(list(islice(self._blocks(), _FEW_BLOCKS))) < _FEW_BLOCKS

    def _count(self, numbers: _Part, most: int) -> int:
        row = self.db.execute(
            f"SELECT count(*) FROM ({numbers.sql} LIMIT ?)", (*numbers.values, most)
        ).fetchone()
        return int(row[0])

    def _newest(self) -> Iterator[_Range]:
        """Back in time, in steps that grow: a page of what is frequent needs only the first."""
        high, length = self.within.high, _FIRST_RANGE
        while high >= self.within.low:
            yield _Range(max(self.within.low, high - length + 1), high)
            high -= length
            length = min(length * 2, _LAST_RANGE)

    def _with_words(self) -> Iterator[_Candidates]:
        """The blocks that hold the phrases' letters. The first ones singly: of what is frequent no
        block more is looked through than a page takes; with many at once each costs a fifth less.
        """
        blocks = self._blocks()
        for block in islice(blocks, _ONE_BY_ONE):
            first, last = BLOCK * (block - 1) + 1, BLOCK * block
            yield _Range(max(self.indexed.low, first), min(self.indexed.high, last))
        while numbers := list(islice(blocks, _BLOCKS)):
            yield _Blocks(numbers)

    def _blocks(self) -> Iterator[int]:
        rows = self.db.execute(
            "SELECT rowid FROM incident_grams WHERE incident_grams MATCH ?"
            " AND rowid BETWEEN ? AND ? ORDER BY rowid DESC",
            (
                blocks_with(self.phrases),
                block_of(self.indexed.low),
                block_of(self.indexed.high),
            ),
        )
        return (row[0] for row in rows)


def _indexed(db: Connection) -> int:
    newest: int = db.execute("SELECT max(no) FROM incident_words").fetchone()[0]
    return closed_blocks(newest) * BLOCK


# -- from the question to its parts ---------------------------------------------------------------


def _plan(db: Connection, question: Question, before: int | None) -> _Plan | None:
    """None when nothing can answer."""
    phrases = tuple(packed(phrase) for phrase in question.phrases if phrase.strip())
    within = _within(db, question, before)
    if within is None or not all(phrases):
        return None
    indexed = _Range(within.low, min(within.high, _indexed(db)))
    filters = [*_time_filters(question, indexed), *_state_filters(question.states, indexed)]
    categories = BY_CODE | own_categories(db) if question.groups else BY_CODE
    for names in question.marks(categories.values()):
        ids = _mark_ids(db, names)
        if not ids:
            return None
        filters.append(_mark_filter(ids, indexed))
    conditions = [one.condition for one in filters]
    conditions += map(_holding, phrases)
    lists = [one.numbers for one in filters if one.numbers is not None]
    return _Plan(db, within, indexed, phrases, tuple(conditions), tuple(lists))


def _holding(phrase: bytes) -> _Part:
    """SQLite stops at each byte that is the first of what it looks for. So it looks for the part
    that begins with the phrase's rarest letter, and for the phrase only where that stands."""
    whole = _Part("instr(w.packed, ?) > 0", (phrase,))
    part = from_its_rarest(phrase)
    if part == phrase:
        return whole
    return _Part(f"instr(w.packed, ?) > 0 AND {whole.sql}", (part, phrase))


@dataclass(frozen=True, slots=True)
class _Filter:
    """A condition on incidents, and the list of all that fulfil it where an index has one."""

    condition: _Part
    numbers: _Part | None = None


def _mark_ids(db: Connection, names: Sequence[str]) -> list[int]:
    rows = db.execute(
        f"SELECT id FROM incident_mark_names WHERE name IN ({', '.join('?' * len(names))})", names
    )
    return [row[0] for row in rows]


def _mark_filter(ids: Sequence[int], indexed: _Range) -> _Filter:
    marks = ", ".join(map(str, ids))
    once = "" if len(ids) == 1 else "DISTINCT "
    return _Filter(
        _Part("(" + " OR ".join(f"instr(w.marks, ',{mark},')" for mark in ids) + ")"),
        _Part(
            f"SELECT {once}no FROM incident_marks WHERE mark IN ({marks}) AND no BETWEEN ? AND ?",
            (indexed.low, indexed.high),
        ),
    )


def _state_filters(states: Sequence[IncidentState], indexed: _Range) -> Iterator[_Filter]:
    """How it stands now the register knows; so does its index of what is open."""
    if not states:
        return
    wanted = f"i.state IN ({', '.join('?' * len(states))})"
    condition = _Part(
        f"EXISTS (SELECT 1 FROM incidents AS i WHERE i.id = w.incident AND {wanted})", tuple(states)
    )
    if IncidentState.CLOSED in states:
        yield _Filter(condition)
        return
    numbers = _Part(
        "SELECT w.no FROM incidents AS i CROSS JOIN incident_words AS w ON w.incident = i.id"
        f" WHERE i.state <> 'closed' AND {wanted} AND w.no BETWEEN ? AND ?",
        (*states, indexed.low, indexed.high),
    )
    yield _Filter(condition, numbers)


def _time_filters(question: Question, indexed: _Range) -> Iterator[_Filter]:
    times = _times(question)
    if times is None:
        return
    if not question.by_happened:  # the range of numbers says nearly all
        yield _Filter(times)
        return
    numbers = _Part(
        "SELECT w.no FROM incident_words AS w INDEXED BY incident_words_happened"
        f" WHERE {times.sql} AND w.no BETWEEN ? AND ?",
        (*times.values, indexed.low, indexed.high),
    )
    yield _Filter(times, numbers)


def _times(question: Question) -> _Part | None:
    column = "w.happened_ms" if question.by_happened else "w.reported_ms"
    parts = []
    if question.since is not None:
        parts.append(_Part(f"{column} >= ?", (_ms(question.since),)))
    if question.until is not None:
        parts.append(_Part(f"{column} < ?", (_ms(question.until),)))
    if not parts:
        return None
    values = tuple(value for part in parts for value in part.values)
    return _Part(" AND ".join(part.sql for part in parts), values)


def _within(db: Connection, question: Question, before: int | None) -> _Range | None:
    """The numbers between which all answers are, as far as times of report say it."""
    low, high = 1, db.execute("SELECT max(no) FROM incident_words").fetchone()[0] or 0
    if before is not None:
        high = min(high, before - 1)
    times = _times(question)
    if times is not None and not question.by_happened:
        reported = _reported_within(db, question, times, _Range(low, high))
        if reported is None:
            return None
        low, high = max(low, reported.low), min(high, reported.high)
    return _Range(low, high) if low <= high else None


def _reported_within(
    db: Connection, question: Question, times: _Part, there: _Range
) -> _Range | None:
    """Reports stand in order of time but for the few that were taken down by a clock set back."""
    since, until = question.since, question.until
    low = there.low if since is None else _first_reaching(db, _ms(since), there)
    high = there.high if until is None else _first_reaching(db, _ms(until), there) - 1
    behind = db.execute(
        "SELECT min(w.no), max(w.no) FROM incident_words AS w"
        f" WHERE w.reported_ms < w.reach_ms AND {times.sql}",
        times.values,
    ).fetchone()
    ends = [no for no in behind if no is not None]
    ends += [low, high] if low <= high else []
    return _Range(min(ends), max(ends)) if ends else None


def _first_reaching(db: Connection, at_ms: int, there: _Range) -> int:
    """The first number of those that are there at which the latest time of report is not before
    `at_ms`; the number after the last if there is none. It never falls: found by halving."""
    low, high = there.low, there.high + 1
    while low < high:
        middle = (low + high) // 2
        row = db.execute("SELECT reach_ms FROM incident_words WHERE no = ?", (middle,)).fetchone()
        low, high = (low, middle) if row[0] >= at_ms else (middle + 1, high)
    return low


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)
