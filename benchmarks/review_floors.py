"""What others take for the same frame of the same file: PyAV, OpenCV, mpv. Knows no product."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import av
import cv2

from benchmarks.runs import BrokenError

_MPV = ["mpv", "--no-config", "--pause", "--vo=null", "--ao=null", "--no-terminal"]
_MPV += ["--hr-seek=yes", "--vd-lavc-threads=2", "--keep-open=always", "--hwdec=no"]
_MPV_START_S = 15.0
_MPV_SETTLES_S = 0.5


def pyav_ms(path: Path, at_s: float, fps: int) -> float:
    """Open, seek, decode to the frame that is due: as one writes it with PyAV, its threads on."""
    began_s = time.perf_counter()
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        assert stream.time_base is not None
        container.seek(int(at_s / stream.time_base), stream=stream)
        for frame in container.decode(stream):
            if frame.time is not None and frame.time > at_s - 1 / fps:
                break
        else:
            raise BrokenError(f"PyAV did not come to {at_s} s in {path.name}")
    return (time.perf_counter() - began_s) * 1000


def opencv_ms(path: Path, at_s: float) -> float | None:
    """Open, set the position, read; None where it reads nothing, as near a file's end it may."""
    began_s = time.perf_counter()
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    try:
        capture.set(cv2.CAP_PROP_POS_MSEC, at_s * 1000)
        read, _ = capture.read()
    finally:
        capture.release()
    return (time.perf_counter() - began_s) * 1000 if read else None


class Mpv:
    """One file open in mpv, driven over its IPC. Use as a `with` block."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._address = folder / "mpv.sock"
        command = [*_MPV, f"--input-ipc-server={self._address}", str(path)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._rest = b""
        self._connection: socket.socket | None = None

    @staticmethod
    def is_installed() -> bool:
        """Whether it can be compared with."""
        return shutil.which("mpv") is not None

    def __enter__(self) -> Mpv:
        until_s = time.monotonic() + _MPV_START_S
        while self._connection is None:
            try:
                connection = socket.socket(socket.AF_UNIX)
                connection.connect(str(self._address))
                self._connection = connection
            except OSError as error:
                connection.close()
                if time.monotonic() > until_s or self._process.poll() is not None:
                    self._process.kill()
                    raise BrokenError("mpv did not begin") from error
                time.sleep(0.05)
        self.seek_ms(0.0)
        time.sleep(_MPV_SETTLES_S)  # the file's own beginning is such an event too
        return self

    def __exit__(self, *error: object) -> None:
        if self._connection is not None:
            self._connection.close()
        self._process.terminate()
        self._process.wait(5)

    def seek_ms(self, at_s: float) -> float:
        """Until it says that it plays on from there: the frame is decoded."""
        assert self._connection is not None
        self._forget_events()
        command = {"command": ["seek", at_s, "absolute+exact"]}
        began_s = time.perf_counter()
        self._connection.sendall((json.dumps(command) + "\n").encode())
        self._connection.settimeout(5)
        while True:
            if self._next_event().get("event") == "playback-restart":
                return (time.perf_counter() - began_s) * 1000

    def _forget_events(self) -> None:
        """What it has said before is no answer to what it is asked now."""
        assert self._connection is not None
        self._connection.settimeout(0.0)
        self._rest = b""
        with contextlib.suppress(BlockingIOError, TimeoutError):
            while self._connection.recv(65536):
                pass

    def _next_event(self) -> dict[str, Any]:
        assert self._connection is not None
        while b"\n" not in self._rest:
            try:
                data = self._connection.recv(65536)
            except TimeoutError as error:
                raise BrokenError("mpv did not seek") from error
            if not data:
                raise BrokenError("mpv ended")
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        said: dict[str, Any] = json.loads(line)
        return said
