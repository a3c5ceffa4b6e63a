"""How many of the found incidents are of each kind, place, channel and state: for the filters."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from app.incidents.categories import BY_CODE
from app.incidents.category_table import own_categories
from app.incidents.incident import IncidentState
from app.incidents.search_index import BLOCK, closed_blocks
from app.log import Connection, Row

MOST = 20_000
"""More than so many are not counted, unless they are all there are."""

_LISTS = {
    "zone": "zones",
    "community": "communities",
    "beat": "beats",
    "category": "categories",
    "channel": "channels",
    "unit": "units",
    "officer": "officers",
}
Tally = Mapping[tuple[str, str], int]
"""By list and value as in `Asked`: `("channels", "191")`."""


def tally_of(db: Connection, nos: Sequence[int]) -> Tally:
    """Of the incidents with these numbers of the search, at most `MOST`."""
    wanted = json.dumps(list(nos))
    marks = _counted(
        db.execute(
            "SELECT marks, count(*) FROM incident_words"
            " WHERE no IN (SELECT value FROM json_each(?)) GROUP BY marks",
            (wanted,),
        )
    )
    open_ones = db.execute(
        "SELECT i.state, count(*) FROM incidents AS i CROSS JOIN incident_words AS w"
        " ON w.incident = i.id WHERE i.state <> 'closed'"
        " AND w.no IN (SELECT value FROM json_each(?)) GROUP BY i.state",
        (wanted,),
    )
    return _told(db, marks, open_ones, len(nos))


def tally_of_all(db: Connection) -> Tally:
    """Of every incident there is: the index has the older ones, the newest have it in their row."""
    (total,) = db.execute("SELECT coalesce(max(no), 0) FROM incident_words").fetchone()
    marks = _counted(
        db.execute(
            "SELECT marks, count(*) FROM incident_words WHERE no > ? GROUP BY marks",
            (closed_blocks(total) * BLOCK,),
        )
    )
    for row in db.execute("SELECT mark, count(*) FROM incident_marks GROUP BY mark"):
        marks[row[0]] += row[1]
    open_ones = db.execute(
        "SELECT state, count(*) FROM incidents WHERE state <> 'closed' GROUP BY state"
    )
    return _told(db, marks, open_ones, total)


def _counted(rows: Iterable[Row]) -> Counter[int]:
    """How many have each mark; a row is `,3,17,` and how often that stands."""
    counts: Counter[int] = Counter()
    for row in rows:
        for mark in row[0].split(","):
            if mark:
                counts[int(mark)] += row[1]
    return counts


def _told(db: Connection, marks: Mapping[int, int], open_ones: Iterable[Row], total: int) -> Tally:
    found: Counter[tuple[str, str]] = Counter()
    for row in db.execute("SELECT id, name FROM incident_mark_names"):
        kind, _, value = row[1].partition(":")
        if kind in _LISTS:
            found[_LISTS[kind], value] += marks.get(row[0], 0)
    for category in (BY_CODE | own_categories(db)).values():
        found["groups", str(int(category.group))] += found["categories", category.code]
    states = {str(row[0]): int(row[1]) for row in open_ones}
    for state in IncidentState:
        found["states", state.value] = states.get(state.value, 0)
    found["states", IncidentState.CLOSED.value] = total - sum(states.values())
    return dict(found)
