"""A camera's picture, and the outbox its reader leaves it in. Knows no decoder and no window."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from app.cameras.camera import StreamKind

Pixels = NDArray[np.uint8]


class Size(NamedTuple):
    """Width and height in pixels."""

    width_px: int
    height_px: int

    def inside(self, box: Size, *, largest_scale: float) -> Size:
        """This size scaled to fit in `box` with its own proportions, at most `largest_scale`."""
        scale = min(box.width_px / self.width_px, box.height_px / self.height_px, largest_scale)
        return Size(max(1, round(self.width_px * scale)), max(1, round(self.height_px * scale)))


@dataclass(slots=True, eq=False)
class Picture:
    """One decoded picture, scaled for its tile with the camera's own proportions.

    `pixels`: (height, width, 4) uint8, BGRA with A = 255, C-contiguous, never written again.
    `seq` counts the pictures of one camera upwards; a picture with a new `seq` is a new picture.
    `arrived_s` is on the monotonic clock (for its age), `arrived_unix_s` seconds of Unix time (for
    people). Not to be written either, but made 240 times a second: a frozen one takes four times
    as long to make.
    """

    camera_id: str
    seq: int
    pixels: Pixels
    arrived_s: float
    arrived_unix_s: float
    source_size: Size
    """What the camera sent, before scaling."""
    stream: StreamKind = StreamKind.MAIN
    """Which of the camera's streams it is from."""

    @property
    def arrived_at(self) -> datetime:
        """Aware UTC."""
        return datetime.fromtimestamp(self.arrived_unix_s, UTC)

    @property
    def size(self) -> Size:
        """The size of `pixels`."""
        return Size(self.pixels.shape[1], self.pixels.shape[0])


class Outbox(Protocol):
    """Where one camera's reader makes its pictures and leaves them. `dropped` may be asked for on
    any thread; everything else is called by the reader alone, one picture at a time."""

    def room(self, size: Size) -> Pixels:
        """Where to make the next picture: (height, width, 4) uint8, C-contiguous, of this size.

        A room whose picture could not be made is left as it is; the next may be the same one.
        """
        ...

    def put(self, picture: Picture) -> None:
        """Publish what was made in the last room; `picture.pixels` is that room."""
        ...

    def close(self) -> None:
        """The reader has left: nothing will be made here again. Called once."""
        ...

    @property
    def dropped(self) -> int:
        """How many pictures were replaced before anyone asked for them."""
        ...


class Mailbox:
    """An outbox in this process: holds the newest picture only. A slow taker misses pictures; it
    never falls behind."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: Picture | None = None
        self._seen = True
        self._dropped = 0

    def room(self, size: Size) -> Pixels:
        """New memory: the picture before may still be looked at."""
        return np.empty((size.height_px, size.width_px, 4), np.uint8)

    def put(self, picture: Picture) -> None:
        """Replace what is there."""
        with self._lock:
            self._dropped += not self._seen
            self._newest, self._seen = picture, False

    def close(self) -> None:
        """The last picture stays, to be shown as lost."""

    def newest(self) -> Picture | None:
        """The newest picture; it stays, and may be asked for again."""
        with self._lock:
            self._seen = True
            return self._newest

    @property
    def dropped(self) -> int:
        """How many pictures were replaced before anyone asked for them."""
        with self._lock:
            return self._dropped
