"""Copies a file into the station's evidence: hashed as it is written, bounded, all or nothing."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable
from pathlib import Path

from app.errors import KnownError, msg
from app.incidents.attachments.attachment import KeptFile, shown_name
from app.incidents.attachments.kinds import MOST_BYTES, recognise
from app.station import Disk
from app.station.disk import reading_trouble, telling

LEAST_FREE_BYTES = 1_000_000_000
"""What stays free on the disk for the log, whatever is attached."""
UNFINISHED_PREFIX = ".attaching-"
_PIECE_BYTES = 1 << 20

Told = Callable[[int, int], None]


class AttachingCancelledError(Exception):
    """A person no longer wants it; nothing was kept."""


def keep_file(
    source: Path,
    folder: Path,
    disk: Disk,
    *,
    stop: threading.Event,
    told: Told = lambda done, total: None,
) -> KeptFile:
    """Copy `source` into `folder` under its hash; on the disk when this returns.

    What is hashed is what was written, whatever becomes of the source meanwhile. Raises KnownError
    (nothing was kept) and AttachingCancelledError.
    """
    found = recognise(source)
    total = source.stat().st_size
    if disk.space(folder).free_bytes - total < LEAST_FREE_BYTES:
        raise KnownError(
            msg("There is no room for “{name}” on the station's disk.", name=source.name[:80]),
            safe=msg("Nothing was attached; the file is where it was."),
            do=msg("Make room, then attach it again."),
        )
    unfinished = folder / f"{UNFINISHED_PREFIX}{secrets.token_hex(6)}"
    try:
        digest, size = _copy(source, unfinished, disk, MOST_BYTES[found.kind], stop, told, total)
        if recognise(unfinished) != found:
            raise _changed(source)
        target = folder / f"{digest}{found.suffix}"
        disk.rename(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    name = shown_name(source.name)
    return KeptFile(target.name, name, found.kind, found.media_type, digest, size)


def _copy(
    source: Path,
    target: Path,
    disk: Disk,
    most: int,
    stop: threading.Event,
    told: Told,
    total: int,
) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    file = disk.create(target)
    try:
        try:
            reading = source.open("rb")
        except OSError as error:
            raise reading_trouble(error, source) from error
        with reading:
            while piece := _read(reading.read, source):
                if stop.is_set():
                    raise AttachingCancelledError
                size += len(piece)
                if size > most:
                    raise _changed(source)
                _write(file.write, piece, target)
                digest.update(piece)
                told(size, total)
        file.sync()
    finally:
        file.close()
    return digest.hexdigest(), size


def _read(read: Callable[[int], bytes], source: Path) -> bytes:
    try:
        return read(_PIECE_BYTES)
    except OSError as error:
        raise reading_trouble(error, source) from error


def _write(write: Callable[[bytes], int], piece: bytes, target: Path) -> None:
    with telling(target):
        write(piece)


def _changed(source: Path) -> KnownError:
    return KnownError(
        msg("“{name}” changed while it was read.", name=source.name[:80]),
        safe=msg("Nothing was attached; the file is where it was."),
        do=msg("Wait until it is written, then attach it again."),
    )


def remove_unfinished(folder: Path) -> None:
    """What was begun and cut short by a power cut or a crash."""
    for path in folder.glob(f"{UNFINISHED_PREFIX}*"):
        path.unlink(missing_ok=True)
