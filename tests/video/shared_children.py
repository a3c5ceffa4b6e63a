"""Processes for the tests of shared pictures: a restless worker, a console."""

from __future__ import annotations

import multiprocessing
import sys
import time
from multiprocessing.synchronize import Event

import numpy as np

from app.video.picture import Picture, Size
from app.video.shared_pictures import PictureSegment, SharedOutbox, SizeClass

SIZE = Size(64, 36)
_SIDES = 60_000


def paint(outbox: SharedOutbox, value: int, size: Size = SIZE) -> None:
    """Put a picture whose every pixel is `value`, which its `source_size` says too."""
    room = outbox.room(size)
    room.view(np.uint32)[:] = value
    said = Size(value % _SIDES + 1, value // _SIDES + 1)
    outbox.put(Picture("worker", 0, room, time.monotonic(), time.time(), said))


def said(picture: Picture) -> int:
    """The value that a picture says it is painted with."""
    return picture.source_size.width_px - 1 + (picture.source_size.height_px - 1) * _SIDES


def is_whole(picture: Picture) -> bool:
    """Whether every pixel is of the picture it says it is."""
    return bool((picture.pixels.view(np.uint32) == said(picture)).all())


def write_without_rest(name: str, careless: bool, stop: Event) -> None:
    """A worker, as fast as it can; a careless one does not look whether a slot is held."""
    outbox = (Careless if careless else SharedOutbox)(name)
    value = 0
    while not stop.is_set():
        for _ in range(100):
            value += 1
            paint(outbox, value)
    outbox.close()


class Careless(SharedOutbox):
    """Writes into the slots in turn, whoever holds them."""

    def _claim(self, size: Size) -> int | None:
        latest = self._segment.latest
        slot = (latest + 1) % 3
        self._segment.writing = slot
        self._segment.forget(slot)
        return slot


def paint_once(name: str) -> None:
    """A worker that lives for one picture."""
    outbox = SharedOutbox(name)
    paint(outbox, 7)
    outbox.close()


def main() -> None:
    """A console: one worker after the other on one segment, then an orderly end or none."""
    segment = PictureSegment.create("C01", SizeClass.TILE)
    spawn = multiprocessing.get_context("spawn")
    for _ in range(2):
        worker = spawn.Process(target=paint_once, args=(segment.name,))
        worker.start()
        worker.join()
    picture = segment.newest()
    assert picture is not None and is_whole(picture)
    sys.stdout.write(f"{segment.name}\n")
    sys.stdout.flush()
    if sys.stdin.readline().strip() == "close":
        segment.close()
        assert is_whole(picture)  # and lives on past the interpreter's end of modules


if __name__ == "__main__":
    main()
