"""How long one report takes until it is durable, beside a bare INSERT and COMMIT of the same text.

Both take turns on the same disk: a slow second hits both.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.log_station import Station
from benchmarks.log_words import incidents
from benchmarks.percentiles import percentile

MOST = {"append_p95_ms": 3.0, "ratio": 3.5}
_WARM = 20


def measure_appends(station: Station) -> dict[str, Any]:
    """`append_…` through the writer thread, `raw_sqlite_…` beside it, and their `ratio`."""
    first = station.incidents + 1
    last = station.incidents + station.amounts["appends"] + _WARM
    append_ms: list[float] = []
    raw_ms: list[float] = []
    with (
        station.copy() as folder,
        station.opened(folder) as product,
        closing(_bare(folder / "bare.db")) as bare,
    ):
        for one in incidents(station.seed, first, last):
            append_ms.append(product.report(one))
            raw_ms.append(_insert(bare, one.narrative))
    append_ms, raw_ms = append_ms[_WARM:], raw_ms[_WARM:]
    return {
        "append_p50_ms": round(percentile(append_ms, 50), 3),
        "append_p95_ms": round(percentile(append_ms, 95), 3),
        "append_p99_ms": round(percentile(append_ms, 99), 3),
        "append_max_ms": round(max(append_ms), 3),
        "raw_sqlite_p50_ms": round(percentile(raw_ms, 50), 3),
        "raw_sqlite_p95_ms": round(percentile(raw_ms, 95), 3),
        "ratio": round(percentile(append_ms, 50) / percentile(raw_ms, 50), 2),
    }


def _bare(path: Path) -> sqlite3.Connection:
    """What durability alone costs: one table, the log's settings, no log."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE said(no INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
    return db


def _insert(db: sqlite3.Connection, text: str) -> float:
    began_s = time.perf_counter()
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO said(text) VALUES(?)", (text,))
    db.execute("COMMIT")
    return (time.perf_counter() - began_s) * 1000
