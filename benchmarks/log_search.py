"""How fast and how exactly incidents are found, and how long LIKE takes for the same.

Every answer is held against the oracle: all of it up to 10,000 hits, the newest 50 beyond.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.log_oracle import Expected, expected
from benchmarks.log_queries import Filtered, filtered, queries
from benchmarks.log_station import STILL_OPEN, Station
from benchmarks.log_words import incidents, no_of
from benchmarks.percentiles import percentile

MOST = {"search_p95_ms": 20.0}
LEAST = {"recall": 1.0, "precision": 1.0, "filtered_right": 1.0}
PAGE = 50
MOST_HITS = 10_000
_SHOWN = 5  # of what was wrong


@dataclass(slots=True)
class _Tally:
    """How many of the hits that are due came, and how many that came are due."""

    due: int = 0
    given: int = 0
    both: int = 0

    def add(self, due: Sequence[int], given: Sequence[int]) -> bool:
        """Count a pair of answers; False when they differ, also in their order."""
        self.due += len(due)
        self.given += len(given)
        self.both += len(set(due) & set(given))
        return list(due) == list(given)


def measure_search(station: Station) -> dict[str, Any]:
    """`search_…`, `recall`, `precision`, `like_…`, `filtered_…`, `index_mb`."""
    asked = queries(station.seed, station.amounts["queries"], station.incidents)
    count = station.incidents
    closed = count - STILL_OPEN
    due = expected(asked, seed=station.seed, count=count, closed=closed, most=MOST_HITS)
    with station.opened() as product:
        figures = _searched(product, asked, due)
        figures |= _with_like(product, asked, station.amounts["likes"])
        size = product.index_mb()
        figures["index_mb"] = None if size is None else round(size, 1)
        figures |= _filtered(product, station, due)
    return figures


def _searched(product: Any, asked: Sequence[str], due: Mapping[str, Expected]) -> dict[str, Any]:
    taken_ms: dict[str, float] = {}
    tally, wrong = _Tally(), []
    for query in asked[:: max(1, len(asked) // 20)]:
        product.page(query, PAGE)  # the first ones read the file's upper pages
    for query in asked:
        ids, taken_ms[query] = product.page(query, PAGE)
        page = list(map(no_of, ids))
        right = tally.add(due[query].numbers[:PAGE], page)
        if due[query].is_all:
            found = list(map(no_of, product.holding(query, MOST_HITS + 1)))
            right &= tally.add(due[query].numbers, found)
        if not right:
            wrong.append(query)
    slowest = sorted(asked, key=lambda query: -taken_ms[query])[:_SHOWN]
    rare = [taken_ms[query] for query in asked if len(due[query].numbers) < PAGE]
    return {
        "search_p50_ms": round(percentile(list(taken_ms.values()), 50), 3),
        "search_p95_ms": round(percentile(list(taken_ms.values()), 95), 3),
        "search_p99_ms": round(percentile(list(taken_ms.values()), 99), 3),
        "search_max_ms": round(max(taken_ms.values()), 3),
        "search_rare_p95_ms": round(percentile(rare, 95), 3) if rare else None,
        "search_slowest": {query: round(taken_ms[query], 1) for query in slowest},
        "recall": round(tally.both / tally.due, 6) if tally.due else 0.0,
        "precision": round(tally.both / tally.given, 6) if tally.given else 0.0,
        "search_wrong": wrong[:_SHOWN],
        "queries_found_nowhere": sum(not due[query].numbers for query in asked),
        "queries_rare": len(rare),
    }


def _with_like(product: Any, asked: Sequence[str], count: int) -> dict[str, Any]:
    """On every so-manieth query: it takes seconds where little is found."""
    step = max(1, len(asked) // count)
    taken_ms = [product.with_like(query, PAGE) for query in asked[::step]]
    return {
        "like_p50_ms": round(percentile(taken_ms, 50), 1),
        "like_p95_ms": round(percentile(taken_ms, 95), 1),
        "like_queries": len(taken_ms),
    }


def _filtered(product: Any, station: Station, due: Mapping[str, Expected]) -> dict[str, Any]:
    """Words of which all hits are known, and filters; or filters alone."""
    texts = [query for query, one in due.items() if one.is_all and one.numbers]
    asked = filtered(station.seed, texts, station.amounts["filtered"])
    if not asked:
        return {}
    answers = []
    for one in asked:
        ids, taken_ms = product.filtered(one.query, one.filters, PAGE)
        answers.append((one, list(map(no_of, ids)), taken_ms))
    right = _right_answers(asked, due, station)
    wrong = [one for number, (one, page, _) in enumerate(answers) if page != right[number]]
    with_words = [taken_ms for one, _, taken_ms in answers if one.query]
    alone = [taken_ms for one, _, taken_ms in answers if not one.query]
    return {
        "filtered_p95_ms": round(percentile(with_words, 95), 3) if with_words else None,
        "filters_alone_p95_ms": round(percentile(alone, 95), 3) if alone else None,
        "filtered_max_ms": round(max(taken_ms for _, _, taken_ms in answers), 3),
        "filtered_right": round(1 - len(wrong) / len(answers), 6),
        "filtered_wrong": [f"{one.query} {one.filters}" for one in wrong[:_SHOWN]],
    }


def _right_answers(
    asked: Sequence[Filtered], due: Mapping[str, Expected], station: Station
) -> list[list[int]]:
    """The newest that each lets through: one walk back through all that was invented."""
    with_words = {
        number: set(due[one.query].numbers) for number, one in enumerate(asked) if one.query
    }
    right: list[list[int]] = [[] for _ in asked]
    last = station.incidents
    while last > 0 and any(len(numbers) < PAGE for numbers in right):
        first = max(1, last - 9_999)
        for made in sorted(incidents(station.seed, first, last), key=lambda one: -one.no):
            for number, one in enumerate(asked):
                holds = number not in with_words or made.no in with_words[number]
                if holds and len(right[number]) < PAGE and one.lets_through(made):
                    right[number].append(made.no)
        last = first - 1
    return right
