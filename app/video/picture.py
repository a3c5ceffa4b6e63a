"""A camera's picture and the one-slot box it waits in. Knows neither cameras nor windows."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


class Size(NamedTuple):
    """Width and height in pixels."""

    width_px: int
    height_px: int

    def inside(self, box: Size, *, largest_scale: float) -> Size:
        """This size scaled to fit in `box` with its own proportions, at most `largest_scale`."""
        scale = min(box.width_px / self.width_px, box.height_px / self.height_px, largest_scale)
        return Size(max(1, round(self.width_px * scale)), max(1, round(self.height_px * scale)))


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One decoded picture, scaled for its tile with the camera's own proportions.

    `pixels`: (height, width, 4) uint8, BGRA with A = 255, C-contiguous, never written again.
    `seq` counts the pictures of one camera upwards; a picture with a new `seq` is a new picture.
    `arrived_s` is on the monotonic clock (for its age), `arrived_at` aware UTC (for people).
    """

    camera_id: str
    seq: int
    pixels: Pixels
    arrived_s: float
    arrived_at: datetime
    source_size: Size
    """What the camera sent, before scaling."""

    @property
    def size(self) -> Size:
        """The size of `pixels`."""
        return Size(self.pixels.shape[1], self.pixels.shape[0])


class Mailbox:
    """Holds the newest picture only. A slow taker misses pictures; it never falls behind."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: Picture | None = None
        self._seen = True
        self._dropped = 0

    def put(self, picture: Picture) -> None:
        """Replace what is there."""
        with self._lock:
            self._dropped += not self._seen
            self._newest, self._seen = picture, False

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
