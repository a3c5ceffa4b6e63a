"""Watches a wall on the benchmark's screen: when each camera first showed, and what it showed then.

Knows pixels and stamps; asks the program nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from benchmarks.runs import BrokenError, Program
from benchmarks.screen import Pixels
from benchmarks.stamps import Bar, StampReader, find_bars
from benchmarks.wall_cameras import Sent
from benchmarks.what_shows import is_covered

LOOK_EVERY_S = 0.008
_SEARCH_EVERY_S = 0.04
_WINDOW_S = 30.0
_LIVE_S = 60.0
_ALL_READ_S = 3.0


@dataclass(frozen=True, slots=True)
class FirstPictures:
    """When what was first seen, on the monotonic clock."""

    window_s: float
    by_camera_s: dict[int, float]

    @property
    def last_s(self) -> float:
        """When the last camera first showed a picture."""
        return max(self.by_camera_s.values())


def watch_start(program: Program, pixels: Pixels, cameras: int) -> FirstPictures:
    """Wait for the window and for a picture of every camera. Raises BrokenError."""
    program.wait_for(lambda: is_covered(pixels), _WINDOW_S, "a window over the whole screen")
    window_s = time.monotonic()
    seen: dict[int, float] = {}

    def all_live() -> bool:
        for _, stamp in StampReader(find_bars(pixels), pixels).look():
            seen.setdefault(stamp.camera, time.monotonic())
        program.pause(_SEARCH_EVERY_S)
        return len(seen) == cameras

    try:
        program.wait_for(all_live, program.elapsed_ms() / 1000 + _LIVE_S, "a picture everywhere")
    except BrokenError as error:
        raise BrokenError(f"{error}; {len(seen)} of {cameras} cameras showed one") from error
    return FirstPictures(window_s, seen)


def find_tiles(pixels: Pixels, cameras: int) -> list[Bar]:
    """The bar of each camera's tile, in the order of the cameras. Raises BrokenError if one is not
    found."""
    found: dict[int, Bar] = {}
    until_s = time.monotonic() + _ALL_READ_S
    while len(found) < cameras and time.monotonic() < until_s:
        reader = StampReader(find_bars(pixels), pixels)
        for tile, stamp in reader.look():
            found[stamp.camera] = reader.bars[tile]
    if sorted(found) != list(range(cameras)):
        raise BrokenError(f"only the cameras {sorted(found)} have a tile")
    return [found[camera] for camera in range(cameras)]


@dataclass(frozen=True, slots=True)
class Seen:
    """A stamp on its own camera's tile, another than at the look before."""

    camera: int
    in_clip: int
    at_s: float


@dataclass(slots=True)
class Watch:
    """What the tiles showed in a window of time."""

    begin_s: float = 0.0
    end_s: float = 0.0
    seen: list[Seen] = field(default_factory=list)

    @property
    def length_s(self) -> float:
        """How long it was watched."""
        return self.end_s - self.begin_s


def watch_wall(
    program: Program, reader: StampReader, seconds: float, now_and_then: Callable[[], None]
) -> Watch:
    """Look for so long at tiles in the order of their cameras, and once a second do something
    else. Raises BrokenError if the program ends."""
    _read_what_stands(program, reader)
    watch = Watch(begin_s=time.monotonic())
    due_s = watch.begin_s
    while (now_s := time.monotonic()) < watch.begin_s + seconds:
        stamps = reader.look()
        seen_s = time.monotonic()
        watch.seen += [
            Seen(tile, stamp.number, seen_s) for tile, stamp in stamps if tile == stamp.camera
        ]
        if now_s >= due_s:
            due_s = now_s + 1.0
            now_and_then()
            program.check()
        program.pause(max(0.0, LOOK_EVERY_S - (time.monotonic() - now_s)))
    watch.end_s = time.monotonic()
    return watch


def _read_what_stands(program: Program, reader: StampReader) -> None:
    """Read every tile once: what stands there when the window of time begins is not new in it."""
    unread = set(range(len(reader.bars)))
    until_s = time.monotonic() + _ALL_READ_S
    while unread and time.monotonic() < until_s:
        unread -= {tile for tile, _ in reader.look()}
        program.pause(LOOK_EVERY_S)


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown, against what was sent."""

    fps: tuple[float, ...]
    sent_fps: tuple[float, ...]
    latencies_s: tuple[float, ...]

    def latency_ms(self, share: float) -> float | None:
        """The latency that this share of all pictures did not exceed; None without pictures."""
        if not self.latencies_s:
            return None
        return round(float(np.quantile(self.latencies_s, share)) * 1000, 1)


def compare(watch: Watch, sent: list[Sent], pictures_in_clip: int) -> Shown:
    """Distinct pictures a second of each camera, and how long after sending each was first seen.

    A picture that comes a second time is no picture. One that nobody sent before it was seen, or
    on another camera's tile, is none either.
    """
    first_s: dict[tuple[int, int], float] = {}
    for seen in watch.seen:
        number = sent[seen.camera].whole_number(seen.in_clip, pictures_in_clip, seen.at_s)
        if number is not None:
            first_s.setdefault((seen.camera, number), seen.at_s)
    shown = [0] * len(sent)
    latencies = []
    for (camera, number), at_s in first_s.items():
        shown[camera] += 1
        sent_s = sent[camera].sent_s(number)
        if sent_s is not None:
            latencies.append(at_s - sent_s)
    length_s = watch.length_s
    return Shown(
        tuple(count / length_s for count in shown),
        tuple(one.between(watch.begin_s, watch.end_s) / length_s for one in sent),
        tuple(latencies),
    )
