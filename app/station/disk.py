"""The one room for writing so that a power cut loses nothing, and for free space."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from app import platform
from app.errors import KnownError, msg

Buffer: TypeAlias = bytes | bytearray | memoryview

FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_GROWING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Space:
    """Room on the disk that holds a path."""

    free_bytes: int
    total_bytes: int

    @property
    def used_percent(self) -> int:
        """How full the disk is, rounded down; 100 for a disk of no size."""
        if self.total_bytes <= 0:
            return 100
        return 100 * (self.total_bytes - self.free_bytes) // self.total_bytes


class GrowingFile:
    """A new file that is written piece by piece, unbuffered. What `sync` returned after, stays.

    One thread at a time. Raises OSError, as a file does: its writer may be a muxer in C.
    """

    def __init__(self, path: Path) -> None:
        """Make the file. FileExistsError if there is one; its name is `Disk.create`'s affair."""
        self.path = path
        self._handle = os.open(path, _GROWING, platform.PRIVATE_MODE)
        self._open = True

    def write(self, data: Buffer) -> int:
        """Append all of `data`; its length."""
        left = memoryview(data)
        whole = len(left)
        while left:
            left = left[os.write(self._handle, left) :]  # a full disk takes the first part only
        return whole

    def sync(self) -> None:
        """Make what was written so far survive a power cut."""
        platform.sync_data(self._handle)

    @property
    def is_there(self) -> bool:
        """Whether its name still leads to it: nobody has deleted it, or the folder above it."""
        return not self._open or os.fstat(self._handle).st_nlink > 0

    def close(self) -> None:
        """Let go of it, without a sync. May be called twice."""
        if self._open:
            self._open = False
            os.close(self._handle)


