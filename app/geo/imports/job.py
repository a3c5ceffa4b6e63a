"""Brings one map file into the station's basemap folder: watched, cancellable, all or nothing.

The file is read in a process of its own (`worker`); the map that was there stays until the new
one is whole. Called in a background thread.
"""

from __future__ import annotations

import contextlib
import json
import logging
import multiprocessing
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, ClassVar

import shapely

from app.errors import Message, message_from, msg
from app.geo.imports.formats import damaged, recognise, refused
from app.geo.imports.inspection import Inspection, InspectRequest, inspection_from
from app.geo.imports.request import (
    FileShape,
    ImportCancelledError,
    ImportReport,
    ImportRequest,
    Progress,
    ShapesRequest,
    error_from,
    report_from,
)
from app.geo.imports.worker import BASEMAP_NAME, MADE_NAME, PROGRESS_NAME, RESULT_NAME, main
from app.station.disk import Disk, telling

UNFINISHED_PREFIX = ".importing-"
PREVIOUS_SUFFIX = ".previous"
_LOOK_EVERY_S = 0.05
_SILENT_MOST_S = 9.0
_BYTES_A_SILENT_SECOND = 20_000_000  # a large file may keep one read of GDAL busy for longer
_START_MOST_S = 30.0
_END_S = 5.0

_UNCAUGHT = 1

Told = Callable[[Progress], None]

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BasemapImported:
    """A map was brought into the station's basemap folder, in place of the others or added."""

    kind: ClassVar[str] = "basemap_imported"
    report: ImportReport
    source_name: str
    is_added: bool = False

    @property
    def subject(self) -> str:
        return "basemap"

    def body(self) -> Mapping[str, Any]:
        report = self.report
        return {
            "source": self.source_name,
            "file": report.file,
            "format": report.format,
            "sha256": report.sha256,
            "kinds": dict(report.kinds),
            "attribution": report.attribution,
            "is_added": self.is_added,
        }


def bring_map(
    request: ImportRequest,
    *,
    stop: threading.Event,
    told: Told = lambda progress: None,
    disk: Disk | None = None,
) -> ImportReport:
    """Read the file, put what it gives into the basemap folder, and say what that is.

    Raises KnownError (nothing was changed), `CrsUnclearError` with the systems to choose from,
    and ImportCancelledError when `stop` is set meanwhile.
    """
    disk = disk or Disk()
    file = recognise(request.source)  # what is plainly no map is told without a process
    folder = request.basemap_folder
    with telling(folder):
        folder.mkdir(exist_ok=True)
        _remove_leftovers(folder)
        unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED_PREFIX, dir=folder))
    try:
        silent_s = _SILENT_MOST_S + file.size_bytes / _BYTES_A_SILENT_SECOND
        result = _read_apart(request, unfinished, stop, told, silent_s)
        if "error" in result:
            raise error_from(result["error"])
        report = report_from(result["report"])
        if stop.is_set():
            raise ImportCancelledError
        _put(unfinished / MADE_NAME, folder, disk)
        if report.file == BASEMAP_NAME and not request.add:
            put_aside_others(folder, disk)
        return report
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def read_shapes(
    request: ShapesRequest,
    *,
    stop: threading.Event,
    told: Told = lambda progress: None,
) -> tuple[list[FileShape], tuple[Message, ...]]:
    """Every shape of a vector file with its fields, and what a person should know of it.

    Raises KnownError, `CrsUnclearError` and ImportCancelledError as `bring_map` does.
    """
    result = _read_aside(request, stop, told)
    rows = result["shapes"]
    shapes = shapely.from_wkb([row["wkb"] for row in rows], on_invalid="ignore")
    read = [
        FileShape(shape, row["fields"], row["layer"])
        for shape, row in zip(shapes, rows, strict=True)
        if shape is not None
    ]
    return read, tuple(message_from(notice) for notice in result["notices"])


