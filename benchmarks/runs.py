"""One start of a program on the benchmark's screen: when what was seen, then its end.

Both programs are started, watched and timed by the same lines; they differ in `painted`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from benchmarks.screen import Pixels, Screen
from benchmarks.what_shows import (
    CLOCK_AND_OFFICER,
    INCIDENTS,
    MAP,
    PICTURES,
    Shades,
    ever_moved,
    filled_at,
    has_moved,
    is_console,
    is_covered,
    is_empty,
    is_picture,
    settled_at,
)

LOOK_EVERY_S = 0.005
_WATCH_EVERY_S = 0.05
_PAINT_DEADLINE_S = 20.0
_CLOCK_DEADLINE_S = 4.0
_CAMERAS_DEADLINE_S = 20.0
_AFTERWARDS_S = 1.5
_END_S = 10.0

History: TypeAlias = list[tuple[float, Shades]]


class BrokenError(Exception):
    """The program did not do what can be measured; the message says what was seen."""


@dataclass(frozen=True, slots=True)
class Start:
    """What one start showed, in milliseconds from the start of the process. None: not seen."""

    mapped_ms: float
    painted_ms: float
    filled_ms: float | None = None
    map_ms: float | None = None
    cameras_ms: float | None = None
    rss_mb: float = 0.0


@dataclass(slots=True)
class Watch:
    """What the parts of the console's window showed after the first paint."""

    clock: History = field(default_factory=list)
    incidents: History = field(default_factory=list)
    map: History = field(default_factory=list)
    first_pictures: dict[int, tuple[float, Shades]] = field(default_factory=dict)
    moving: set[int] = field(default_factory=set)

    def look(self, pixels: Pixels, at_ms: float) -> None:
        """Note one moment."""
        self.clock.append((at_ms, CLOCK_AND_OFFICER.shades(pixels)))
        self.incidents.append((at_ms, INCIDENTS.shades(pixels)))
        self.map.append((at_ms, MAP.shades(pixels)))
        for number, box in enumerate(PICTURES):
            if number in self.first_pictures:
                if number not in self.moving:
                    before = self.first_pictures[number][1]
                    if has_moved(before, box.shades(pixels)):
                        self.moving.add(number)
            elif is_picture(box.of(pixels)):
                self.first_pictures[number] = (at_ms, box.shades(pixels))

    @property
    def cameras_ms(self) -> float | None:
        """When the last of the eight first showed a picture, if all eight moved since."""
        if len(self.moving) < len(PICTURES):
            return None
        return max(at_ms for at_ms, _ in self.first_pictures.values())


class Program:
    """A process on the screen, from its start to its end; nothing of it is left."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], words: Path) -> None:
        with words.open("wb") as file:
            self._began_s = time.monotonic()
            self._process = subprocess.Popen(
                command,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._words = words
        self._pause = threading.Event()  # never set: its wait is the pause between two looks

    @property
    def pid(self) -> int:
        """The process, which leads a session of its own: what it starts is in it too."""
        return self._process.pid

    def elapsed_ms(self) -> float:
        """Since just before the process was started."""
        return (time.monotonic() - self._began_s) * 1000

    def check(self) -> None:
        """Raises BrokenError if it has ended."""
        code = self._process.poll()
        if code is not None:
            raise BrokenError(f"ended with {code}: {self.last_words()}")

    def wait_for(self, seen: Callable[[], bool], deadline_s: float, what: str) -> float:
        """When `seen` was first true. Raises BrokenError if it does not become so."""
        while True:
            at_ms = self.elapsed_ms()
            if seen():
                return at_ms
            code = self._process.poll()
            if code is not None:
                raise BrokenError(f"ended with {code} before {what}: {self.last_words()}")
            if at_ms > deadline_s * 1000:
                raise BrokenError(f"not within {deadline_s:.0f} s: {what}")
            self._pause.wait(LOOK_EVERY_S)

    def pause(self, seconds: float) -> None:
        """Let it work."""
        self._pause.wait(seconds)

    def rss_mb(self) -> float:
        """The resident memory of this process alone, in MB of 10⁶ bytes."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        line = next(one for one in status.splitlines() if one.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6

    def last_words(self) -> str:
        """The last lines it wrote."""
        return " | ".join(self._words.read_text(errors="replace").splitlines()[-3:])

    def leave(self) -> int | None:
        """Ask it to end as a session would; its exit code, None if it did not. What it started
        itself is let be: `end` comes after."""
        self._process.terminate()
        try:
            return self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            return None

    def end(self) -> bool:
        """Ask it to end as a session would; whether it did. Nothing of its group is left."""
        self._process.terminate()
        try:
            self._process.wait(_END_S)
            ended = True
        except subprocess.TimeoutExpired:
            ended = False
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        return ended


