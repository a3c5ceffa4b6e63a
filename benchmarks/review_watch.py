"""Watches review tiles on the benchmark's screen: what they show after a seek, a step, in motion.

Knows pixels, stamps and what was recorded; of the program only what its clock says.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from benchmarks.review_archive import Expected, Recordings, camera_id
from benchmarks.review_hand import HandOf
from benchmarks.runs import BrokenError, Program
from benchmarks.screen import Pixels
from benchmarks.stamps import Bar, StampReader, find_bars

LOOK_EVERY_S = 0.001
_LOOK_IN_MOTION_S = 0.003
_WRONG_AFTER_S = 3.0
_STAYS_S = 0.06
_FIND_S = 20.0
_CLOCK_EVERY_S = 0.25
_LOOKED_EVERY_S = 0.005
_LEAST_FPS = 8  # of a tile in motion: a picture that does not come is as wrong as one that is
_RATE_MOST = 0.02  # how far from its speed the clock may go
NEVER = 1e9  # frames: what no picture, or another's, counts as


@dataclass(frozen=True, slots=True)
class Sought:
    """What one seek showed, in ms from the call. None: not within three seconds."""

    first_ms: float | None
    exact_ms: float | None
    is_wrong: bool


@dataclass(slots=True)
class Motion:
    """What tiles showed while it played."""

    fps: list[float] = field(default_factory=list)
    """Different pictures a second of each tile."""
    appeared: list[float] = field(default_factory=list)
    """Frames between what was due and what appeared, at the moment it did."""
    looked: list[float] = field(default_factory=list)
    """The same at every look at every tile."""
    rate: float = 0.0
    """How fast the clock went, by this computer's."""

    def p99(self, of: list[float]) -> float:
        """What 99 of 100 did not exceed."""
        return round(float(np.quantile(of, 0.99)), 2) if of else NEVER


