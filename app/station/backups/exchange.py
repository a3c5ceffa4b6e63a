"""Puts a restored log in the place of a damaged one, so that no power cut leaves none or a mixture.

A note says what is to be done before it is done; whoever meets the note finishes it. The damaged
files are moved into a folder of their own and never deleted. Knows no database.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path

from app.station.disk import Disk, telling
from app.station.folder import StationFolder

NOTE = "restoring.json"
_COMPANIONS = ("-wal", "-shm")


def exchange(folder: StationFolder, restored: Path, aside: Path, disk: Disk) -> None:
    """`restored`, a closed log inside the station's folder, becomes the station's log; what was
    there goes to the folder `aside`. Raises KnownError; `finish_exchange` then goes on."""
    disk.sync(restored)
    plan = {
        "restored": restored.relative_to(folder.root).as_posix(),
        "aside": aside.relative_to(folder.root).as_posix(),
    }
    disk.write(folder.root / NOTE, json.dumps(plan).encode())
    finish_exchange(folder, disk)


def finish_exchange(folder: StationFolder, disk: Disk) -> bool:
    """Go on where an exchange was cut short; whether there was one. Raises KnownError."""
    plan = _plan(folder)
    if plan is None:
        return False
    restored, aside = plan
    if restored.exists():
        _move_aside(folder.database, aside, disk)
        disk.rename(restored, folder.database)
    disk.remove(folder.root / NOTE)
    with contextlib.suppress(OSError):  # the folder it was made in, if nothing else is there
        restored.parent.rmdir()
    return True


def _plan(folder: StationFolder) -> tuple[Path, Path] | None:
    try:
        said = json.loads((folder.root / NOTE).read_text("utf-8"))
        paths = tuple(folder.root / str(said[name]) for name in ("restored", "aside"))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # none, or cut short in its own writing: nothing was begun
    root = folder.root.resolve()
    if not all(path.resolve().is_relative_to(root) for path in paths):
        return None  # nobody's note of ours
    return paths[0], paths[1]


def _move_aside(database: Path, aside: Path, disk: Disk) -> None:
    """The write-ahead log first: it would else be read as the new file's own."""
    disk.make_folders(aside)
    for end in _COMPANIONS:
        companion = database.with_name(database.name + end)
        if companion.exists():
            disk.rename(companion, aside / companion.name)
    kept = aside / database.name
    if database.exists() and not kept.exists():
        with telling(kept):
            try:
                kept.hardlink_to(database)  # it is there under both names until it is replaced
            except OSError:  # a file system without links
                unfinished = kept.with_suffix(".unfinished")
                shutil.copyfile(database, unfinished)
                disk.rename(unfinished, kept)
        disk.sync(aside)
