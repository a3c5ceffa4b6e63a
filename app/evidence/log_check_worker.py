"""The check's own process: reads the log, leaves what it found as a file. Ended by killing it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import platform
from app.errors import KnownError, message_to
from app.evidence.station_check import StationReport, check_station
from app.log import View

PROGRESS, RESULT = "progress.json", "result.json"
_TELL_EVERY_S = 0.3


@dataclass(frozen=True, slots=True)
class CheckOrder:
    """What is to be checked: the log, every room's views (called to make them), and a file of
    heads if one was kept elsewhere and is there."""

    database: Path
    views: Callable[[], Sequence[View]]
    heads: Path | None = None


def main(order: CheckOrder, scratch: Path) -> None:
    """Check; what came of it stands in `result.json` in `scratch`."""
    platform.end_with_parent()
    platform.lower_priority()
    platform.wake_gently()
    began_s = time.monotonic()
    teller = _Teller(scratch / PROGRESS)
    try:
        report = check_station(
            order.database, order.views(), heads=order.heads, scratch=scratch, told=teller.tell
        )
        result = _result(report, time.monotonic() - began_s)
    except KnownError as error:
        result = {"refused": [message_to(part) for part in error.sentences]}
    _write(scratch / RESULT, result)


def _result(report: StationReport, seconds: float) -> dict[str, Any]:
    log, seals = report.log, report.seals
    sentences = [finding.sentence for finding in log.findings] + list(seals.findings)
    return {
        "entries": log.entries,
        "erased": log.erased,
        "seals": seals.sealed,
        "sealed_by": seals.key,
        "heads": report.heads,
        "findings": [message_to(sentence) for sentence in sentences],
        "more": log.more,
        "damaged_tables": [one.table for one in log.findings if one.table is not None],
        "chains": [[head.origin, head.n, head.hash] for head in log.heads],
        "seconds": round(seconds, 1),
    }


class _Teller:
    """Leaves word of how far it is, a few times a second."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._told_s = 0.0

    def tell(self, done: int, total: int) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s >= _TELL_EVERY_S:
            self._told_s = now_s
            _write(self._path, {"done": done, "total": total})


def _write(path: Path, said: dict[str, Any]) -> None:
    """Whole or not at all, for whoever reads meanwhile."""
    written = path.with_suffix(".written")
    written.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    written.replace(path)
