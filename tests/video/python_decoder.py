"""A decoder made of Python, so that time and faults are exact."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.cameras.address import CameraAddress
from app.cameras.masks import PrivacyMask
from app.clock import ScriptedClock
from app.video.answer import Answer, Finding
from app.video.opener import Capture, Inside, Room
from app.video.picture import Pixels, Size


def _set() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass
class Decoder:
    """Opens and is the capture; each grab is one step of `script`, given the clock."""

    clock: ScriptedClock
    script: Callable[[int], bool]
    codec: str | None = "H264"
    size: Size | None = None
    position_s: float | None = None
    is_key: bool = False
    takes_points: bool = False
    points: Pixels | None = None
    sends: Size = Size(640, 360)  # noqa: RUF009 - immutable
    decodable: bool = True
    grabbed: int = 0
    made: int = 0
    threads: set[str] = field(default_factory=set)
    released: threading.Event = field(default_factory=threading.Event)
    opening: threading.Event = field(default_factory=threading.Event)
    turn: threading.Event = field(default_factory=_set)
    open_returns: threading.Event = field(default_factory=_set)

    def open(
        self,
        address: CameraAddress,
        *,
        rank: int,
        stop: threading.Event,
        inside: Inside = nullcontext,
    ) -> Capture | None:
        self.opening.set()
        self.turn.wait(10)
        with inside():
            self.open_returns.wait(10)
        return self

    def grab(self) -> bool:
        self.threads.add(threading.current_thread().name)
        self.grabbed += 1
        return self.script(self.grabbed)

    def picture(
        self, box: Size, room: Room, masks: tuple[PrivacyMask, ...] = ()
    ) -> tuple[Pixels, Size] | None:
        if not self.decodable:
            return None
        self.made += 1
        pixels = room(box)
        pixels[:] = 0
        return pixels, self.sends

    def release(self) -> None:
        self.threads.add(threading.current_thread().name)
        self.released.set()


def clock_now() -> ScriptedClock:
    return ScriptedClock(datetime(2026, 11, 22, 3, 46, tzinfo=UTC))


def reachable(_address: CameraAddress, *, until_media: bool, stop: threading.Event) -> Answer:
    """The pre-flight of a camera that is well."""
    return Answer(Finding.REACHABLE)