def inspect_map(
    request: InspectRequest,
    *,
    stop: threading.Event,
    told: Told = lambda progress: None,
) -> Inspection:
    """What a map file holds and what would become of it. Nothing is changed.

    Raises KnownError, `CrsUnclearError` and ImportCancelledError as `bring_map` does.
    """
    return inspection_from(_read_aside(request, stop, told)["inspection"])


def _read_aside(
    request: ShapesRequest | InspectRequest, stop: threading.Event, told: Told
) -> dict[str, Any]:
    """Read a file in a folder that goes away with what was read."""
    file = recognise(request.source)
    with tempfile.TemporaryDirectory(prefix="reading-map-") as folder:
        silent_s = _SILENT_MOST_S + file.size_bytes / _BYTES_A_SILENT_SECOND
        result = _read_apart(request, Path(folder), stop, told, silent_s)
    if "error" in result:
        raise error_from(result["error"])
    return result


def _read_apart(
    request: ImportRequest | ShapesRequest | InspectRequest,
    folder: Path,
    stop: threading.Event,
    told: Told,
    silent_s: float,
) -> dict[str, Any]:
    process = multiprocessing.get_context("spawn").Process(
        target=main, args=(request, folder), name="map import", daemon=True
    )
    process.start()
    try:
        _watch(process, request.source, folder / PROGRESS_NAME, stop, told, silent_s)
    finally:
        if process.is_alive():
            process.kill()
        process.join(_END_S)
    if process.exitcode == _UNCAUGHT:  # not the file's fault alone: what was raised is on stderr
        _logger.error("the import of a map ended with an exception nobody caught")
    process.close()
    result = _json(folder / RESULT_NAME)
    if result is None:  # it ended without a word: the file brought a library down
        raise damaged(request.source)
    return result


def _watch(
    process: BaseProcess,
    source: Path,
    progress: Path,
    stop: threading.Event,
    told: Told,
    silent_s: float,
) -> None:
    """Until the process has ended. Raises when it is cancelled or no longer gets on."""
    last: dict[str, Any] | None = None
    moved_s = time.monotonic()
    while process.is_alive():
        if stop.wait(_LOOK_EVERY_S):
            raise ImportCancelledError
        said = _json(progress)
        now_s = time.monotonic()
        if said is not None and said != last:
            last, moved_s = said, now_s
            told(Progress(message_from(said["phase"]), int(said["done"]), int(said["total"])))
        elif now_s - moved_s > (silent_s if last is not None else _START_MOST_S):
            raise refused(
                source,
                msg("Reading it did not get on for {seconds} s.", seconds=round(now_s - moved_s)),
            )


def _put(made: Path, folder: Path, disk: Disk) -> None:
    """Move what was made into place. The map of that name before is kept beside it, for once.

    A picture's own file comes before the one that says where it lies: readers look for the latter.
    """
    files = sorted(made.iterdir(), key=lambda path: path.name.endswith(".toml"))
    for path in files:
        disk.sync(path)
    for path in files:
        target = folder / path.name
        if target.exists():
            with telling(target):
                previous = target.with_name(target.name + PREVIOUS_SUFFIX)
                previous.unlink(missing_ok=True)
                with contextlib.suppress(OSError):  # file systems without links: nothing is kept
                    previous.hardlink_to(target)
        disk.rename(path, target)


def put_aside_others(folder: Path, disk: Disk) -> None:
    """The new map stands for all of them: one that was there by another name would lie under it."""
    for path in sorted(folder.glob("*.gpkg")):
        if path.name != BASEMAP_NAME:
            disk.rename(path, path.with_name(path.name + PREVIOUS_SUFFIX))


def _json(path: Path) -> dict[str, Any] | None:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None


def _remove_leftovers(folder: Path) -> None:
    """What an import left that was killed together with the console."""
    for path in folder.glob(f"{UNFINISHED_PREFIX}*"):
        shutil.rmtree(path, ignore_errors=True)
