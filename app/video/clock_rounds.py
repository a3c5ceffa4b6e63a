"""Asks the cameras of this process what time they have, one after the other, on a quiet thread.

Knows no RTSP. It costs a camera one more viewer for some seconds: soon after it went live, and
then once an hour.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from app.cameras.address import CameraAddress
from app.video.camera_connection import CalledOff
from app.video.surroundings import Surroundings

_LOOK_EVERY_S = 1.0
EVERY_S = 3600.0
AGAIN_S = 900.0
"""After a camera that told nothing: it may have been too busy."""
NOT_SOON_S = 24 * 3600.0
"""After a camera that was lost while it was asked: it may bear no second viewer."""
_JITTER = 0.3


class AskedCamera(Protocol):
    """A camera, as its reader knows it."""

    @property
    def clock_address(self) -> CameraAddress | None:
        """Where to ask; None while its picture is not live."""
        ...

    @property
    def is_lost(self) -> bool:
        """Whether it is neither live nor hidden nor on its way."""
        ...

    def tell_clock(self, ahead_s: float) -> None:
        """What was found."""
        ...


class ClockRounds:
    """One for a process."""

    def __init__(self, cameras: Callable[[], Sequence[AskedCamera]], around: Surroundings) -> None:
        """`cameras` are the readers there are; a new reader is a camera that was never asked."""
        self._cameras = cameras
        self._around = around
        self._due_s: dict[AskedCamera, float] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera clocks")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Ask it to end; it calls off what it is asking."""
        self._stop.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for its end; whether it ended."""
        if self._thread.is_alive():
            self._thread.join(max(0.0, timeout_s))
        return not self._thread.is_alive()

    def look(self) -> None:
        """Ask the camera whose turn it is, if there is one."""
        now_s = self._around.clock.monotonic()
        where = {camera: camera.clock_address for camera in self._cameras()}
        self._due_s = {each: self._due(each, now_s, live=bool(where[each])) for each in where}
        waiting = [camera for camera, due_s in self._due_s.items() if due_s <= now_s]
        for camera in sorted(waiting, key=self._due_s.__getitem__)[:1]:
            address = where[camera]
            if address is not None:
                self._ask(camera, address)

    def _run(self) -> None:
        while not self._stop.wait(_LOOK_EVERY_S):
            self.look()

    def _due(self, camera: AskedCamera, now_s: float, *, live: bool) -> float:
        """A camera must have been live for a while, or the answer would be as late as it is."""
        due_s = self._due_s.get(camera)
        if due_s is not None and live:
            return due_s
        return max(due_s or 0.0, now_s + self._spread(self._around.limits.clock_after_s))

    def _ask(self, camera: AskedCamera, address: CameraAddress) -> None:
        try:
            reading = self._around.measure_clock(address, stop=self._stop)
        except CalledOff:
            return
        if reading is not None:
            camera.tell_clock(reading.ahead_s)
        wait_s = AGAIN_S if reading is None else EVERY_S
        if camera.is_lost:
            wait_s = NOT_SOON_S
        self._due_s[camera] = self._around.clock.monotonic() + self._spread(wait_s)

    def _spread(self, seconds: float) -> float:
        return seconds * self._around.random.uniform(1 - _JITTER, 1 + _JITTER)
