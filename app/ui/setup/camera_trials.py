"""Trials of a camera while its address is typed: the newest one counts, a password is tried once.

Runs in threads and tells in the Qt thread. Knows no widget and writes nothing.
"""

from __future__ import annotations

import functools
import threading

from PySide6.QtCore import QObject, Qt, Signal

from app.cameras.address import CameraAddress
from app.clock import Clock
from app.errors import KnownError, msg
from app.ui.background import Background
from app.video.opener import Opener
from app.video.preflight import Answer, Finding
from app.video.reasons import why
from app.video.stream_finder import FoundStreams, find_streams
from app.video.trial import TrialResult, TrialStep, try_camera

_WRONG_PASSWORD = why(Answer(Finding.WRONG_PASSWORD))
_ONE_STUCK_ONE_NEW = 2

Credentials = tuple[str, int, str, str]


class CameraTrials(QObject):
    """One trial at a time, as far as anyone is told; one called off may still be closing."""

    streams_found = Signal(object)  # FoundStreams
    stepped = Signal(object)  # TrialStep
    passed = Signal(object)  # TrialResult
    failed = Signal(object)  # KnownError

    _told = Signal(int, object)  # number of the trial, FoundStreams or TrialStep

    def __init__(self, opener: Opener, clock: Clock) -> None:
        super().__init__()
        self._opener = opener
        self._clock = clock
        self._background = Background(workers=_ONE_STUCK_ONE_NEW)
        self._number = 0
        self._stop = threading.Event()
        self._refused: set[Credentials] = set()
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    def begin(self, address: CameraAddress, *, again: bool = False) -> None:
        """Try this camera; the trial before it is called off.

        A password that the camera has refused is not tried `again` unless somebody asks for it:
        cameras lock out who tries on.
        """
        self.cancel()
        if not again and _credentials(address) in self._refused:
            self.failed.emit(_refused_already())
            return
        number, stop = self._number, self._stop
        work = functools.partial(self._try, address, number, stop)
        done = functools.partial(self._on_done, number)
        failed = functools.partial(self._on_failed, number, address)
        self._background.run(work, done, failed)

    def cancel(self) -> None:
        """Call off what runs; nothing more is told of it."""
        self._stop.set()
        self._stop = threading.Event()
        self._number += 1

    def stop(self) -> None:
        """The end: waits until no camera is being asked any more."""
        self._stop.set()
        self._number += 1
        self._background.stop()

    # In a thread

    def _try(
        self, address: CameraAddress, number: int, stop: threading.Event
    ) -> TrialResult | None:
        if stop.is_set():
            return None
        if address.is_rtsp:
            found = find_streams(address, stop=stop)
            if found is None or stop.is_set():
                return None
            self._told.emit(number, found)
            address = found.main.with_credentials(address.username, address.password)

        def on_step(step: TrialStep) -> None:
            self._told.emit(number, step)

        return try_camera(
            address, opener=self._opener, clock=self._clock, stop=stop, on_step=on_step
        )

    # In the Qt thread

    def _on_told(self, number: int, known: FoundStreams | TrialStep) -> None:
        if number != self._number:
            return
        if isinstance(known, FoundStreams):
            self.streams_found.emit(known)
        else:
            self.stepped.emit(known)

    def _on_done(self, number: int, result: TrialResult | None) -> None:
        if number == self._number and result is not None:
            self.passed.emit(result)

    def _on_failed(self, number: int, address: CameraAddress, error: KnownError) -> None:
        if error.what == _WRONG_PASSWORD:
            if address.username is None:
                error = _wants_password()
            else:  # remembered even of a trial that was called off: the camera has counted it
                self._refused.add(_credentials(address))
        if number == self._number:
            self.failed.emit(error)


def _credentials(address: CameraAddress) -> Credentials:
    return address.host, address.port, address.username or "", address.password or ""


def _refused_already() -> KnownError:
    return KnownError(
        _WRONG_PASSWORD,
        safe=msg("It is not asked again with the same password: too many tries lock a camera."),
        do=msg("Type another password."),
    )


def _wants_password() -> KnownError:
    return KnownError(
        msg("The camera asks for a user name and password."), do=msg("Type them in their fields.")
    )
