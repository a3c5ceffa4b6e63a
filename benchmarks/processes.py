"""What processes cost, from /proc of exactly those named. Knows no program."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

_PROCESSES = Path("/proc")
_SCHEDULED = 2  # CPUCLOCK_SCHED of linux/posix-timers.h: what the scheduler gave, all threads
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def of_session(session: int) -> tuple[int, ...]:
    """All processes of a session: a program started as its leader, and whatever it has started."""
    found = []
    for entry in _PROCESSES.glob("[0-9]*"):
        fields = _fields(int(entry.name))
        if fields is not None and int(fields[3]) == session:
            found.append(int(entry.name))
    return tuple(sorted(found))


class CpuCount:
    """Processor time of processes between two moments; also of those that ended in between, as
    far as it was last looked at."""

    def __init__(self) -> None:
        self._first: dict[int, float] = {}
        self._last: dict[int, float] = {}

    def look(self, pids: Iterable[int]) -> None:
        """Note what they have used so far. One seen for the first time later than the others
        counts from its start: it was started meanwhile."""
        is_first_look = not self._last
        for pid in pids:
            used_s = cpu_s(pid)
            if used_s is not None:
                self._first.setdefault(pid, used_s if is_first_look else 0.0)
                self._last[pid] = used_s

    @property
    def used_s(self) -> float:
        """Seconds of processor time from the first look to the last."""
        return sum(self.used_by_s(pid) for pid in self._last)

    def used_by_s(self, pid: int) -> float:
        """The same of one process."""
        return self._last[pid] - self._first[pid]

    @property
    def pids(self) -> tuple[int, ...]:
        """Whose."""
        return tuple(sorted(self._last))


def cpu_s(pid: int) -> float | None:
    """User and system time of one process without its children; None when it is gone.

    By the process's own clock, as clock_getcpuclockid(3) makes its number: `/proc/<pid>/stat` has
    hundredths of a second, of which a camera that is recorded costs one or two a second.
    """
    try:
        return time.clock_gettime((~pid << 3) | _SCHEDULED)
    except OSError:
        return None


def resident_mb(pids: Iterable[int]) -> float:
    """Resident memory of all, in MB of 10⁶ bytes; a page that two share counts twice."""
    pages = 0
    for pid in pids:
        try:
            pages += int((_PROCESSES / str(pid) / "statm").read_text().split()[1])
        except OSError:
            continue  # it has just ended
    return pages * _PAGE_BYTES / 1e6


def _fields(pid: int) -> list[str] | None:
    """`/proc/<pid>/stat` from the state on, the third field of proc(5)."""
    try:
        line = (_PROCESSES / str(pid) / "stat").read_text(errors="replace")
    except OSError:
        return None
    return line.rpartition(")")[2].split()
