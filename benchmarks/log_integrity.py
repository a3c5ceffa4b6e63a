"""Whether the log stays whole: how long checking and rebuilding all of it take, what a kill costs,
how long a report waits while a backup is made.

What is claimed is looked up by code of this page alone: SQLite's own module and SHA-256.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from app.clock import SystemClock
from app.log import Log
from app.log.verify import verify
from app.station import open_station
from app.views import all_views
from benchmarks.chain_oracle import broken_links, held
from benchmarks.killed_writer import write_until_killed
from benchmarks.log_station import Station
from benchmarks.log_words import incidents
from benchmarks.percentiles import percentile
from benchmarks.runs import BrokenError

MOST = {
    "verify_s": 8.0,
    "verify_unnamed": 0,
    "rebuild_s": 120.0,
    "rebuild_wrong": 0,
    "acknowledged_lost": 0,
    "chain_breaks": 0,
    "backup_worst_commit_ms": 50.0,
    "backup_wrong": 0,
}
LEAST = {"sigkill_rounds": 200}
_MILLION = 1_000_000
_TAMPERED = 5
_ALONE_S = 4.0
_PAUSE_S = 0.003
_LONGEST_LIFE_S = 0.04


def measure_integrity(station: Station) -> dict[str, Any]:
    """All of it, on a copy of the station; the kills on a small one of their own."""
    figures = _kills(station.scratch / "killed", station.amounts["kills"], station.seed)
    figures |= _verify(station)
    with station.copy() as folder:
        figures |= _backup(folder, station)
        figures |= _rebuild(folder)
        figures |= _tampering(folder, station.seed)
    return figures


def _verify(station: Station) -> dict[str, Any]:
    """Entries, guards, indexes, as every night; more than a million are reckoned to a million."""
    began_s = time.perf_counter()
    database = open_station(station.folder, read_only=True).database
    report = verify(database)
    taken_s = time.perf_counter() - began_s
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        (there,) = db.execute("SELECT count(*) FROM entries").fetchone()
    if not report.ok or report.entries != there or there < station.entries:
        raise BrokenError(
            f"the station is not whole: {report.entries} of {there} entries, built with"
            f" {station.entries}; {report.findings[:3]}"
        )
    return {
        "verify_s": round(_for_a_million(taken_s, report.entries), 2),
        "verify_all_s": round(taken_s, 2),
        "verify_entries": report.entries,
    }


def _for_a_million(taken_s: float, entries: int) -> float:
    return taken_s * min(1.0, _MILLION / max(1, entries))


def _tampering(folder: Path, seed: int) -> dict[str, Any]:
    """Entries changed by hand, in ways drawn from the seed: how many the check does not name."""
    database, chance = folder / "station.db", random.Random(seed)
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entries'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        newest = db.execute("SELECT max(seq) FROM entries").fetchone()[0]
        chosen = chance.sample(range(1, newest + 1), min(_TAMPERED, newest))
        db.executemany(
            "UPDATE entries SET body = replace(body, 'salt', 'SALT') WHERE seq = ?",
            [(seq,) for seq in chosen],
        )
        marks = ", ".join(str(seq) for seq in chosen)
        wanted = {
            f"{origin}:{n}"
            for origin, n in db.execute(f"SELECT origin, n FROM entries WHERE seq IN ({marks})")
        }
    named = {finding.entry_id for finding in verify(database).findings}
    return {"verify_unnamed": len(wanted - named), "verify_tampered": len(wanted)}


def _rebuild(folder: Path) -> dict[str, Any]:
    """Every view thrown away and made again; one row was taken out before."""
    database = folder / "station.db"
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        wanted = _incidents(db)
        db.execute("DELETE FROM incidents WHERE id = (SELECT min(id) FROM incidents)")
    with _log(folder) as log:
        entries = log.count()
        began_s = time.perf_counter()
        log.rebuild()
        taken_s = time.perf_counter() - began_s
    with closing(sqlite3.connect(database)) as db:
        wrong = abs(wanted - _incidents(db))
    return {
        "rebuild_s": round(_for_a_million(taken_s, entries), 1),
        "rebuild_all_s": round(taken_s, 1),
        "rebuild_wrong": wrong,
    }


def _incidents(db: sqlite3.Connection) -> int:
    count: int = db.execute("SELECT count(*) FROM incidents").fetchone()[0]
    return count


def _backup(folder: Path, station: Station) -> dict[str, Any]:
    """Reports saved one after the other: first alone, then while a backup is being made."""
    made: list[Any] = []
    news = incidents(station.seed, station.incidents + 1, station.incidents + 100_000)
    with station.opened(folder) as product:
        until_s = time.perf_counter() + _ALONE_S
        alone = _saved(product, news, lambda: time.perf_counter() < until_s)
        before = product.count()
        backing = threading.Thread(target=lambda: made.append(product.back_up()))
        began_s = time.perf_counter()
        backing.start()
        beside = _saved(product, news, backing.is_alive)
        backing.join()
        taken_s = time.perf_counter() - began_s
    if not made:
        raise RuntimeError("no backup was made")
    with closing(sqlite3.connect(made[0].database)) as db:
        wrong = broken_links(db) + abs(made[0].entries - len(held(db)))
    return {
        "backup_worst_commit_ms": round(max(beside), 1),
        "backup_p95_commit_ms": round(percentile(beside, 95), 2),
        "alone_worst_commit_ms": round(max(alone), 1),
        "backup_commits": len(beside),
        "backup_s": round(taken_s, 1),
        "backup_mb": round(made[0].size_bytes / 1e6),
        "backup_wrong": wrong + int(made[0].entries < before),
    }


def _saved(product: Any, news: Iterator[Any], goes_on: Any) -> list[float]:
    """How long each report took until it was durable, in milliseconds."""
    taken = [product.report(next(news))]
    while goes_on():
        time.sleep(_PAUSE_S)
        taken.append(product.report(next(news)))
    return taken


def _kills(folder: Path, rounds: int, seed: int) -> dict[str, Any]:
    """A writer that says what it has saved, killed without warning, again and again."""
    chance, acknowledged, done = random.Random(seed), 0, 0
    lost = breaks = 0
    for number in range(rounds):
        said = _killed_in_mid_work(folder, chance.random() * _LONGEST_LIFE_S)
        done += bool(said)
        acknowledged += len(said)
        with closing(sqlite3.connect(folder / "station.db")) as db:
            lost += len(said - held(db))
            if number % 20 == 19 or number == rounds - 1:
                breaks += broken_links(db)
    return {
        "sigkill_rounds": done,
        "acknowledged": acknowledged,
        "acknowledged_lost": lost,
        "chain_breaks": breaks,
    }


def _killed_in_mid_work(folder: Path, life_s: float) -> set[str]:
    """The entries (`origin:n hash`) that a writer acknowledged before its end."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        write_until_killed(folder, writing)  # never comes back
    os.close(writing)
    said = b""
    try:
        with os.fdopen(reading, "rb") as pipe:
            said += pipe.readline()
            time.sleep(life_s)
            os.kill(pid, signal.SIGKILL)
            said += pipe.read()
    finally:
        os.waitpid(pid, 0)
    lines = said.decode().split("\n")[:-1]  # a line cut short was not said
    return {line for line in lines if line}


@contextmanager
def _log(folder: Path) -> Iterator[Log]:
    station = open_station(folder)
    log = Log(
        station.database, origin=station.profile.origin, views=all_views(), clock=SystemClock()
    )
    log.open()
    try:
        yield log
    finally:
        log.close()
