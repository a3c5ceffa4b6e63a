"""Trying a camera before it is registered: does a picture come, how soon, how large, how late is
its clock. Tells each step as it becomes known, and ends at once when it is called off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.cameras.address import CameraAddress
from app.clock import Clock
from app.errors import KnownError, msg
from app.video.camera_clock import ClockReading, measure_clock
from app.video.opener import Capture, Opener
from app.video.picture import Mailbox, Picture, Size
from app.video.preflight import CalledOff, Finding, examine
from app.video.reasons import NO_PICTURE, CameraLost, refused_trial
from app.video.surroundings import Examine

_FIRST_PICTURE_WITHIN_S = 5.0
"""A stream joined in the middle may begin with pictures that cannot be decoded."""
_CLOCK_WITHIN_S = 6.0


class TrialStepKind(StrEnum):
    """What has become known, in this order."""

    REACHABLE = "reachable"  # it answers
    DESCRIBED = "described"  # it accepts us and says what it would send: `codec`
    PICTURE = "picture"  # the first one: `picture`, `size`, `codec`
    CLOCK = "clock"  # `clock_ahead_s`, None if the camera does not tell the time


@dataclass(frozen=True, slots=True)
class TrialStep:
    """One thing that has become known, `after_s` seconds from the beginning of the trial."""

    kind: TrialStepKind
    after_s: float
    codec: str | None = None
    size: Size | None = None
    """What the camera sends, before scaling."""
    picture: Picture | None = None
    clock_ahead_s: float | None = None
    """The camera's own clock minus this computer's."""


@dataclass(frozen=True, slots=True)
class TrialResult:
    """A camera that works. `ready_s`: from the question to the first picture."""

    picture: Picture
    size: Size
    codec: str | None
    ready_s: float
    clock: ClockReading | None = None


OnStep = Callable[[TrialStep], None]


def try_camera(
    address: CameraAddress,
    *,
    opener: Opener,
    clock: Clock,
    box: Size = Size(480, 270),  # noqa: B008 - immutable
    examine_camera: Examine = examine,
    stop: threading.Event | None = None,
    on_step: OnStep | None = None,
) -> TrialResult | None:
    """The camera's first picture, scaled to fit in `box`, and its clock if `on_step` listens.

    Waits seconds: not for the Qt thread; `on_step` is called on the caller's. Raises KnownError
    when the address leads to no picture; None when `stop` was set meanwhile.
    """
    trial = _Trial(opener, clock, stop or threading.Event(), on_step)
    try:
        address, codec = trial.examine(address, examine_camera)
        result = trial.first_picture(address, box, codec)
        if result is None or on_step is None:
            return result
        return trial.with_clock(address, result)
    except CalledOff:
        return None
    except CameraLost as lost:
        do = msg("Choose another stream of the camera, or switch it off and on.")
        raise KnownError(lost.reason, do=do) from None


class _Trial:
    """One trial: when it began, and whom to tell."""

    def __init__(
        self, opener: Opener, clock: Clock, stop: threading.Event, on_step: OnStep | None
    ) -> None:
        self._opener = opener
        self._clock = clock
        self._stop = stop
        self._on_step = on_step
        self._began_s = clock.monotonic()

    def examine(
        self, address: CameraAddress, examine_camera: Examine
    ) -> tuple[CameraAddress, str | None]:
        """Where the stream is, and its codec. Raises KnownError, CalledOff.

        Made to play first: the decoder, once it waits for a camera that is silent, cannot be
        called off.
        """
        answer = examine_camera(address, until_media=True, stop=self._stop)
        if answer.finding.means_an_answer:
            self._tell(TrialStep(TrialStepKind.REACHABLE, self._after_s()))
        if answer.finding is not Finding.REACHABLE:
            raise refused_trial(answer)
        self._tell(TrialStep(TrialStepKind.DESCRIBED, self._after_s(), codec=answer.codec))
        return answer.sent_on_to or address, answer.codec

    def first_picture(
        self, address: CameraAddress, box: Size, codec: str | None
    ) -> TrialResult | None:
        """Raises CameraLost when none comes; None when called off."""
        capture = self._opener.open(address, rank=0, stop=self._stop)
        if capture is None:
            return None
        try:
            picture = self._wait_for_picture(capture, box)
            codec = capture.codec or codec
        finally:
            capture.release()
        if picture is None:
            return None
        ready_s = picture.arrived_s - self._began_s
        kind, size = TrialStepKind.PICTURE, picture.source_size
        self._tell(TrialStep(kind, ready_s, codec=codec, size=size, picture=picture))
        return TrialResult(picture, size, codec, ready_s)

    def with_clock(self, address: CameraAddress, result: TrialResult) -> TrialResult:
        """What the camera says the time is. Raises CalledOff."""
        clock = measure_clock(address, budget_s=_CLOCK_WITHIN_S, stop=self._stop)
        ahead_s = clock.ahead_s if clock else None
        self._tell(TrialStep(TrialStepKind.CLOCK, self._after_s(), clock_ahead_s=ahead_s))
        return TrialResult(result.picture, result.size, result.codec, result.ready_s, clock)

    def _wait_for_picture(self, capture: Capture, box: Size) -> Picture | None:
        until_s = self._clock.monotonic() + _FIRST_PICTURE_WITHIN_S
        room = Mailbox().room
        while self._clock.monotonic() < until_s and not self._stop.is_set() and capture.grab():
            arrived_s = self._clock.monotonic()
            made = capture.picture(box, room)
            if made is not None:
                return Picture("", 1, made[0], arrived_s, self._clock.now().timestamp(), made[1])
        if self._stop.is_set():
            return None
        raise CameraLost(NO_PICTURE)

    def _after_s(self) -> float:
        return self._clock.monotonic() - self._began_s

    def _tell(self, step: TrialStep) -> None:
        if self._on_step is not None:
            self._on_step(step)
