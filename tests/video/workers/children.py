"""Decode workers that misbehave: what runs in the child instead of the real thing.

A stream whose path begins with `/evil` does the harm; all other cameras are read as always.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import struct
import threading
import time
from collections.abc import Callable

from app.cameras.address import CameraAddress
from app.clock import SystemClock
from app.video.opener import Capture, OpenCvOpener
from app.video.preflight import Answer, Finding, examine
from app.video.surroundings import Limits, Surroundings
from app.video.workers import child

FOREVER_S = 3600.0


class _EvilOpener(OpenCvOpener):
    """Opens like OpenCV, in turn; the evil stream does its harm while it has the turn."""

    def _open_once(self, address: CameraAddress, plain: bool) -> Capture | None:
        if address.path.startswith("/evil"):
            self._do_harm()
        return super()._open_once(address, plain)

    def _do_harm(self) -> None:
        raise NotImplementedError


class _HangingOpener(_EvilOpener):
    def _do_harm(self) -> None:
        time.sleep(FOREVER_S)  # as native code does: nothing can interrupt it, others go on


class _CrashingOpener(_EvilOpener):
    def _do_harm(self) -> None:
        os.kill(os.getpid(), signal.SIGSEGV)


class _HungryOpener(_EvilOpener):
    def _do_harm(self) -> None:
        self.eaten = b"\1" * (200 * 1024 * 1024)
        time.sleep(FOREVER_S)


def _examine(address: CameraAddress, *, until_media: bool, stop: threading.Event) -> Answer:
    if address.path.startswith("/evil"):
        return Answer(Finding.REACHABLE)
    return examine(address, until_media=until_media, stop=stop)


def _serve(console: socket.socket, limits: Limits, opener: OpenCvOpener) -> None:
    child.begin()
    child.serve(console, Surroundings(opener, SystemClock(), _examine, limits=limits))


def hangs(console: socket.socket, limits: Limits) -> None:
    """Its thread never comes back from the decoder."""
    _serve(console, limits, _HangingOpener())


def has_a_bug(console: socket.socket, limits: Limits) -> None:
    """Reading the evil stream meets a bug of ours."""
    _serve(console, limits, _EvilOpener())


def crashes(console: socket.socket, limits: Limits) -> None:
    """The decoder ends the process."""
    _serve(console, limits, _CrashingOpener())


def eats(console: socket.socket, limits: Limits) -> None:
    """The decoder takes 200 MB, and more than it is allowed."""
    _serve(console, limits, _HungryOpener())


def talks_rubbish(console: socket.socket, limits: Limits) -> None:
    """What a worker says whose memory is overwritten."""
    child.begin()
    console.sendall(random.Random(1).randbytes(4096))
    time.sleep(FOREVER_S)


def promises_more(console: socket.socket, limits: Limits) -> None:
    """Begins a message as if much were to follow, and says nothing more."""
    child.begin()
    console.sendall(struct.pack("<BB", 0x5A, 1) + b"\0" * 10)
    time.sleep(FOREVER_S)


def talks_without_end(console: socket.socket, limits: Limits) -> None:
    """Beats as fast as it can."""
    child.begin()
    beats = struct.pack("<BBI", 0x5A, 0, 1) * 10_000
    while True:
        console.sendall(beats)


def works_without_a_word(console: socket.socket, limits: Limits) -> None:
    """Beats once, and then has so much to do that it never comes to it again."""
    child.begin()
    console.sendall(struct.pack("<BBI", 0x5A, 0, 1))
    while True:
        pass


def fails_at_once(console: socket.socket, limits: Limits) -> None:
    """Cannot even begin, as where a library is missing."""
    os._exit(3)


Main = Callable[[socket.socket, Limits], None]
