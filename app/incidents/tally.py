"""How many of the found incidents are of each kind, place, channel and state: for the filters.

Counted in one statement, so that whoever waits for the log's words is not kept from them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from app.incidents.categories import BY_CODE, Category
from app.incidents.category_table import own_categories
from app.incidents.incident import IncidentState
from app.log import Connection

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
    marks = db.execute(
        "SELECT n.name, count(*) FROM incident_mark_names AS n CROSS JOIN json_each(?) AS wanted"
        " JOIN incident_marks AS m ON m.mark = n.id AND m.no = wanted.value GROUP BY n.id",
        (wanted,),
    )
    open_ones = db.execute(
        "SELECT i.state, count(*) FROM incidents AS i CROSS JOIN incident_words AS w"
        " ON w.incident = i.id WHERE i.state <> 'closed'"
        " AND w.no IN (SELECT value FROM json_each(?)) GROUP BY i.state",
        (wanted,),
    )
    known = BY_CODE | own_categories(db)
    return _gathered(dict(map(tuple, marks)), dict(map(tuple, open_ones)), len(nos), known)


def tally_of_all(db: Connection) -> Tally:
    """Of every incident there is."""
    marks = db.execute(
        "SELECT n.name, c.count FROM (SELECT mark, count(*) AS count FROM incident_marks"
        " GROUP BY mark) AS c JOIN incident_mark_names AS n ON n.id = c.mark"
    )
    open_ones = db.execute(
        "SELECT state, count(*) FROM incidents WHERE state <> 'closed' GROUP BY state"
    )
    (total,) = db.execute("SELECT coalesce(max(no), 0) FROM incident_words").fetchone()
    known = BY_CODE | own_categories(db)
    return _gathered(dict(map(tuple, marks)), dict(map(tuple, open_ones)), total, known)


def _gathered(
    marks: Mapping[str, int],
    open_ones: Mapping[str, int],
    total: int,
    known: Mapping[str, Category],
) -> Tally:
    found: Counter[tuple[str, str]] = Counter()
    for name, count in marks.items():
        kind, _, value = name.partition(":")
        if kind in _LISTS:
            found[_LISTS[kind], value] += count
    for category in known.values():
        group = str(int(category.group))
        found["groups", group] += found["categories", category.code]
    for state in IncidentState:
        found["states", state.value] = open_ones.get(state.value, 0)
    found["states", IncidentState.CLOSED.value] = total - sum(open_ones.values())
    return dict(found)
