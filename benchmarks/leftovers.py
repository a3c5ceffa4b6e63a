"""What a program holds of the machine, and what of it is left when it is gone. Reads /proc only."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from benchmarks.processes import of_session

_PROCESSES = Path("/proc")
_SHARED_MEMORY = "/dev/shm/"


@dataclass(slots=True)
class Holdings:
    """The processes of one session, their threads, and every piece of shared memory they ever
    mapped: so what is found afterwards is theirs, whatever its name, and no other program's."""

    session: int
    segments: set[str] = field(default_factory=set)

    def look(self) -> None:
        """Note the shared memory they have now. Once a second is enough for what lasts."""
        for pid in of_session(self.session):
            for line in _lines(_PROCESSES / str(pid) / "maps"):
                _, found, name = line.partition(_SHARED_MEMORY)
                if found and not name.endswith("(deleted)"):
                    self.segments.add(name.strip())

    def threads(self) -> int:
        """All threads of all its processes."""
        return sum(self.threads_by_process())

    def threads_by_process(self) -> list[int]:
        """The threads of each of its processes, the oldest first."""
        tasks = [_PROCESSES / str(pid) / "task" for pid in of_session(self.session)]
        return [len(list(task.glob("*"))) for task in tasks]

    def fewest_threads(self, most: int, wait_s: float) -> int:
        """The fewest seen within `wait_s`; back as soon as there are no more than `most`."""
        pause, until_s = Event(), time.monotonic() + wait_s
        fewest = self.threads()
        while fewest > most and time.monotonic() < until_s:
            pause.wait(0.2)
            fewest = min(fewest, self.threads())
        return fewest

    def living(self) -> list[int]:
        """Its processes that still run; one that is dead and was not buried does not."""
        return [pid for pid in of_session(self.session) if not _is_dead(pid)]

    def gone_within(self, wait_s: float) -> list[int]:
        """Its processes still there after `wait_s`, if any."""
        pause, until_s = Event(), time.monotonic() + wait_s
        while (left := self.living()) and time.monotonic() < until_s:
            pause.wait(0.05)
        return left

    def segments_left(self) -> list[str]:
        """Its shared memory that still has a name."""
        return sorted(name for name in self.segments if Path(_SHARED_MEMORY, name).exists())


def _is_dead(pid: int) -> bool:
    lines = _lines(_PROCESSES / str(pid) / "stat")
    return not lines or lines[0].rpartition(")")[2].split()[0] in ("Z", "X")


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(errors="replace").splitlines()
    except OSError:
        return []  # it has just ended
