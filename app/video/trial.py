"""Trying a camera before it is registered: does a picture come, how soon, how large."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from app.cameras.address import CameraAddress
from app.clock import Clock
from app.errors import KnownError, msg
from app.video.opener import Capture, Opener
from app.video.picture import Mailbox, Picture, Size
from app.video.preflight import Finding, examine
from app.video.reader import Examine
from app.video.reasons import NO_PICTURE, CameraLost, refused_trial

_FIRST_PICTURE_WITHIN_S = 5.0
"""A stream joined in the middle may begin with pictures that cannot be decoded."""


@dataclass(frozen=True, slots=True)
class TrialResult:
    """A camera that works. `ready_s`: from the question to the first picture."""

    picture: Picture
    size: Size
    codec: str | None
    ready_s: float


def try_camera(
    address: CameraAddress,
    *,
    opener: Opener,
    clock: Clock,
    box: Size = Size(480, 270),  # noqa: B008 - immutable
    examine_camera: Examine = examine,
    stop: threading.Event | None = None,
) -> TrialResult | None:
    """The camera's first picture, scaled to fit in `box`. Waits seconds: not for the Qt thread.

    Raises KnownError when the address leads to no picture; None when `stop` was set meanwhile.
    """
    stop = stop or threading.Event()
    began_s = clock.monotonic()
    answer = examine_camera(address)
    if answer.finding is not Finding.REACHABLE:
        raise refused_trial(answer)
    try:
        capture = opener.open(address, rank=0, stop=stop)
    except CameraLost as lost:
        raise _no_picture(lost) from None
    if capture is None:
        return None
    try:
        picture = _first_picture(capture, box, clock, stop)
        codec = capture.codec or answer.codec
    except CameraLost as lost:
        raise _no_picture(lost) from None
    finally:
        capture.release()
    if picture is None:
        return None
    return TrialResult(picture, picture.source_size, codec, picture.arrived_s - began_s)


def _first_picture(
    capture: Capture, box: Size, clock: Clock, stop: threading.Event
) -> Picture | None:
    until_s = clock.monotonic() + _FIRST_PICTURE_WITHIN_S
    while clock.monotonic() < until_s and not stop.is_set() and capture.grab():
        arrived_s = clock.monotonic()
        made = capture.picture(box, Mailbox().room)
        if made is not None:
            return Picture("", 1, made[0], arrived_s, clock.now(), made[1])
    if stop.is_set():
        return None
    raise CameraLost(NO_PICTURE)


def _no_picture(lost: CameraLost) -> KnownError:
    return KnownError(
        lost.reason, do=msg("Choose another stream of the camera, or switch it off and on.")
    )
