"""Opening cameras, a few at a time. Knows what an open camera does, not how it is decoded."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

from app.cameras.address import CameraAddress
from app.cameras.masks import PrivacyMask
from app.platform import FFMPEG_IS_THREAD_SAFE
from app.video.picture import Pixels, Size
from app.video.reasons import NO_PICTURE, CameraLost

OPEN_TIMEOUT_S = 3.0
"""Not the 4 s that would do for opening: closing waits for an opening that cannot be interrupted,
and the console must be gone within 4 s."""
READ_TIMEOUT_S = 2.3
"""A camera of one picture a second that comes half a second late is not frozen; and a frozen one is
known within 3 s."""
_MOST_AT_ONCE = 4
"""One that is being opened takes 5 ms of work, and waits up to seconds for its key picture."""
_RAN_OUT_SHARE = 0.9
"""An opening that took more of its time-out than this ended because of it."""

Room = Callable[[Size], Pixels]
"""Where a picture of this size is to be made: (height, width, 4) uint8, C-contiguous."""

Inside = Callable[[], AbstractContextManager[None]]
_nothing: Inside = nullcontext


class Capture(Protocol):
    """An open camera. Only the thread that opened it may touch it, `release` above all."""

    @property
    def codec(self) -> str | None:
        """The codec's name in capitals, if known: H264, HEVC, MJPEG."""
        ...

    @property
    def size(self) -> Size | None:
        """Of the pictures the stream says it holds, if it says so."""
        ...

    @property
    def position_s(self) -> float | None:
        """When the picture grabbed was taken, by the camera's own count of seconds from any
        beginning; None where the stream carries no such count."""
        ...

    @property
    def is_key(self) -> bool:
        """Whether the picture grabbed says that it is coded anew, without the ones before it."""
        ...

    takes_points: bool
    """Whether `points` are wanted of the next picture that is made."""

    @property
    def points(self) -> Pixels | None:
        """Some points of the picture last made as it was sent, (rows, columns, 3), none of them
        masked; None if there are none to be had, or none were wanted."""
        ...

    def grab(self) -> bool:
        """Wait for the next picture; False when there is none."""
        ...

    def picture(
        self, box: Size, room: Room, masks: tuple[PrivacyMask, ...] = ()
    ) -> tuple[Pixels, Size] | None:
        """The picture grabbed, scaled to fit in `box`, made in `room` of its size as BGRA, `masks`
        burnt in; and the size it was sent in. None if it cannot be decoded."""
        ...

    def release(self) -> None:
        """Close it."""
        ...


class Opener(Protocol):
    """Opens cameras."""

    def open(
        self, address: CameraAddress, *, rank: int, stop: threading.Event, inside: Inside = _nothing
    ) -> Capture | None:
        """The open camera; None if `stop` was set first. Raises CameraLost.

        Lower ranks go first: 0 for a camera never tried, then by how often it failed, so that
        cameras that do not open hold up only each other. `inside` is entered while the decoder
        has the thread (not while waiting for a turn), for the watchdog.
        """
        ...


class OpenCvOpener:
    """Opens with OpenCV, in turn. One for the whole process: so are OpenCV's options."""

    def __init__(
        self, *, open_timeout_s: float = OPEN_TIMEOUT_S, read_timeout_s: float = READ_TIMEOUT_S
    ) -> None:
        self._turns = Turns(_MOST_AT_ONCE if FFMPEG_IS_THREAD_SAFE else 1)
        self._open_timeout_s = open_timeout_s
        self._read_timeout_s = read_timeout_s

    def open(
        self, address: CameraAddress, *, rank: int, stop: threading.Event, inside: Inside = _nothing
    ) -> Capture | None:
        """First with the options that start at once, then patiently; other cameras in between.

        A camera that let the first try run out of time sent nothing: patience would wait as long
        again for as little, and all other cameras with it.
        """
        _import_opencv()
        for plain in (False, True) if address.is_rtsp else (True,):
            with self._turns.turn(rank + plain, stop, plain=plain) as granted:
                if not granted:
                    return None
                began_s = time.monotonic()
                with inside():
                    capture = self._open_once(address, plain)
            if capture is not None:
                return capture
            if time.monotonic() - began_s > _RAN_OUT_SHARE * self._open_timeout_s:
                break
        raise CameraLost(NO_PICTURE)

    def _open_once(self, address: CameraAddress, plain: bool) -> Capture | None:
        from app.video import capture

        opened = capture.open_camera(
            address,
            plain=plain,
            open_timeout_s=self._open_timeout_s,
            read_timeout_s=self._read_timeout_s,
        )
        if opened is not None and opened.size is None:
            opened.release()  # says it is open, and will not make one picture of what comes
            return None
        return opened


def _import_opencv() -> None:
    """It takes 0.3 s: not while the console starts, nor, since a machine with too much to do makes
    seconds of it, inside the decoder, where who stays too long is taken for hanging."""
    from app.video import capture  # noqa: F401


class Turns:
    """A few at a time, lowest rank first, then first come; together go only those that go `plain`,
    or only those that do not. Unlike a lock, waiting ends on a stop."""

    _LOOK_AGAIN_S = 0.1

    def __init__(self, most: int = 1) -> None:
        self._most = most
        self._changed = threading.Condition()
        self._waiting: list[tuple[int, int]] = []
        self._tickets = itertools.count()
        self._taken = 0
        self._plain = False

    @contextmanager
    def turn(self, rank: int, stop: threading.Event, *, plain: bool = False) -> Iterator[bool]:
        """Holds the turn inside the block; yields False, holding nothing, when `stop` is set."""
        granted = self._wait(rank, stop, plain)
        try:
            yield granted
        finally:
            if granted:
                with self._changed:
                    self._taken -= 1
                    self._changed.notify_all()

    def _wait(self, rank: int, stop: threading.Event, plain: bool) -> bool:
        with self._changed:
            ticket = (rank, next(self._tickets))
            heapq.heappush(self._waiting, ticket)
            while self._waiting[0] != ticket or not self._has_room(plain):
                if stop.is_set():
                    break
                self._changed.wait(self._LOOK_AGAIN_S)
            self._waiting.remove(ticket)
            heapq.heapify(self._waiting)
            self._changed.notify_all()  # the next may go too
            if stop.is_set():
                return False
            self._taken, self._plain = self._taken + 1, plain
            return True

    def _has_room(self, plain: bool) -> bool:
        return self._taken == 0 or (self._taken < self._most and self._plain == plain)
