"""Where a package comes to stand: a folder or a zip, beside its target until it is whole.

Nobody ever meets half a package under its own name. Knows nothing of what is in the files.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

from app import platform
from app.clock import Clock
from app.errors import KnownError, msg
from app.evidence.export_order import PackageForm
from app.evidence.pieces import Writable
from app.station import Disk, StationFolder
from app.station.disk import disk_trouble
from app.thai.dates import to_local

UNFINISHED = ".exporting"
_READABLE = 0o644
SPARE_BYTES = 64_000_000
"""What must stay free on the target beside the package."""
PACKAGE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{1,79}")
_SAFE = msg("Nothing was exported, nothing half is left there; the recordings are untouched.")


class PackageWriter(Protocol):
    """One package under way."""

    final: Path
    """Where it will be when it is finished."""
    unfinished: Path
    """Where it is meanwhile."""

    def file(self, name: str) -> AbstractContextManager[Writable]:
        """Begin a file, `/` between folder and name; it is written when the block ends."""
        ...

    def finish(self) -> Path:
        """All of it on the disk, under its own name."""
        ...

    def abandon(self) -> None:
        """Take away whatever there is. May be called twice, also after `finish` failed."""
        ...


def package_writer(
    target: Path, name: str, form: PackageForm, disk: Disk, clock: Clock
) -> PackageWriter:
    """A new package in the folder `target`. Raises OSError and KnownError."""
    if form is PackageForm.ZIP:
        return ZipPackage(target, name, disk, clock.now())
    return FolderPackage(target, name, disk)


def unfinished_path(target: Path, name: str, form: PackageForm) -> Path:
    """Where a package lies while it is written; what start-up looks for after a crash."""
    return target / f".{final_path(target, name, form).name}{UNFINISHED}"


def final_path(target: Path, name: str, form: PackageForm) -> Path:
    """Where the package will be."""
    return target / (f"{name}.zip" if form is PackageForm.ZIP else name)


class FolderPackage:
    """A package as a folder of plain files: any memory stick can hold it."""

    def __init__(self, target: Path, name: str, disk: Disk) -> None:
        self.final = final_path(target, name, PackageForm.FOLDER)
        self.unfinished = unfinished_path(target, name, PackageForm.FOLDER)
        self._disk = disk
        self.unfinished.mkdir()
        try:
            disk.sync(target)
        except BaseException:
            self.abandon()
            raise

    @contextmanager
    def file(self, name: str) -> Iterator[Writable]:
        path = self.unfinished / name
        if path.parent != self.unfinished:  # never its parents: a stick that is gone stays gone
            path.parent.mkdir(exist_ok=True)
        if not self.unfinished.is_dir():
            raise FileNotFoundError(errno.ENOENT, "the package is gone", str(path))
        file = self._disk.create(path)
        with contextlib.suppress(OSError):  # FAT knows no rights
            path.chmod(_READABLE)  # by whoever gets the disk
        try:
            yield file
            file.sync()
        finally:
            file.close()

    def finish(self) -> Path:
        _refuse_taken(self.final)
        self._disk.rename(self.unfinished, self.final)
        return self.final

    def abandon(self) -> None:
        shutil.rmtree(self.unfinished, ignore_errors=True)


class ZipPackage:
    """A package as one zip, nothing compressed: video cannot be, and hashes need no unpacking."""

    def __init__(self, target: Path, name: str, disk: Disk, at: datetime) -> None:
        self.final = final_path(target, name, PackageForm.ZIP)
        self.unfinished = unfinished_path(target, name, PackageForm.ZIP)
        self._folder = name
        self._disk = disk
        self._time = to_local(at).timetuple()[:6]
        self._file: IO[bytes] = self.unfinished.open("xb")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_STORED, allowZip64=True)

    @contextmanager
    def file(self, name: str) -> Iterator[Writable]:
        about = zipfile.ZipInfo(f"{self._folder}/{name}", self._time)
        about.external_attr = _READABLE << 16
        with self._zip.open(about, "w", force_zip64=True) as file:
            yield file

    def finish(self) -> Path:
        self._zip.close()
        self._file.close()
        self._disk.sync(self.unfinished)
        _refuse_taken(self.final)
        self._disk.rename(self.unfinished, self.final)
        return self.final

    def abandon(self) -> None:
        self._zip.fp = None  # else it writes its directory into a file that is to go
        with contextlib.suppress(OSError):
            self._file.close()
        with contextlib.suppress(OSError):
            self.unfinished.unlink(missing_ok=True)


def _refuse_taken(final: Path) -> None:
    if os.path.lexists(final):  # pathlib's own follows links
        raise KnownError(
            msg("There is something at {path} already.", path=str(final)),
            safe=_SAFE,
            do=msg("Move it away, or export into another folder."),
        )


def check_target(folder: StationFolder, target: Path, form: PackageForm, size_bytes: int,
                 disk: Disk) -> None:  # fmt: skip
    """Raise the KnownError that says why no package of this size can be written to `target`."""
    if not target.is_dir():
        raise vanished(target)
    _refuse_place(folder, target, disk)
    disk.check_writable(target)
    space = disk.space(target)
    if space.free_bytes < size_bytes + SPARE_BYTES:
        raise KnownError(
            msg(
                "The package needs {needed} MB, and {path} has {free} MB free.",
                needed=megabytes(size_bytes + SPARE_BYTES),
                free=megabytes(space.free_bytes),
                path=str(target),
            ),
            safe=_SAFE,
            do=msg("Export a shorter time or fewer cameras, or choose a larger disk."),
        )
    limit = platform.largest_file_bytes(target)
    if form is PackageForm.ZIP and limit is not None and size_bytes + SPARE_BYTES > limit:
        raise _too_large(target)


def _refuse_place(folder: StationFolder, target: Path, disk: Disk) -> None:
    root, real = folder.root.resolve(), target.resolve()
    if real.is_relative_to(root) and real != folder.evidence.resolve():
        raise KnownError(
            msg("{path} is inside the station's own folder.", path=str(target)),
            safe=_SAFE,
            do=msg("Choose a memory stick, another folder, or the station's evidence folder."),
        )
    kind = disk.network_kind(target)
    if kind is not None:
        raise KnownError(
            msg("{path} is on a network disk ({kind}).", path=str(target), kind=kind),
            safe=_SAFE,
            do=msg("Export to a disk of this computer, then copy the package and verify the copy."),
        )


def writing_trouble(error: OSError, target: Path) -> KnownError:
    """What is told when writing a package failed; whatever there was of it is taken away."""
    if error.errno == errno.EFBIG:
        return _too_large(target)
    if not target.is_dir():
        return vanished(target)
    trouble = disk_trouble(error, target)
    return KnownError(trouble.what, safe=_SAFE, do=trouble.do)


def vanished(target: Path) -> KnownError:
    """The target was taken away, or never was there."""
    return KnownError(
        msg("The folder {path} is not there.", path=str(target)),
        safe=_SAFE,
        do=msg("Put the memory stick back in, or choose another folder, and export again."),
    )


def _too_large(target: Path) -> KnownError:
    return KnownError(
        msg("A memory stick like {path} cannot hold a file of 4 GB or more.", path=str(target)),
        safe=_SAFE,
        do=msg("Export as a folder instead of a zip, or choose another disk."),
    )


def megabytes(size_bytes: int) -> int:
    """Rounded up: never less than there is."""
    return -(-size_bytes // 1_000_000)
