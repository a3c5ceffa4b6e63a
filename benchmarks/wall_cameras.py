"""The cameras of a wall's run: clips served by processes of their own, and when each picture left.

A camera that nobody watches stands still, and would begin with a key picture for whoever comes
first. So every camera has a viewer from the beginning who looks at nothing; each came at another
moment, which gives the key pictures of the cameras different moments too.
"""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from app.cameras.camera import StreamKind
from app.demo.simulated_cameras import CameraSpec, ClipContent, SimulatedFleet, StreamSize
from benchmarks.clips import GOP_S, ClipForm

_PER_PROCESS = 8
_READY_S = 15.0
_ANSWER_S = 5.0
_SENT = np.dtype(
    [("camera", "<u2"), ("stream", "u1"), ("", "u1"), ("number", "<u4"), ("sent_s", "<f8")]
)


@dataclass(frozen=True, slots=True)
class Sent:
    """When one camera sent its pictures, on the monotonic clock; `numbers` go up without a gap
    of meaning: a clip that begins again goes on counting."""

    numbers: NDArray[np.int64]
    at_s: NDArray[np.float64]

    def whole_number(self, in_clip: int, pictures: int, seen_s: float) -> int | None:
        """Which picture it was that carries the number `in_clip` and was seen at `seen_s`: the
        youngest of that number that had been sent by then. None if none had."""
        before = int(np.searchsorted(self.at_s, seen_s, side="right"))
        if before == 0:
            return None
        newest = int(self.numbers[before - 1])
        number = newest - (newest - in_clip) % pictures
        return number if number >= int(self.numbers[0]) else None

    def sent_s(self, number: int) -> float | None:
        """When it left, for the first viewer who got it."""
        place = int(np.searchsorted(self.numbers, number))
        if place == len(self.numbers) or self.numbers[place] != number:
            return None
        return float(self.at_s[place])

    def between(self, begin_s: float, end_s: float) -> int:
        """How many it sent."""
        return int(((self.at_s >= begin_s) & (self.at_s < end_s)).sum())


class Cameras:
    """Serves one clip a camera while it is entered."""

    def __init__(self, clips: Sequence[Path], form: ClipForm, folder: Path) -> None:
        size = StreamSize(form.width_px, form.height_px, form.fps)
        specs = [
            CameraSpec(
                f"B{number:02d}", f"B{number:02d}", ClipContent(clip),
                main=size, sub=size, waits_for_keyframe=True,
            )
            for number, clip in enumerate(clips)
        ]  # fmt: skip
        self._groups = [specs[at : at + _PER_PROCESS] for at in range(0, len(specs), _PER_PROCESS)]
        self._logs = [folder / f"sent{number}.bin" for number in range(len(self._groups))]
        self._fleets = [
            SimulatedFleet(group, send_log=log)
            for group, log in zip(self._groups, self._logs, strict=True)
        ]
        self._keepers: Keepers | None = None
        self._seed = form.seed
        self.urls: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        try:
            for fleet in self._fleets:
                fleet.start()
            for fleet in self._fleets:
                if not fleet.wait_until_ready(_READY_S):
                    raise RuntimeError("the cameras do not start")
            self.urls = tuple(
                fleet.url(spec.camera_id, StreamKind.MAIN)
                for fleet, group in zip(self._fleets, self._groups, strict=True)
                for spec in group
            )
            self._keepers = Keepers(self.urls, self._seed)
            self._keepers.start()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _end(self) -> None:
        if self._keepers is not None:
            self._keepers.stop()
        for fleet in self._fleets:
            fleet.stop()

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that play them."""
        return tuple(fleet.pid for fleet in self._fleets if fleet.pid is not None)

    def sent(self) -> list[Sent]:
        """What each camera has sent so far."""
        found = []
        for log, group in zip(self._logs, self._groups, strict=True):
            raw = log.read_bytes()
            records = np.frombuffer(raw, _SENT, count=len(raw) // _SENT.itemsize)
            found += [_sent_by(records, camera) for camera in range(len(group))]
        return found


def _sent_by(records: NDArray[np.void], camera: int) -> Sent:
    own = records[records["camera"] == camera]
    numbers, first = np.unique(own["number"].astype(np.int64), return_index=True)
    return Sent(numbers, own["sent_s"][first].astype(np.float64))


class Keepers:
    """One viewer for each camera who throws away what comes, all on one thread."""

    def __init__(self, urls: Sequence[str], seed: int) -> None:
        moments = np.random.default_rng(seed).uniform(0, GOP_S, len(urls))
        self._to_come = sorted(zip(moments.tolist(), urls, strict=True))
        self._stop = threading.Event()
        self._all_watch = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keepers")

    def start(self) -> None:
        """Return when each camera has its viewer. Raises RuntimeError when one gets none."""
        self._thread.start()
        if not self._all_watch.wait(GOP_S + len(self._to_come) * 0.5 + _READY_S):
            raise RuntimeError("a camera does not play")

    def stop(self) -> None:
        """All viewers leave."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        began_s = time.monotonic()
        with selectors.DefaultSelector() as waiting:
            try:
                for moment_s, url in self._to_come:
                    self._drain(waiting, began_s + moment_s)
                    waiting.register(play(url), selectors.EVENT_READ)
                self._all_watch.set()
                self._drain(waiting, float("inf"))
            finally:
                for key in list(waiting.get_map().values()):
                    viewer = key.fileobj
                    assert isinstance(viewer, socket.socket)
                    viewer.close()

    def _drain(self, waiting: selectors.BaseSelector, until_s: float) -> None:
        while not self._stop.is_set() and (left_s := until_s - time.monotonic()) > 0:
            if not waiting.get_map():
                self._stop.wait(left_s)
                continue
            for key, _ in waiting.select(min(left_s, 0.1)):
                viewer = key.fileobj
                assert isinstance(viewer, socket.socket)
                if not viewer.recv(1 << 20):
                    waiting.unregister(viewer)
                    viewer.close()
            self._stop.wait(min(left_s, 0.05))  # a few pictures at a time cost less than each


def play(url: str) -> socket.socket:
    """A connection on which the camera's pictures come. Raises OSError."""
    parts = urlsplit(url)
    viewer = socket.create_connection((parts.hostname, parts.port), _ANSWER_S)
    transport = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1"
    answer = _ask(viewer, f"SETUP {url}/trackID=0 RTSP/1.0", "CSeq: 1", transport)
    session = next(
        line.partition(":")[2].split(";")[0].strip()
        for line in answer.splitlines()
        if line.lower().startswith("session:")
    )
    _ask(viewer, f"PLAY {url} RTSP/1.0", "CSeq: 2", f"Session: {session}")
    return viewer


def _ask(viewer: socket.socket, *lines: str) -> str:
    viewer.sendall("\r\n".join((*lines, "", "")).encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        piece = viewer.recv(4096)
        if not piece:
            raise ConnectionError("the camera hung up")
        answer += piece
    if not answer.startswith(b"RTSP/1.0 200"):
        raise ConnectionError(answer.decode(errors="replace").splitlines()[0])
    return answer.decode(errors="replace")
