"""A log written as fast as it goes, each saved entry told over a pipe, until it is killed.

Runs in a process of its own, forked from one that has loaded everything already.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future
from pathlib import Path
from typing import NoReturn

from app.clock import SystemClock
from app.incidents.categories import Channel, Priority
from app.incidents.incident import NoteAdded, Report
from app.incidents.intake import report_incident
from app.log import Actor, Entry, Log, Role
from app.views import all_views

_OFFICER = Actor("officer-1", Role.DUTY_OFFICER)
_IN_FLIGHT = 3


def write_until_killed(folder: Path, pipe: int) -> NoReturn:
    """Never returns; a bug ends the process, and the pipe with it."""
    try:
        _write(folder, pipe)
    finally:
        os._exit(1)


def _write(folder: Path, pipe: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    clock = SystemClock()
    log = Log(folder / "station.db", origin="console-1", views=all_views(), clock=clock)
    log.open()
    waiting: deque[Future[tuple[Entry, ...]]] = deque()
    while True:
        report = Report(
            channel=Channel.CALL_191, category="23", priority=Priority.URGENT,
            place="ตลาดอินโดจีน ประตู 3", narrative="คนร้ายชาย เสื้อดำ กระชากกระเป๋า",
        )  # fmt: skip
        waiting.append(report_incident(log, report, actor=_OFFICER, clock=clock))
        waiting.append(log.append(NoteAdded("inc-1", "ผู้แจ้งโทรซ้ำ"), actor=_OFFICER))
        while len(waiting) > _IN_FLIGHT:
            for entry in waiting.popleft().result():
                os.write(pipe, f"{entry.origin}:{entry.n} {entry.hash}\n".encode())
