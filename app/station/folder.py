"""The station folder: made whole or not at all, opened or refused in one clear sentence."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.errors import KnownError, Message, msg
from app.station.disk import Disk, reading_trouble, telling
from app.station.profile import Profile
from app.station.profile_file import NAME, read_profile, write_profile

_SAFE = msg("Nothing was changed.")
_DATABASE = "station.db"
_ROOMS = ("recordings", "evidence", "papers", "basemap", "logs")


@dataclass(frozen=True, slots=True)
class StationFolder:
    """One station's folder and what its `station.toml` says; `warnings` are for the officer."""

    root: Path
    profile: Profile
    warnings: tuple[Message, ...] = ()

    @property
    def profile_file(self) -> Path:
        """`station.toml`."""
        return self.root / NAME

    @property
    def database(self) -> Path:
        """The log and its views."""
        return self.root / _DATABASE

    @property
    def recordings(self) -> Path:
        """Video, by day, camera and stream."""
        return self.root / "recordings"

    @property
    def public_key_file(self) -> Path:
        """The public half of the signing key, for people and for OpenSSL."""
        return self.root / "public_key.txt"

    @property
    def evidence(self) -> Path:
        """Sealed packages."""
        return self.root / "evidence"

    @property
    def papers(self) -> Path:
        """Every printed PDF, named by its SHA-256."""
        return self.root / "papers"

    @property
    def basemap(self) -> Path:
        """Maps that the station brought."""
        return self.root / "basemap"

    @property
    def backups(self) -> Path:
        """Where backups of the log go: inside the station's folder, or where its file says."""
        return self.root / os.path.expanduser(self.profile.backups_folder)  # noqa: PTH111

    @property
    def head_file(self) -> Path | None:
        """The file elsewhere to which heads of the log are written; None if none is wanted."""
        wanted = self.profile.head_file
        return self.root / os.path.expanduser(wanted) if wanted else None  # noqa: PTH111

    @property
    def put_aside(self) -> Path:
        """Damaged logs that a backup took the place of: never deleted by the program."""
        return self.root / "damaged"

    @property
    def logs(self) -> Path:
        """The program's own log."""
        return self.root / "logs"


def create_station(
    root: Path,
    profile: Profile,
    disk: Disk | None = None,
    *,
    fill: Callable[[StationFolder], None] | None = None,
) -> StationFolder:
    """Make a station at `root`, which must not exist or be an empty folder. Raises KnownError.

    It is built beside `root` and renamed, so nobody ever meets half a station. `fill` may put
    more into the folder it is given before that; it must have closed what it opened.
    """
    disk = disk or Disk()
    root = _real(root)
    _check_place(root, disk)
    disk.check_writable(root.parent)
    with telling(root):
        building = Path(tempfile.mkdtemp(prefix=f".{root.name}.making-", dir=root.parent))
    try:
        built = StationFolder(building, profile)
        with telling(root):
            for room in _ROOMS:
                (building / room).mkdir()
        write_profile(built.profile_file, profile, disk)
        if fill is not None:
            fill(built)
        disk.sync_tree(building)
        if root.exists():
            root.rmdir()  # empty: Windows does not rename over a folder
        disk.rename(building, root)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return StationFolder(root, profile)


def open_station(root: Path, disk: Disk | None = None, *, read_only: bool = False) -> StationFolder:
    """Open the station at `root`, or raise the KnownError that says why it cannot be.

    `read_only` is for a check of a station on a disk that cannot be written to: nothing is made.
    """
    disk = disk or Disk()
    root = _real(root)
    _check_folder(root)
    if not read_only:
        _refuse_network(root, disk)
    read = read_profile(root / NAME)
    folder = StationFolder(root, read.profile, read.warnings)
    if not read_only:
        _check_writable(folder, disk)
    return folder


def _real(path: Path) -> Path:
    """The absolute path behind `~` and links; pathlib's own fails on a loop of links."""
    return Path(os.path.realpath(os.path.expanduser(path)))  # noqa: PTH111


def _check_place(root: Path, disk: Disk) -> None:
    """Whether a new station may come to stand at `root`."""
    _refuse_network(root, disk)
    try:
        if not root.parent.is_dir():
            raise KnownError(
                msg("The folder {path} does not exist.", path=str(root.parent)),
                safe=_SAFE,
                do=msg("Make that folder first, or choose another place."),
            )
        taken = root.exists() and (not root.is_dir() or any(root.iterdir()))
    except OSError as error:
        raise reading_trouble(error, root) from error
    if taken:
        raise KnownError(
            msg("There is something at {path} already.", path=str(root)),
            safe=_SAFE,
            do=msg("Choose an empty folder or a new name for the station."),
        )


def _check_folder(root: Path) -> None:
    """Whether `root` is a folder that can be read and looks like a station."""
    try:
        if not root.exists():
            raise KnownError(
                msg("There is no station at {path}: that folder does not exist.", path=str(root)),
                safe=_SAFE,
                do=msg("Check the name, or connect the disk that holds the station."),
            )
        names = {entry.name for entry in root.iterdir()} if root.is_dir() else set()
    except OSError as error:
        raise reading_trouble(error, root) from error
    if NAME in names:
        return
    if _DATABASE in names:
        raise KnownError(
            msg("The station at {path} has lost its file {file}.", path=str(root), file=NAME),
            safe=msg("Its log is still there."),
            do=msg("Put that file back from the last backup, then open the station again."),
        )
    raise KnownError(
        msg("{path} is not a station.", path=str(root)),
        safe=_SAFE,
        do=msg("Choose the folder that holds {file}.", file=NAME),
    )


def _check_writable(folder: StationFolder, disk: Disk) -> None:
    """Whether every part that the console writes can be written; empty rooms are made again."""
    disk.check_writable(folder.root)
    for room in _ROOMS:
        place = folder.root / room
        with telling(place):
            place.mkdir(exist_ok=True)  # a copy or an archive may have dropped an empty folder
        disk.check_writable(place)
    if folder.database.exists():
        disk.check_writable(folder.database)


def _refuse_network(root: Path, disk: Disk) -> None:
    kind = disk.network_kind(root)
    if kind is None:
        return
    raise KnownError(
        msg("{path} is on a network disk ({kind}).", path=str(root), kind=kind),
        safe=msg("Nothing was changed. The log could be damaged there, so it is not opened."),
        do=msg("Keep the station on a disk inside this computer and put only backups there."),
    )
