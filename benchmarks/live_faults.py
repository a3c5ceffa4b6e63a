"""What the wall makes of sick cameras: `python -m benchmarks.live_faults --json`.

The real console shows eight healthy cameras and eight with every fault in turn; what it shows is
read from the pixels of a screen of the benchmark's own (docs/measurements.md says how). Exits 1
when a figure is missed, 2 without a screen.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.demo.simulated_cameras import Fault
from benchmarks.fault_cameras import (
    FAULTY,
    FAULTY_SIZE,
    HEALTHY,
    HEALTHY_SIZE,
    JITTER_S,
    FaultCameras,
)
from benchmarks.fault_phases import Findings, Plan, Run
from benchmarks.fault_watch import GRACE_S, Lie, Watch
from benchmarks.leftovers import Holdings
from benchmarks.machine import machine, versions
from benchmarks.report import publish
from benchmarks.runs import BrokenError, Program
from benchmarks.screen import NoScreenError, Pixels, Screen
from benchmarks.timed_stamps import Tile, find_tiles

ROOT = Path(__file__).resolve().parents[1]
SCREEN_PX = (1920, 1080)
_PLATFORM = "xcb"
_PACKAGES = ("PySide6-Essentials", "numpy", "opencv-python", "av")
_TILES = 16
_LIVE_S = 60.0
_GONE_S = 2.0
MOST = {
    "false_live": 0,
    "false_lost": 0,
    "detect_frozen_s": 3.0,
    "recover_s": 4.0,
    "console_crashes": 0,
    "leaked_threads": 0,
    "leaked_processes": 0,
    "leaked_shm": 0,
    "rss_growth_mb": 20.0,
}
LEAST = {"healthy_fps_min": 14.0}
_FULL = Plan(
    tuple(Fault), jitter_s=60, rounds_of_each=2, hold_s=12, back_s=15,
    away_s=10, away_times=2, reconnects=300, threads_settle_s=45,
)  # fmt: skip
_QUICK = Plan(
    tuple(Fault), jitter_s=0, rounds_of_each=1, hold_s=4.5, back_s=3,
    away_s=10, away_times=0, reconnects=0, threads_settle_s=0,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to."""

    found: Findings
    lies: list[Lie]
    crashes: int
    processes: int
    segments: list[str]
    broken: str = ""


def main(arguments: Sequence[str]) -> int:
    """Play, judge, print."""
    asked = _read(arguments)
    plan = _QUICK if asked.quick else _FULL
    if asked.only:
        plan = replace(plan, faults=tuple(asked.only))
    try:
        report = measure(plan, asked.product.resolve(), asked.seed)
    except NoScreenError as error:
        print(error, file=sys.stderr)
        return 2
    return publish(report, as_json=asked.json)


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live_faults", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--seed", type=int, default=1, help="of what is random in the faults (1)")
    parser.add_argument("--product", type=Path, default=ROOT / "main.py", help="what is judged")
    parser.add_argument("--quick", action="store_true", help="one short round: for the test only")
    parser.add_argument(
        "--only", type=Fault, nargs="+", metavar="FAULT", help="these faults in the rounds"
    )
    return parser.parse_args(arguments)


def measure(plan: Plan, product: Path, seed: int) -> dict[str, Any]:
    """The report. Raises NoScreenError."""
    with (
        tempfile.TemporaryDirectory(prefix="benchmark-faults-") as name,
        Screen(*SCREEN_PX) as screen,
        FaultCameras(Path(name), seed) as cameras,
    ):
        folder = Path(name)
        env = _environment(folder / "home", screen.display)
        station = _make_station(folder / "station", env, cameras.urls())
        program = Program(
            [sys.executable, str(product), "--station", str(station)], env, folder / "words.txt"
        )
        try:
            outcome = _judge(program, screen.pixels, cameras, plan)
        finally:
            program.end()
    figures = _figures(outcome)
    return {
        **figures,
        "missed": _missed(figures, outcome),
        "most": MOST,
        "least": LEAST,
        **_particulars(outcome),
        "machine": machine(),
        "versions": versions(_PACKAGES),
        "platform_plugin": _PLATFORM,
        "screen_px": list(SCREEN_PX),
        "seed": seed,
        "sizes": _sizes(plan),
    }


