"""One console at a time in a station: the lock, and who holds it. Knows nothing of the log."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from app.clock import Clock, SystemClock, from_stored, to_stored
from app.errors import KnownError, msg
from app.station import platform
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


class ConsoleLock:
    """Held by the console that has the station open. The system frees it if that console dies.

    Keep the object: the lock goes with it.

    Who holds it stands in a file of its own, since a locked file cannot be read on Windows. That
    file may be out of date; only the lock decides.
    """

    def __init__(
        self, folder: StationFolder, *, disk: Disk | None = None, clock: Clock | None = None
    ) -> None:
        self._root = folder.root
        self._info = folder.root / "console.json"
        self._disk = disk or Disk()
        self._clock = clock or SystemClock()
        # fallback_to_soft: a plain file in place of a lock would outlive a killed console.
        # thread_local: taken in one thread, released at exit perhaps in another.
        self._lock = FileLock(
            folder.root / "console.lock", timeout=0, thread_local=False, fallback_to_soft=False
        )

    def acquire(self) -> None:
        """Take the lock at once, or raise the KnownError that names who holds it."""
        with telling(self._root):  # Timeout is an OSError: it must not get that far
            try:
                self._lock.acquire()
            except Timeout:
                raise self._taken() from None
            except OSError as error:
                if error.errno not in _NO_LOCKS:
                    raise
                raise _no_locks(self._root) from error
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

    def _note(self) -> bytes:
        holder = Holder(platform.host_name(), platform.user_name(), os.getpid(), self._clock.now())
        note = {**asdict(holder), "since": to_stored(holder.since)}
        return json.dumps(note, ensure_ascii=False).encode()

    def _taken(self) -> KnownError:
        safe = msg("Nothing was changed. Two consoles in one station would disturb each other.")
        do = msg("Use the console that is open, or close it and try again.")
        holder = self.holder()
        if holder is None:
            return KnownError(
                msg("The station is already open in another console."), safe=safe, do=do
            )
        return KnownError(
            msg(
                "The station is already open: {user} on {host}, since {time} (process {pid}).",
                user=holder.user,
                host=holder.host,
                time=holder.since.astimezone(_LOCAL).strftime("%H:%M %d/%m"),
                pid=holder.pid,
            ),
            safe=safe,
            do=do,
        )


def _no_locks(root: Path) -> KnownError:
    return KnownError(
        msg("The disk that holds {path} cannot lock files.", path=str(root)),
        safe=msg("Nothing was changed."),
        do=msg("Keep the station on a disk inside this computer."),
    )
