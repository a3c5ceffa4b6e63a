"""How many keys a report takes, and how long from Ctrl+Enter until its number is painted.

The hand is `intake_hand.py`, in a process of its own with the real window; what was saved is read
back from the log file here, by plain sqlite3.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.intake_calls import Call, calls, wrong
from benchmarks.log_station import Station
from benchmarks.runs import BrokenError

MOST = {"intake_keys_overhead": 12, "intake_save_ms": 50.0, "intake_wrong": 0}
_LONG_S = 300.0
_ROOT = Path(__file__).resolve().parents[1]


def measure_intake(station: Station) -> dict[str, Any]:
    """`intake_keys_overhead`: the worst call's; `intake_save_ms`: the median of the slowest call;
    `intake_wrong`: how many entries do not say what was typed.
    """
    with station.copy() as folder:
        patch = getattr(station.product, "window_patch", None)
        told = played(folder, station.amounts["rounds"], patch)
        entries = reported(folder, len(told["saves_ms"]))
    said = calls()
    order = [said[number % len(said)] for number in range(len(told["saves_ms"]))]
    return figures(order, told["saves_ms"], entries) | {
        "intake_save_cpu_ms": _median(told["cpu_ms"])
    }


def figures(
    order: list[Call], saves_ms: list[float | None], entries: list[Mapping[str, Any]]
) -> dict[str, Any]:
    """The part's figures from what the hand timed and what the log holds, call by call."""
    faults = [
        f"{call.title}: {', '.join(wrong(call.kept, body))}"
        for call, body in zip(order, entries, strict=False)
        if wrong(call.kept, body)
    ]
    missing = len(order) - len(entries)
    by_call: dict[str, list[float]] = {}
    for call, taken_ms in zip(order, saves_ms, strict=True):
        by_call.setdefault(call.title, []).append(1e9 if taken_ms is None else taken_ms)
    return {
        "intake_keys_overhead": max(call.overhead for call in order),
        "intake_keys_by_call": {call.title: call.overhead for call in order},
        "intake_save_ms": max(_median(taken) for taken in by_call.values()),
        "intake_save_max_ms": max(max(taken) for taken in by_call.values()),
        "intake_wrong": len(faults) + missing,
        "intake_faults": faults[:3],
    }


def played(folder: Path, rounds: int, patch: Path | None = None) -> dict[str, Any]:
    """Let the hand take the calls on this station. Raises BrokenError with its last words."""
    command = [sys.executable, "-m", "benchmarks.intake_hand", str(folder), str(rounds)]
    command += [str(patch)] if patch is not None else []
    home = folder.parent / "home"
    home.mkdir()
    surroundings = os.environ | {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
    surroundings.pop("DISPLAY", None)
    ran = subprocess.run(
        command, cwd=_ROOT, env=surroundings, capture_output=True, text=True, timeout=_LONG_S,
        check=False,
    )  # fmt: skip
    if ran.returncode != 0:
        raise BrokenError(f"the hand ended with {ran.returncode}: {ran.stderr[-600:]}")
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told


def reported(folder: Path, count: int) -> list[Mapping[str, Any]]:
    """What the newest reports in the log file say, oldest first; those of officers only."""
    with closing(sqlite3.connect(f"file:{folder / 'station.db'}?mode=ro", uri=True)) as db:
        rows = db.execute(
            "SELECT body FROM entries WHERE kind = 'incident_reported' AND actor <> 'benchmark'"
            " ORDER BY seq DESC LIMIT ?",
            (count,),
        ).fetchall()
    return [json.loads(row[0]) for row in reversed(rows)]


def _median(values: list[float]) -> float:
    ordered = sorted(values)
    return round(ordered[len(ordered) // 2], 2)
