"""What a camera's reader needs of the world, and its limits; a test brings its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from app.cameras.address import CameraAddress
from app.clock import Clock
from app.video.camera_clock import ClockReading, measure_clock
from app.video.live import StateListener
from app.video.load import LoadGauge
from app.video.opener import OPEN_TIMEOUT_S, READ_TIMEOUT_S, Opener
from app.video.picture import Mailbox, Outbox
from app.video.preflight import Answer, examine


class Examine(Protocol):
    """The pre-flight; raises CalledOff when `stop` is set meanwhile."""

    def __call__(
        self, address: CameraAddress, /, *, until_media: bool, stop: threading.Event
    ) -> Answer:
        """How the camera answers; `until_media`: also whether it really sends anything."""
        ...


class MeasureClock(Protocol):
    """Asks a camera what time it has; raises CalledOff when `stop` is set meanwhile."""

    def __call__(self, address: CameraAddress, /, *, stop: threading.Event) -> ClockReading | None:
        """Its clock against ours; None if it does not say."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """How a reader reads."""

    shown_fps: float = 25.0
    read_timeout_s: float = READ_TIMEOUT_S
    """What the opener was given; a read longer than 0.8 of it is a frozen camera, whatever it
    returns: OpenCV returns old pictures once or twice more."""
    no_picture_after_s: float = 5.0
    """A stream that flows and yields no picture for so long is given up."""
    behind_after_s: float = 0.2
    """Pictures that waited so long to be read are behind: fewer are made, until it is caught up."""
    too_far_behind_s: float = 2.5
    """Pictures as old as that when they are read are worth nothing: begin again with new ones."""
    stuck_after_s: float = 2 * (OPEN_TIMEOUT_S + READ_TIMEOUT_S)
    linger_s: float = 2.0
    """A camera just hidden stays open so long: turning a page and back does not reconnect."""
    settled_after_s: float = 5.0
    """A stream that failed must deliver for so long before the other one is let go."""
    hidden_check_s: float = 30.0
    clock_after_s: float = 5.0
    """A camera that has just come has better to do than to tell its time."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a reader is given."""

    opener: Opener
    clock: Clock
    examine: Examine = examine
    measure_clock: MeasureClock = measure_clock
    on_state: StateListener | None = None
    limits: Limits = Limits()
    outbox: Callable[[str], Outbox] = lambda _camera_id: Mailbox()
    """Makes the first outbox of a camera; `CameraReader.show` exchanges it."""
    load: LoadGauge = field(default_factory=LoadGauge)
    random: Random = Random()  # noqa: RUF009 - spreads waiting times; shared is as good as own