class Bench:
    """Where programs are started: one screen, one environment, one folder for what they say."""

    def __init__(self, screen: Screen, env: Mapping[str, str], folder: Path) -> None:
        self._screen = screen
        self._env = {**env, "DISPLAY": screen.display}
        self._folder = folder

    def start_bare(self, command: Sequence[str]) -> Start:
        """Start the bare window; painted is its ground over the whole screen."""
        program, mapped_ms = self._start(command)
        try:
            painted_ms = self._wait_painted(program, is_covered, "a bare window")
            rss_mb = program.rss_mb()
        finally:
            program.end()
        return Start(mapped_ms, painted_ms, rss_mb=rss_mb)

    def start_console(
        self, command: Sequence[str], *, paint_only: bool = False, picture: Path | None = None
    ) -> Start:
        """Start the console; painted is `is_console`, after which its clock must go.

        `paint_only` watches no longer than that, and reads nothing of what comes later.
        Raises BrokenError.
        """
        program, mapped_ms = self._start(command)
        try:
            what = "a window with station, clock and six lettered places"
            painted_ms = self._wait_painted(program, is_console, what)
            if picture is not None:
                self._screen.save(picture)
            watch = self._watch(program, painted_ms, paint_only)
            rss_mb = program.rss_mb()
        finally:
            ended = program.end()
        if not ended:
            raise BrokenError(f"the console did not end within {_END_S:.0f} s of being asked")
        if paint_only:
            return Start(mapped_ms, painted_ms, rss_mb=rss_mb)
        return Start(
            mapped_ms,
            painted_ms,
            filled_ms=filled_at(watch.incidents),
            map_ms=settled_at(watch.map),
            cameras_ms=watch.cameras_ms,
            rss_mb=rss_mb,
        )

    def _start(self, command: Sequence[str]) -> tuple[Program, float]:
        """The program and when the first of its window was seen."""
        pixels = self._screen.pixels
        patience = threading.Event()
        until_s = time.monotonic() + _END_S
        while not is_empty(pixels):
            if time.monotonic() > until_s:
                raise BrokenError("the screen does not become empty")
            patience.wait(LOOK_EVERY_S)
        program = Program(command, self._env, self._folder / "words.txt")
        try:
            mapped_ms = program.wait_for(
                lambda: not is_empty(pixels), _PAINT_DEADLINE_S, "any window was seen"
            )
        except BaseException:
            program.end()
            raise
        return program, mapped_ms

    def _wait_painted(
        self, program: Program, painted: Callable[[Pixels], bool], what: str
    ) -> float:
        pixels = self._screen.pixels
        return program.wait_for(lambda: painted(pixels), _PAINT_DEADLINE_S, f"{what} was seen")

    def _watch(self, program: Program, painted_ms: float, paint_only: bool) -> Watch:
        """Look on until the clock goes and, unless `paint_only`, until some time after the
        cameras are live or have had their time. Raises BrokenError.
        """
        watch = Watch()
        done_ms = painted_ms + _CAMERAS_DEADLINE_S * 1000
        at_ms = painted_ms
        clock_goes = False
        while at_ms < done_ms and not (paint_only and clock_goes):
            watch.look(self._screen.pixels, at_ms)
            clock_goes = clock_goes or ever_moved(watch.clock[-2:])
            if not clock_goes and at_ms > painted_ms + _CLOCK_DEADLINE_S * 1000:
                raise BrokenError("the clock stands still: a picture of a console, not a console")
            if watch.cameras_ms is not None and clock_goes:
                last_ms = max(watch.cameras_ms, painted_ms + 1000)
                done_ms = min(done_ms, last_ms + _AFTERWARDS_S * 1000)
            program.pause(_WATCH_EVERY_S)
            at_ms = program.elapsed_ms()
        return watch
