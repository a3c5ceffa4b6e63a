"""The table `spans`: where a stream's segments follow each other without a gap. Knows no entry.

A span is always what the segments say, and cheap to keep so: adding footage joins spans, removing
looks only at segments about the removed ones. `recomputed` is the same, said in the slow way.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.log import Connection
from app.video.archive.index_tables import STORED

JOIN_MS = 1000
"""Segments so close together have no gap between them: the next keyframe's arrival jitters."""

Range = tuple[int, int]


def joined(ranges: Iterable[Range]) -> list[Range]:
    """Ranges of milliseconds, sorted, those that are together put together."""
    spans: list[Range] = []
    for begins, ends in sorted(ranges):
        if spans and begins <= spans[-1][1] + JOIN_MS:
            spans[-1] = (spans[-1][0], max(spans[-1][1], ends))
        else:
            spans.append((begins, ends))
    return spans


def recomputed(db: Connection, stream: int) -> list[Range]:
    """The spans of a stream from nothing but its segments."""
    rows = db.execute(
        f"SELECT begins_ms, begins_ms + duration_ms FROM segments WHERE stream = ? AND {STORED}",
        (stream,),
    )
    return joined((row[0], row[1]) for row in rows)


def kept(db: Connection, stream: int) -> list[Range]:
    """The spans of a stream as they stand in the table."""
    rows = db.execute(
        "SELECT begins_ms, ends_ms FROM spans WHERE stream = ? ORDER BY begins_ms", (stream,)
    )
    return [(row[0], row[1]) for row in rows]


def cover(db: Connection, stream: int, begins_ms: int, ends_ms: int) -> None:
    """There is footage here now."""
    touched = _touching(db, stream, begins_ms, ends_ms)
    merged = joined([*touched, (begins_ms, ends_ms)])
    if merged != touched:
        _replace(db, stream, touched, merged)


def uncover(db: Connection, stream: int, begins_ms: int, ends_ms: int) -> None:
    """Segments within this range are gone or shorter; `segments` says so already.

    What lies before the range is connected as it was: only segments that begin before one decide
    whether it follows without a gap. What begins more than `JOIN_MS` after it was never connected
    by what is gone. Between the two the segments are asked.
    """
    touched = _touching(db, stream, begins_ms, ends_ms)
    if not touched:
        return
    before = [(span[0], _last_end(db, stream, begins_ms)) for span in touched[:1]]
    after = [span for span in touched[-1:] if span[1] > ends_ms + JOIN_MS]
    rows = db.execute(
        "SELECT begins_ms, begins_ms + duration_ms FROM segments"
        f" WHERE stream = ? AND {STORED} AND begins_ms BETWEEN ? AND ?",
        (stream, begins_ms, ends_ms + JOIN_MS),
    )
    pieces = [(row[0], row[1]) for row in rows]
    pieces += [(begins, end) for begins, end in before if end is not None and begins < begins_ms]
    pieces += [
        (first, span[1])
        for span in after
        if (first := _first_begin(db, stream, ends_ms + JOIN_MS, span[1])) is not None
    ]
    _replace(db, stream, touched, joined(pieces))


def _touching(db: Connection, stream: int, begins_ms: int, ends_ms: int) -> list[Range]:
    """Spans that overlap a range or are joined to it; in order. Spans lie apart: two queries."""
    rows = db.execute(
        "SELECT begins_ms, ends_ms FROM spans WHERE stream = ? AND begins_ms <= ? AND begins_ms >="
        " coalesce((SELECT max(begins_ms) FROM spans WHERE stream = ? AND begins_ms < ?), ?)"
        " AND ends_ms >= ? ORDER BY begins_ms",
        (stream, ends_ms + JOIN_MS, stream, begins_ms, begins_ms, begins_ms - JOIN_MS),
    )
    return [(row[0], row[1]) for row in rows]


def _last_end(db: Connection, stream: int, before_ms: int) -> int | None:
    """Where the footage ends that begins before an instant; None if there is none."""
    last = db.execute(
        f"SELECT max(begins_ms) FROM segments WHERE stream = ? AND {STORED} AND begins_ms < ?",
        (stream, before_ms),
    ).fetchone()[0]
    if last is None:
        return None
    end: int = db.execute(  # an older one may reach further, but not by more than the longest
        "SELECT max(begins_ms + duration_ms) FROM segments"
        f" WHERE stream = ?1 AND {STORED} AND begins_ms <= ?2 AND begins_ms >="
        " ?2 - (SELECT longest_ms FROM streams WHERE id = ?1)",
        (stream, last),
    ).fetchone()[0]
    return end


def _first_begin(db: Connection, stream: int, after_ms: int, until_ms: int) -> int | None:
    """Where the first segment after an instant begins, within a span that ends at `until_ms`."""
    first: int | None = db.execute(
        f"SELECT min(begins_ms) FROM segments WHERE stream = ? AND {STORED}"
        " AND begins_ms > ? AND begins_ms <= ?",
        (stream, after_ms, until_ms),
    ).fetchone()[0]
    return first


def _replace(db: Connection, stream: int, old: list[Range], new: list[Range]) -> None:
    if [span[0] for span in old] == [span[0] for span in new]:  # it grew at its end: most of all
        db.executemany(
            "UPDATE spans SET ends_ms = ? WHERE stream = ? AND begins_ms = ?",
            [(span[1], stream, span[0]) for span in new],
        )
        return
    db.executemany(
        "DELETE FROM spans WHERE stream = ? AND begins_ms = ?", [(stream, span[0]) for span in old]
    )
    db.executemany("INSERT INTO spans VALUES(?, ?, ?)", [(stream, *span) for span in new])
