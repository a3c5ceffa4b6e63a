"""What the console needs of the recorder: that one runs, that it ends, that locks are kept without.

Knows the recorder as a process: only its lock decides whether there is one.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.clock import Clock
from app.errors import KnownError
from app.log import Connection, Head
from app.platform import programs
from app.station import Disk, RecorderLock, StationFolder
from app.video.archive.index import RecordingIndex
from app.video.recorder.lock_keeping import keep_locks, wishes
from app.video.recorder.recorder_note import StopRequest, ask_to_stop
from app.video.recorder.start_up import open_index

MAIN = Path(__file__).resolve().parents[3] / "main.py"
SHORTEST_S, LONGEST_S = 5.0, 120.0
"""Between two starts: one that cannot run is not started every second for ever."""
_LIVED_S = 60.0

HeadOf = Callable[[str], Head]

_logger = logging.getLogger(__name__)


def is_running(folder: StationFolder) -> bool:
    """Whether a recorder holds the station's lock (or a console, for a moment)."""
    path = folder.recordings / f"{RecorderLock.name}.lock"
    if not path.exists():
        return False
    lock = FileLock(path, timeout=0, fallback_to_soft=False)
    try:
        with lock:
            return False
    except Timeout:
        return True


def recorder_command(folder: StationFolder) -> tuple[str, ...]:
    """What starts the recorder of a station: this very program."""
    return sys.executable, str(MAIN), "record", "--station", str(folder.root)


class RecorderStarter:
    """Keeps a recorder running for a station. One thread's; it never ends what it started."""

    def __init__(self, folder: StationFolder, clock: Clock, command: Sequence[str] = ()) -> None:
        """`command` starts a recorder; by default this very program's."""
        self._folder = folder
        self._clock = clock
        self._command = tuple(command) or recorder_command(folder)
        self._started_pid: int | None = None
        self._started_s = self._alive_s = self._next_s = float("-inf")
        self._wait_s = SHORTEST_S

    def ensure(self) -> bool:
        """Start one if none runs; whether one was started.

        Ask every second or two. KnownError never: what is wrong stands in the recorder's own log.
        """
        now_s = self._clock.monotonic()
        if not self.has_nothing_left:
            self._alive_s = now_s
            return False  # it runs, or is about to take the lock
        if now_s < self._next_s or is_running(self._folder):
            return False
        lived = self._alive_s - self._started_s > _LIVED_S
        self._wait_s = SHORTEST_S if lived else min(self._wait_s * 2, LONGEST_S)
        self._next_s = now_s + self._wait_s
        self._started_s = self._alive_s = now_s
        try:
            self._started_pid = programs.start_detached(self._command, self._folder.root)
        except OSError as error:
            _logger.warning("the recorder could not be started: %s", error.strerror)
            return False
        _logger.info("a recorder was started")
        return True

    @property
    def has_nothing_left(self) -> bool:
        """Whether nothing that was started here is still running."""
        if self._started_pid is not None and programs.has_ended(self._started_pid):
            self._started_pid = None
        return self._started_pid is None


def ask_recorder_to_stop(folder: StationFolder, by: str, why: str) -> None:
    """Leave the request; the caller also writes it into the station's log. KnownError."""
    ask_to_stop(folder.recordings, StopRequest(by, why), Disk())


@contextmanager
def hold_index_for(folder: StationFolder, clock: Clock, heads: HeadOf) -> Iterator[RecordingIndex]:
    """The index, written by the console itself for a moment because no recorder runs.

    `heads` says how far the station's log has taken in a chain. KnownError: one does run.
    """
    lock = RecorderLock(folder, clock=clock)
    lock.acquire()
    index = RecordingIndex(folder.recordings, clock)
    try:
        open_index(index, Disk(), clock, heads)
        yield index
    finally:
        index.close()
        lock.release()


def keep_locks_without_recorder(
    folder: StationFolder, clock: Clock, station: Connection, heads: HeadOf
) -> bool:
    """Hold and release what the station's log asks for; False: a recorder runs and will do it.

    `station` is a reading of `station.db`. KnownError when the index cannot be written.
    """
    if is_running(folder):
        return False
    wished = wishes(station)
    with contextlib.ExitStack() as stack:
        try:
            index = stack.enter_context(hold_index_for(folder, clock, heads))
        except KnownError:
            if is_running(folder):
                return False
            raise
        keep_locks(index, wished, clock.now())
    return True
