"""One wall or one floor on the benchmark's cameras, from its start over a steady window to its end.

Both are counted by the same lines: processor time from /proc of exactly their processes.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.processes import CpuCount, of_session, resident_mb
from benchmarks.runs import BrokenError, Program
from benchmarks.screen import Screen
from benchmarks.stamps import StampReader
from benchmarks.wall_cameras import Cameras
from benchmarks.wall_watch import Shown, compare, find_tiles, watch_start, watch_wall

ROOT = Path(__file__).resolve().parents[1]
_LAUNCHER = ROOT / "benchmarks" / "wall_console.py"


@dataclass(frozen=True, slots=True)
class Times:
    """How long what is watched, in seconds."""

    settle_s: float
    """From the last camera's first picture, or the floor's start, to the steady window."""
    steady_s: float


@dataclass(frozen=True, slots=True)
class WallRun:
    """What one wall cost and showed."""

    cpu_cores: float
    console_cores: float
    """Of these, the console's own process."""
    processes: int
    rss_mb: float
    shown: Shown
    gaps_ms: NDArray[np.float64]
    first_picture_last_s: float
    first_picture_last_from_start_s: float


@dataclass(frozen=True, slots=True)
class Wall:
    """Where walls are run: one screen, one station, one environment."""

    screen: Screen
    env: Mapping[str, str]
    folder: Path
    station: Path
    product: Path
    cameras: Cameras
    pictures_in_clip: int
    picture: Path | None

    def run(self, kind: str, times: Times) -> WallRun:
        """Start the product with its `workers` or with `threads`. Raises BrokenError."""
        gaps = self.folder / f"gaps-{kind}.bin"
        command = [sys.executable, str(_LAUNCHER), str(gaps), kind, str(self.product)]
        command += ["--station", str(self.station)]
        env = {**self.env, "DISPLAY": self.screen.display}
        began_s = time.monotonic()
        program = Program(command, env, self.folder / f"words-{kind}.txt")
        try:
            first = watch_start(program, self.screen.pixels, len(self.cameras.urls))
            program.pause(max(0.0, first.last_s + times.settle_s - time.monotonic()))
            program.check()
            if self.picture is not None:
                self.screen.save(self.picture)
            tiles = find_tiles(self.screen.pixels, len(self.cameras.urls))
            reader = StampReader(tiles, self.screen.pixels)
            cpu, rss_mb = CpuCount(), 0.0

            def count() -> None:
                nonlocal rss_mb
                pids = of_session(program.pid)
                cpu.look(pids)
                rss_mb = max(rss_mb, resident_mb(pids))

            watch = watch_wall(program, reader, times.steady_s, count)
            count()
        finally:
            ended = program.end()
        if not ended:
            raise BrokenError("the console did not end when it was asked to")
        return WallRun(
            cpu_cores=cpu.used_s / watch.length_s,
            console_cores=cpu.used_by_s(program.pid) / watch.length_s,
            processes=len(cpu.pids),
            rss_mb=rss_mb,
            shown=compare(watch, self.cameras.sent(), self.pictures_in_clip),
            gaps_ms=_gaps_ms(gaps, watch.begin_s, watch.end_s),
            first_picture_last_s=first.last_s - first.window_s,
            first_picture_last_from_start_s=first.last_s - began_s,
        )


def _gaps_ms(file: Path, begin_s: float, end_s: float) -> NDArray[np.float64]:
    """The gaps that ended in the window."""
    if not file.exists():
        raise BrokenError("the console left no word of its window's thread")
    pairs = np.fromfile(file, np.float64).reshape(-1, 2)
    inside = (pairs[:, 0] >= begin_s) & (pairs[:, 0] < end_s)
    if not inside.any():
        raise BrokenError("the window's thread never came round")
    gaps_ms: NDArray[np.float64] = pairs[inside, 1] * 1000
    return gaps_ms


def run_floor(urls: Sequence[str], times: Times) -> float:
    """Cores that the least possible decoding of the same streams takes. Raises BrokenError."""
    pause = threading.Event()
    processes = [
        subprocess.Popen(
            ["ffmpeg", "-nostdin", "-loglevel", "error", "-threads", "1"]
            + ["-rtsp_transport", "tcp", "-i", url, "-f", "null", "-"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for url in urls
    ]
    try:
        pause.wait(times.settle_s)
        cpu = CpuCount()
        began_s = time.monotonic()
        cpu.look(process.pid for process in processes)
        pause.wait(times.steady_s)
        if any(process.poll() is not None for process in processes):
            raise BrokenError("an ffmpeg of the floor ended before its time")
        cpu.look(process.pid for process in processes)
        return cpu.used_s / (time.monotonic() - began_s)
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()