def _environment(home: Path, display: str) -> dict[str, str]:
    """A desk of the benchmark's own: no one's settings, no variable that changes Qt or Python."""
    foreign = ("QT_", "PYTHON", "XDG_", "WAYLAND_", "OPENCV_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    home.mkdir()
    return env | {"HOME": str(home), "QT_QPA_PLATFORM": _PLATFORM, "DISPLAY": display}


def _make_station(station: Path, env: Mapping[str, str], urls: Sequence[str]) -> Path:
    command = [sys.executable, "-m", "benchmarks.wall_station", str(station), str(_TILES)]
    subprocess.run(command, cwd=ROOT, env=env, input="\n".join(urls), text=True, check=True)
    return station


def _judge(program: Program, pixels: Pixels, cameras: FaultCameras, plan: Plan) -> Outcome:
    holdings = Holdings(program.pid)
    found, lies, broken = Findings(), list[Lie](), ""
    try:
        with Watch(_find_all(program, pixels), pixels) as watch:
            run = Run(program, cameras, watch, holdings)
            found = run.found
            try:
                holdings.look()
                run.play(plan)
            finally:
                lies = watch.lies()
    except BrokenError as error:
        broken = str(error)
    code = program.leave()
    is_clean = code in (0, -signal.SIGTERM)
    left = holdings.gone_within(_GONE_S)
    crashes = 1 if broken or not is_clean else 0
    return Outcome(found, lies, crashes, len(left), holdings.segments_left(), broken)


def _find_all(program: Program, pixels: Pixels) -> dict[int, Tile]:
    """The tiles of all cameras, which are all well yet. Raises BrokenError."""
    tiles: dict[int, Tile] = {}

    def all_found() -> bool:
        nonlocal tiles
        tiles = find_tiles(pixels)
        program.pause(0.1)
        return len(tiles) == len(HEALTHY) + len(FAULTY)

    try:
        program.wait_for(all_found, _LIVE_S, "a picture on every tile")
    except BrokenError as error:
        raise BrokenError(f"{error}; the cameras {sorted(tiles)} showed one") from error
    return tiles


def _figures(outcome: Outcome) -> dict[str, int | float | None]:
    """The issue's figures; None where that part was not played."""
    found = outcome.found
    before_mb, after_mb = found.rss_before_mb, found.rss_after_mb
    growth_mb = None if before_mb is None or after_mb is None else after_mb - before_mb
    return {
        "false_live": len(outcome.lies),
        "false_lost": found.false_lost,
        "healthy_fps_min": _rounded(min(found.healthy_fps, default=None)),
        "detect_frozen_s": _rounded(max(found.detect_s, default=None)),
        "recover_s": _rounded(max(found.recover_s, default=None)),
        "console_crashes": outcome.crashes,
        "leaked_threads": found.leaked_threads,
        "leaked_processes": outcome.processes,
        "leaked_shm": len(outcome.segments),
        "rss_growth_mb": _rounded(growth_mb),
    }


def _told(lie: Lie, found: Findings) -> str:
    """Which camera, how old, what was wrong with it then."""
    before = [one for one in found.played if one.camera == lie.camera and one.from_s < lie.at_s]
    last = before[-1] if before else None
    state = f"{last.fault} for {lie.at_s - last.from_s:.1f} s" if last else "well"
    return f"camera {lie.camera}, {lie.age_s} s old, {state}"


def _median(values: Sequence[float]) -> float | None:
    return _rounded(statistics.median(values)) if values else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _missed(figures: Mapping[str, int | float | None], outcome: Outcome) -> list[str]:
    """What is over its limit. A run that broke missed whatever it did not come to."""
    missed = []
    for name, value in figures.items():
        if value is None:
            is_missed = bool(outcome.broken)
        else:
            is_missed = value > MOST.get(name, value) or value < LEAST.get(name, value)
        if is_missed:
            missed.append(name)
    return missed


def _particulars(outcome: Outcome) -> dict[str, Any]:
    """What stands behind the figures."""
    found = outcome.found
    return {
        "broken": outcome.broken,
        "lies": [_told(lie, found) for lie in outcome.lies[:20]],
        "starved": found.starved,
        "threads": found.threads,
        "not_back": found.not_back,
        "reconnects": found.reconnects,
        "healthy_sent_fps_min": _rounded(min(found.healthy_sent_fps, default=None)),
        "healthy_fps_median": _median(found.healthy_fps),
        "detect_all_s": [round(one, 2) for one in found.detect_s],
        "recover_all_s": [round(one, 2) for one in found.recover_s],
        "rss_mb": [_rounded(found.rss_before_mb), _rounded(found.rss_after_mb)],
        "segments_left": outcome.segments,
    }


def _sizes(plan: Plan) -> dict[str, Any]:
    return {
        "healthy": f"{len(HEALTHY)} × {HEALTHY_SIZE.width_px}x{HEALTHY_SIZE.height_px}",
        "faulty": f"{len(FAULTY)} × {FAULTY_SIZE.width_px}x{FAULTY_SIZE.height_px}",
        "fps": HEALTHY_SIZE.fps,
        "faults": [fault.value for fault in plan.faults],
        "jitter": [JITTER_S, plan.jitter_s],
        "hold_s": plan.hold_s,
        "away_s": plan.away_s,
        "grace_s": GRACE_S,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
