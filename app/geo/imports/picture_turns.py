"""Takes a picture of the ground off the map, and puts one that was there before back on it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from app.errors import KnownError, msg
from app.geo.ground_pictures import SUFFIXES, sidecar_of
from app.geo.imports.job import PREVIOUS_SUFFIX
from app.station.disk import Disk

_TURNING = ".turning"
_SAFE = msg("The rest of the map is not touched.")


@dataclass(frozen=True, slots=True)
class _OfAPicture:
    """What the facts about one picture share: its file's name in the map's folder."""

    file: str

    @property
    def subject(self) -> str:
        return "basemap"

    def body(self) -> Mapping[str, Any]:
        return {"file": self.file}


@dataclass(frozen=True, slots=True)
class GroundPicturePutAside(_OfAPicture):
    """A picture of the ground was taken off the map; its file is kept."""

    kind: ClassVar[str] = "ground_picture_put_aside"


@dataclass(frozen=True, slots=True)
class GroundPicturePutBack(_OfAPicture):
    """A picture that was kept is on the map again; one of its name, if any, is kept since."""

    kind: ClassVar[str] = "ground_picture_put_back"


def kept_pictures(folder: Path) -> tuple[str, ...]:
    """The names of those that can be put back."""
    paths = [path for end in SUFFIXES for path in folder.glob(f"*{end}{PREVIOUS_SUFFIX}")]
    return tuple(sorted(path.name.removesuffix(PREVIOUS_SUFFIX) for path in paths))


def put_aside(folder: Path, name: str, disk: Disk) -> None:
    """Keep a picture beside the map. KnownError when it is not there or cannot be moved."""
    picture = folder / name
    if not picture.exists():
        raise KnownError(msg("There is no such file."), safe=_SAFE)
    for path in _parts(picture):
        if path.exists():
            disk.rename(path, _previous(path))
        else:
            _previous(path).unlink(missing_ok=True)  # it was said of another


def put_back(folder: Path, name: str, disk: Disk) -> None:
    """Put a kept one on the map; one of its name that is there is kept instead. KnownError."""
    picture = folder / name
    if not _previous(picture).exists():
        raise KnownError(msg("There is no such file."), safe=_SAFE)
    for path in reversed(_parts(picture)):
        _exchange(path, disk)


def _parts(picture: Path) -> tuple[Path, Path]:
    """The picture and what is said of it: readers look for the former."""
    return picture, sidecar_of(picture)


def _exchange(path: Path, disk: Disk) -> None:
    turning = path.with_name(f".{path.name}{_TURNING}")
    turning.unlink(missing_ok=True)
    if path.exists():
        with contextlib.suppress(OSError):  # file systems without links: the one there is moved
            turning.hardlink_to(path)
        if not turning.exists():
            disk.rename(path, turning)
    if _previous(path).exists():
        disk.rename(_previous(path), path)
    elif path.exists():
        path.unlink()  # the kept one had nothing beside it
    if turning.exists():
        disk.rename(turning, _previous(path))


def _previous(path: Path) -> Path:
    return path.with_name(path.name + PREVIOUS_SUFFIX)
