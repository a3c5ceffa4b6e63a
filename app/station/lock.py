"""One console and one recorder at a time in a station: the locks, and their holders' names."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from app import platform
from app.clock import Clock, SystemClock, from_stored, to_stored
from app.errors import KnownError, msg
from app.station.disk import Disk, telling
from app.station.folder import StationFolder

_NO_LOCKS = (errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK)
_LOCAL = ZoneInfo("Asia/Bangkok")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the station open: the computer, the user, the process, and since when (UTC)."""

    host: str
    user: str
    pid: int
    since: datetime


class StationLock:
    """Held by the one program of its kind that works on the station. The system frees it if that
    program dies.

    Keep the object: the lock goes with it.

    Who holds it stands in a file of its own, since a locked file cannot be read on Windows. That
    file may be out of date; only the lock decides.
    """

    name = ""
    """Of the lock's file."""
    note = ""
    """The file beside it that says who holds it."""
    patience_s = 0.0
    """How long to wait for another who has it for a moment only."""

    def __init__(
        self, place: Path, *, disk: Disk | None = None, clock: Clock | None = None
    ) -> None:
        """`place` is the folder that holds the lock's file."""
        self._place = place
        self._info = place / self.note
        self._disk = disk or Disk()
        self._clock = clock or SystemClock()
        # fallback_to_soft: a plain file in place of a lock would outlive a killed console.
        # thread_local: taken in one thread, released at exit perhaps in another.
        self._lock = FileLock(
            place / f"{self.name}.lock",
            timeout=self.patience_s,
            thread_local=False,
            fallback_to_soft=False,
        )

    def acquire(self) -> None:
        """Take the lock at once, or raise the KnownError that names who holds it."""
        with telling(self._place):  # Timeout is an OSError: it must not get that far
            try:
                self._lock.acquire()
            except Timeout:
                raise self.taken(self.holder()) from None
            except OSError as error:
                if error.errno not in _NO_LOCKS:
                    raise
                raise _no_locks(self._place) from error
        try:
            self._disk.write(self._info, self._note())
        except BaseException:
            self._lock.release()
            raise

    def release(self) -> None:
        """Give the lock back. Harmless when it is not held."""
        if self._lock.is_locked:
            self._info.unlink(missing_ok=True)
            self._lock.release()

    def holder(self) -> Holder | None:
        """Who wrote the note beside the lock last; None when there is none that can be read."""
        try:
            note = json.loads(self._info.read_text("utf-8"))
            return Holder(
                host=str(note["host"]),
                user=str(note["user"]),
                pid=int(note["pid"]),
                since=from_stored(str(note["since"])),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def taken(self, holder: Holder | None) -> KnownError:
        """What whoever wanted the lock is told; None: nobody knows who has it."""
        raise NotImplementedError

    def _note(self) -> bytes:
        holder = Holder(platform.host_name(), platform.user_name(), os.getpid(), self._clock.now())
        note = {**asdict(holder), "since": to_stored(holder.since)}
        return json.dumps(note, ensure_ascii=False).encode()


class ConsoleLock(StationLock):
    """Held by the console that has the station open."""

    name = "console"
    note = "console.json"

    def __init__(
        self, folder: StationFolder, *, disk: Disk | None = None, clock: Clock | None = None
    ) -> None:
        super().__init__(folder.root, disk=disk, clock=clock)

    def taken(self, holder: Holder | None) -> KnownError:
        safe = msg("Nothing was changed. Two consoles in one station would disturb each other.")
        do = msg("Use the console that is open, or close it and try again.")
        if holder is None:
            return KnownError(
                msg("The station is already open in another console."), safe=safe, do=do
            )
        return KnownError(
            msg(
                "The station is already open: {user} on {host}, since {time} (process {pid}).",
                user=holder.user,
                host=holder.host,
                time=_time(holder),
                pid=holder.pid,
            ),
            safe=safe,
            do=do,
        )


class RecorderLock(StationLock):
    """Held by the station's recorder; for a moment by a console that locks footage without one."""

    name = "recorder"
    note = "recorder.holder.json"
    patience_s = 2.0

    def __init__(
        self, folder: StationFolder, *, disk: Disk | None = None, clock: Clock | None = None
    ) -> None:
        super().__init__(folder.recordings, disk=disk, clock=clock)

    def taken(self, holder: Holder | None) -> KnownError:
        safe = msg("The recorder that is running goes on.")
        do = msg("Nothing need be done. To end it: python main.py record --stop --station DIR")
        if holder is None:
            return KnownError(msg("A recorder is already running."), safe=safe, do=do)
        return KnownError(
            msg(
                "A recorder is already running: {user} on {host}, since {time} (process {pid}).",
                user=holder.user,
                host=holder.host,
                time=_time(holder),
                pid=holder.pid,
            ),
            safe=safe,
            do=do,
        )


def _time(holder: Holder) -> str:
    return holder.since.astimezone(_LOCAL).strftime("%H:%M %d/%m")


def _no_locks(root: Path) -> KnownError:
    return KnownError(
        msg("The disk that holds {path} cannot lock files.", path=str(root)),
        safe=msg("Nothing was changed."),
        do=msg("Keep the station on a disk inside this computer."),
    )