@dataclass(frozen=True, slots=True)
class Disk:
    """Durable writing. `network_kind` says what network file system a path is on, None if local."""

    network_kind: Callable[[Path], str | None] = platform.network_file_system

    def write(
        self, path: Path, data: bytes, *, private: bool = False, lasting: bool = True
    ) -> None:
        """Replace `path` by `data`: all of it or nothing, on the disk when this returns.

        `private`: readable by its owner alone from its first byte on. Not `lasting`: whole for
        whoever reads it, but a power cut may take it. Raises KnownError.
        """
        with telling(path):
            written = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            try:
                with open(written, "xb", opener=_private if private else None) as file:
                    file.write(data)
                    if lasting:
                        file.flush()
                        os.fsync(file.fileno())
                written.replace(path)
            except BaseException:
                written.unlink(missing_ok=True)
                raise
            if lasting:
                platform.sync_folder(path.parent)

    def append(self, path: Path, data: bytes) -> None:
        """Add `data` to the end of a file, made if there is none: all of it or nothing, on the
        disk when this returns. Raises KnownError."""
        with telling(path):
            size = path.stat().st_size if path.exists() else 0
            with path.open("ab", buffering=0) as file:
                try:
                    left = memoryview(data)
                    while left:
                        left = left[file.write(left) :]
                    os.fsync(file.fileno())
                except OSError:
                    with contextlib.suppress(OSError):  # the medium may be gone altogether
                        file.truncate(size)
                    raise

    def sync(self, path: Path) -> None:
        """Make what was written to `path`, a file or a folder, survive a power cut."""
        with telling(path):
            if path.is_dir():
                platform.sync_folder(path)
                return
            platform.sync_file(path)

    def sync_tree(self, root: Path) -> None:
        """`sync` for every file and folder below `root`, and `root` itself; deepest first."""
        for path in sorted(root.rglob("*"), key=lambda found: len(found.parts), reverse=True):
            if not path.is_symlink():
                self.sync(path)
        self.sync(root)

    def rename(self, source: Path, target: Path) -> None:
        """Move within one disk; `target` is there, whole, when this returns. Raises KnownError."""
        with telling(target):
            source.replace(target)
            platform.sync_folder(target.parent)
            if source.parent != target.parent:
                platform.sync_folder(source.parent)

    def create(self, path: Path) -> GrowingFile:
        """A new file to write piece by piece; its name and folders survive a power cut already.

        Folders that are missing are made. Raises FileExistsError, KnownError.
        """
        self.make_folders(path.parent)
        try:
            file = GrowingFile(path)
        except FileExistsError:
            raise
        except OSError as error:
            raise disk_trouble(error, path) from error
        try:
            with telling(path):
                platform.sync_folder(path.parent)
        except BaseException:
            file.close()
            path.unlink(missing_ok=True)
            raise
        return file

    def make_folders(self, folder: Path) -> None:
        """Make `folder` and those above it that are missing, so that a power cut leaves them."""
        with telling(folder):
            missing = [folder] if not folder.is_dir() else []
            while missing and not missing[-1].parent.is_dir():
                missing.append(missing[-1].parent)
            for each in reversed(missing):
                each.mkdir(exist_ok=True)  # another thread may be faster
                platform.sync_folder(each.parent)

    def cut(self, path: Path, size_bytes: int) -> None:
        """Make a file so short, for good."""
        with telling(path):
            os.truncate(path, size_bytes)
            platform.sync_file(path)

    def remove(self, *paths: Path) -> None:
        """Delete files for good; those that are gone already are left. Each folder is synced once.

        Raises KnownError at the first that cannot be deleted.
        """
        for path in paths:
            with telling(path):
                path.unlink(missing_ok=True)
        for folder in {path.parent for path in paths}:
            with telling(folder), contextlib.suppress(FileNotFoundError):
                platform.sync_folder(folder)

    def remove_folder(self, folder: Path) -> bool:
        """Delete a folder if there is nothing in it; whether it is gone."""
        try:
            folder.rmdir()
        except OSError:
            return False
        with contextlib.suppress(OSError):  # that it comes back empty harms nobody
            platform.sync_folder(folder.parent)
        return True

    def space(self, path: Path) -> Space:
        """Free and total bytes where `path` is or, if it does not exist yet, will be."""
        path = path.resolve()
        while not path.exists() and path != path.parent:
            path = path.parent
        with telling(path):
            usage = shutil.disk_usage(path)
        return Space(free_bytes=usage.free, total_bytes=usage.total)

    def check_writable(self, path: Path) -> None:
        """Raise KnownError unless the file `path` can be written, or files made in the folder.

        Tried, not asked: access rights do not tell of a disk that is mounted read-only. Leaves
        nothing behind.
        """
        with telling(path):
            if path.is_dir():
                with tempfile.TemporaryFile(prefix=".can-write-", dir=path):
                    return
            with path.open("r+b"):
                return


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, platform.PRIVATE_MODE)


@contextlib.contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn the operating system's refusals inside the block into KnownError about `path`."""
    try:
        yield
    except OSError as error:
        raise disk_trouble(error, path) from error


def disk_trouble(error: OSError, path: Path) -> KnownError:
    """What an officer is told when the operating system refused to write to or near `path`."""
    if error.errno in FULL:
        return KnownError(
            msg("The disk that holds {path} is full.", path=str(path)),
            safe=msg("What was saved before is safe."),
            do=msg("Free some space on the disk, then try again."),
        )
    if error.errno in _FORBIDDEN:
        return KnownError(
            msg("This program may not write to {path}: it is read-only.", path=str(path)),
            safe=msg("Nothing was changed."),
            do=msg("Give this user the right to write there, or choose another folder."),
        )
    return KnownError(
        msg("Writing to {path} failed: {reason}", path=str(path), reason=_reason(error)),
        safe=msg("What was saved before is safe."),
        do=msg("Check that the disk is connected and healthy, then try again."),
    )


def reading_trouble(error: OSError, path: Path) -> KnownError:
    """What an officer is told when the operating system refused to read `path`."""
    if error.errno in _FORBIDDEN:
        what = msg("This user may not read {path}.", path=str(path))
        do = msg("Give this user the right to read it, or open another station.")
    else:
        what = msg("{path} cannot be read: {reason}", path=str(path), reason=_reason(error))
        do = msg("Check the name and the disk, or open another station.")
    return KnownError(what, safe=msg("Nothing was changed."), do=do)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