class Judge:
    """Looks at the screen of one console on which the Review place is open."""

    def __init__(
        self, program: Program, hand: HandOf, pixels: Pixels, recordings: Recordings
    ) -> None:
        self._program, self._hand, self._pixels = program, hand, pixels
        self._recorded = recordings
        self._cameras: tuple[int, ...] = ()
        self._reader = StampReader((), pixels)

    # Opening

    def open(self, cameras: Sequence[int], at: datetime, tiles: int) -> None:
        """Put these cameras on tiles and find where they are. Raises BrokenError."""
        self._hand.do("open", [camera_id(each) for each in cameras], at.isoformat(), tiles)
        wanted = {self._recorded.expected(each, at).clip: each for each in cameras[:4]}
        until_s = time.monotonic() + _FIND_S
        found: dict[int, Bar] = {}
        while time.monotonic() < until_s:
            self._program.pause(0.3)
            self._program.check()
            before, found = found, self._find(wanted, at)
            if len(found) == len(wanted) and found == before:  # the tiles do not move any more
                self._cameras = tuple(found)
                self._reader = StampReader(tuple(found.values()), self._pixels)
                return
        raise BrokenError(f"no picture of {at.isoformat()} on {len(wanted)} tiles")

    def _find(self, wanted: dict[int, int], at: datetime) -> dict[int, Bar]:
        reader = StampReader(find_bars(self._pixels), self._pixels)
        found: dict[int, Bar] = {}
        for tile, stamp in reader.look():
            camera = wanted.get(stamp.camera)
            if camera is not None and stamp.number == self._recorded.expected(camera, at).number:
                found.setdefault(camera, reader.bars[tile])
        return dict(sorted(found.items()))

    # Seeks and steps, of the first camera

    def seek(self, at: datetime) -> Sought:
        """From the call to the first picture of the right group, and to the exact frame."""
        self._settle()
        began_s = self._hand.do("seek", at.isoformat()).began_s
        return self._see(self._recorded.expected(self._cameras[0], at), began_s)

    def step(self, frames: int, expected: Expected) -> Sought:
        """From the call to this picture."""
        self._settle()
        began_s = self._hand.do("step", frames).began_s
        return self._see(expected, began_s)

    def _settle(self) -> None:
        self._reader.look()

    def _see(self, expected: Expected, began_s: float) -> Sought:
        group_size = round(self._recorded.main.fps * 2)
        first_s: float | None = None
        while True:
            seen = self._reader.look()
            now_s = time.monotonic()
            for tile, stamp in seen:
                if tile != 0 or stamp.camera != expected.clip:
                    continue
                if stamp.number // group_size == expected.group and first_s is None:
                    first_s = now_s
                if stamp.number == expected.number:
                    is_wrong = not self._stays()
                    return Sought(_ms(began_s, first_s), _ms(began_s, now_s), is_wrong)
            if now_s - began_s > _WRONG_AFTER_S:
                self._program.check()
                return Sought(_ms(began_s, first_s), None, True)
            self._program.pause(LOOK_EVERY_S)

    def _stays(self) -> bool:
        """Whether no other picture comes after the one that is meant to stand."""
        until_s = time.monotonic() + _STAYS_S
        while time.monotonic() < until_s:
            if any(tile == 0 for tile, _ in self._reader.look()):
                return False
            self._program.pause(0.005)
        return True

    # In motion

    def play(self, from_: datetime, speed: float, settle_s: float, seconds: float) -> Motion:
        """Seek all tiles there, play, and watch. Raises BrokenError."""
        self._hand.do("seek", from_.isoformat())
        self._wait_for(from_)
        self._hand.do("play", speed)
        self._program.pause(settle_s)
        seen, clock, begin_s, end_s = self._watch(seconds)
        self._hand.do("pause")
        return self._judged(seen, clock, speed, (begin_s, end_s))

    def _wait_for(self, at: datetime) -> None:
        expected = [self._recorded.expected(camera, at) for camera in self._cameras]
        shown: dict[int, tuple[int, int]] = {}
        until_s = time.monotonic() + _FIND_S
        self._reader = StampReader(self._reader.bars, self._pixels)  # what stands there is read
        while time.monotonic() < until_s:
            for tile, stamp in self._reader.look():
                shown[tile] = (stamp.camera, stamp.number)
            if all(shown.get(tile) == (one.clip, one.number) for tile, one in enumerate(expected)):
                return
            self._program.pause(0.01)
        self._program.check()
        raise BrokenError(f"{len(shown)} tiles, not all with the frame of {at.isoformat()}")

    def _watch(
        self, seconds: float
    ) -> tuple[list[tuple[float, int, int, int]], list[tuple[float, datetime]], float, float]:
        seen: list[tuple[float, int, int, int]] = []
        clock: list[tuple[float, datetime]] = []
        begin_s = time.monotonic()
        asked: int | None = None
        asked_s = begin_s - 1
        self._reader = StampReader(self._reader.bars, self._pixels)  # what stands there counts too
        while (now_s := time.monotonic()) < begin_s + seconds:
            for tile, stamp in self._reader.look():
                seen.append((time.monotonic(), tile, stamp.camera, stamp.number))
            if asked is None and now_s - asked_s > _CLOCK_EVERY_S:
                asked, asked_s = self._hand.ask("position"), now_s
            elif asked is not None and (said := self._hand.answer(asked)) is not None:
                clock.append((said.began_s, datetime.fromisoformat(said.value)))
                asked = None
            self._program.pause(_LOOK_IN_MOTION_S)
        while asked is not None and self._hand.answer(asked) is None:
            self._program.pause(0.005)
            if time.monotonic() > now_s + 5:
                raise BrokenError("the console's window does not answer")
        self._program.check()
        return seen, clock, begin_s, now_s

    def _judged(
        self,
        seen: list[tuple[float, int, int, int]],
        clock: list[tuple[float, datetime]],
        speed: float,
        window: tuple[float, float],
    ) -> Motion:
        recorded = self._recorded
        at_s = np.array([moment for moment, _ in clock])
        said_s = np.array([(said - recorded.begins).total_seconds() for _, said in clock])
        if len(clock) < 3:
            raise BrokenError("the console's clock could not be read")
        rate, zero = np.polyfit(at_s - window[0], said_s, 1)
        motion = Motion(rate=round(float(rate), 4))
        tiles = range(len(self._cameras))
        if abs(rate / speed - 1) > _RATE_MOST:
            motion.appeared, motion.looked = [NEVER], [NEVER]
        for tile in tiles:
            of_tile = [each for each in seen if each[1] == tile]
            length_s = window[1] - window[0]
            came = max(0, len(of_tile) - 1)  # the first stood there when the watch began
            motion.fps.append(round(came / length_s, 2))
            motion.appeared += [NEVER] * max(0, int(_LEAST_FPS * length_s) - came)
            if not of_tile:
                motion.looked += [NEVER] * int(length_s / _LOOKED_EVERY_S)
            self._errors(motion, of_tile, (float(rate), float(zero)), window)
        return motion

    def _errors(
        self,
        motion: Motion,
        of_tile: list[tuple[float, int, int, int]],
        clock: tuple[float, float],
        window: tuple[float, float],
    ) -> None:
        recorded, (rate, zero) = self._recorded, clock
        for index, (moment_s, tile, clip, number) in enumerate(of_tile):
            fps = recorded.sub.fps if clip >= 16 else recorded.main.fps
            due_s = zero + rate * (moment_s - window[0])
            near = recorded.begins + timedelta(seconds=due_s)
            shown_s = recorded.frame_at(self._cameras[tile], clip, number, near)
            if shown_s is None:
                motion.appeared.append(NEVER)
                motion.looked.append(NEVER)
                continue
            if index:
                motion.appeared.append(_frames_off(due_s, shown_s, fps))
            ends_s = of_tile[index + 1][0] if index + 1 < len(of_tile) else window[1]
            for look_s in np.arange(moment_s, ends_s, _LOOKED_EVERY_S):
                later_s = zero + rate * (float(look_s) - window[0])
                motion.looked.append(_frames_off(later_s, shown_s, fps))


def _frames_off(due_s: float, shown_s: float, fps: int) -> float:
    """How many frames lie between the one that is due and the one that is shown."""
    due = np.floor(due_s * fps + 1e-6)
    return float(abs(due - round(shown_s * fps)))


def _ms(began_s: float, seen_s: float | None) -> float | None:
    return None if seen_s is None else (seen_s - began_s) * 1000
