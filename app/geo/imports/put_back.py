"""Puts the map that was there before back in place of the one in use; done again, it is undone."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from app.errors import KnownError, msg
from app.geo.basemap import Basemap
from app.geo.basemap_file import read_basemaps
from app.geo.imports.job import PREVIOUS_SUFFIX, put_aside_others
from app.geo.imports.request import SAFE
from app.geo.imports.worker import BASEMAP_NAME
from app.station.disk import Disk, telling

_TURNING = ".turning"


@dataclass(frozen=True, slots=True)
class BasemapPutBack:
    """The map in use and the one before were exchanged; `files` are those in use since."""

    kind: ClassVar[str] = "basemap_put_back"
    files: tuple[str, ...]

    @property
    def subject(self) -> str:
        return "basemap"

    def body(self) -> Mapping[str, Any]:
        return {"files": list(self.files)}


def put_back(folder: Path, epsg: int, disk: Disk) -> Basemap:
    """Exchange them and read what is in use then. KnownError: everything is as it was."""
    if not list(folder.glob(f"*.gpkg{PREVIOUS_SUFFIX}")):
        raise KnownError(msg("No map from before is kept."), safe=SAFE)
    _exchange(folder, disk)
    try:
        return read_basemaps(folder, epsg)
    except KnownError:
        _exchange(folder, disk)
        raise


def _exchange(folder: Path, disk: Disk) -> None:
    """At every moment there is a whole map by a name that is read."""
    now = folder / BASEMAP_NAME
    before = now.with_name(now.name + PREVIOUS_SUFFIX)
    if now.exists() and before.exists():
        turning = now.with_name(f".{now.name}{_TURNING}")
        with telling(turning):
            shutil.copyfile(now, turning)
        disk.sync(turning)
        disk.rename(before, now)
        disk.rename(turning, before)
    elif before.exists():
        disk.rename(before, now)
        put_aside_others(folder, disk)
    else:
        for path in sorted(folder.glob(f"*.gpkg{PREVIOUS_SUFFIX}")):
            disk.rename(path, path.with_name(path.name.removesuffix(PREVIOUS_SUFFIX)))
        if now.exists():
            disk.rename(now, before)
