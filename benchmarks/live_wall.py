"""What the camera wall costs and shows: `python -m benchmarks.live_wall --cameras 16 --json`.

The real console on a station with so many cameras, on a screen of the benchmark's own; then the
least that can decode the same streams; then the same console with its cameras read by threads
(docs/measurements.md says exactly what). Exits 1 when a figure is missed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.clips import GOP_S, ClipForm, make_clips
from benchmarks.machine import machine, versions
from benchmarks.report import publish
from benchmarks.runs import BrokenError
from benchmarks.screen import NoScreenError, Screen
from benchmarks.wall_cameras import Cameras
from benchmarks.wall_runs import ROOT, Times, Wall, WallRun, run_floor

WIDTH_PX, HEIGHT_PX = 1920, 1080
SETTLE_S = 8.0
_PLATFORM = "xcb"
_PACKAGES = ("PySide6-Essentials", "numpy", "opencv-python", "av")

# Most and least of issue 3, "Measured", by cameras, width, height and pictures a second.
MOST: dict[tuple[int, int, int, int], dict[str, float]] = {
    (16, 640, 360, 15): {"ratio": 1.75, "ui_gap_p99_ms": 20, "first_picture_last_s": 5},
    (32, 640, 360, 15): {"ui_gap_p99_ms": 30},
    (12, 1280, 720, 25): {},
    (1, 1280, 720, 25): {"latency_p95_ms": 120},
}
LEAST: dict[tuple[int, int, int, int], dict[str, float]] = {
    (16, 640, 360, 15): {"shown_fps_min": 14.5},
    (32, 640, 360, 15): {"shown_fps_min": 14},
    (12, 1280, 720, 25): {"shown_fps_min": 18},
    (1, 1280, 720, 25): {},
}
_LEAST_SHARE_SHOWN = 0.8  # of the pictures sent, where nothing else is asked


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure."""

    cameras: int
    form: ClipForm
    times: Times
    product: Path
    wall_only: bool
    picture: Path | None

    @property
    def case(self) -> tuple[int, int, int, int]:
        """What the figures are asked for."""
        return self.cameras, self.form.width_px, self.form.height_px, self.form.fps

    @property
    def most(self) -> dict[str, float]:
        """What each figure may be at most."""
        return MOST.get(self.case, {})

    @property
    def least(self) -> dict[str, float]:
        """What each figure must be at least."""
        return LEAST.get(self.case, {"shown_fps_min": _LEAST_SHARE_SHOWN * self.form.fps})


def main(arguments: Sequence[str]) -> int:
    """Measure, print, judge: 0 when all figures hold, 1 when one is missed, 2 without a screen."""
    asked = _read(arguments)
    wanted = _wanted(asked)
    try:
        report = measure(wanted)
    except NoScreenError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenError as error:
        report = {"broken": str(error), "missed": sorted({**wanted.most, **wanted.least})}
    return publish(report, as_json=asked.json)


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live_wall", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--cameras", type=int, default=16, help="how many (16)")
    parser.add_argument("--size", default="640x360", help="of the streams (640x360)")
    parser.add_argument("--fps", type=int, default=15, help="of the streams (15)")
    parser.add_argument("--seconds", type=float, default=20, help="of each steady window (20)")
    parser.add_argument("--clip-seconds", type=float, default=10, help="of each clip (10)")
    parser.add_argument("--settle", type=float, default=SETTLE_S, help="before each window (8)")
    parser.add_argument("--seed", type=int, default=1, help="of clips and moments (1)")
    parser.add_argument("--product", type=Path, default=ROOT / "main.py", help="what is judged")
    parser.add_argument("--wall-only", action="store_true", help="neither floor nor threads")
    parser.add_argument("--picture", type=Path, help="keep the wall here, as PPM")
    asked = parser.parse_args(arguments)
    if not re.fullmatch(r"[1-9]\d*[02468]x[1-9]\d*[02468]", asked.size):
        parser.error("--size must be two even numbers such as 640x360")
    if not 1 <= asked.cameras <= 36 or asked.fps < 1 or asked.seconds < 1:
        parser.error("--cameras must be from 1 to 36, --fps and --seconds 1 or more")
    return asked


def _wanted(asked: argparse.Namespace) -> Wanted:
    width_px, height_px = map(int, asked.size.split("x"))
    form = ClipForm(width_px, height_px, asked.fps, asked.clip_seconds, asked.seed)
    times = Times(asked.settle, asked.seconds)
    product = asked.product.resolve()
    return Wanted(asked.cameras, form, times, product, asked.wall_only, asked.picture)


def measure(wanted: Wanted) -> dict[str, Any]:
    """Run wall, floor and threads one after another. Raises BrokenError and NoScreenError."""
    if not wanted.wall_only and shutil.which("ffmpeg") is None:
        raise BrokenError("ffmpeg is missing: apt-get install ffmpeg")
    with (
        tempfile.TemporaryDirectory(prefix="benchmark-wall-") as name,
        Screen(WIDTH_PX, HEIGHT_PX) as screen,
    ):
        folder = Path(name)
        clips = make_clips(folder, wanted.cameras, wanted.form)
        with Cameras(clips, wanted.form, folder) as cameras:
            wall = _wall(wanted, screen, folder, cameras)
            run = wall.run("workers", wanted.times)
            figures = _figures(run)
            if not wanted.wall_only:
                floor_cores = run_floor(cameras.urls, wanted.times)
                threads = wall.run("threads", wanted.times)
                figures |= _compared(run, floor_cores, threads)
        return _judged(figures, wanted) | _circumstances(wanted, clips)


def _wall(wanted: Wanted, screen: Screen, folder: Path, cameras: Cameras) -> Wall:
    env = _environment(folder / "home")
    station = folder / "station"
    subprocess.run(
        [sys.executable, "-m", "benchmarks.wall_station", str(station), str(wanted.cameras)],
        input="\n".join(cameras.urls),
        cwd=ROOT,
        env=env,
        check=True,
        text=True,
    )
    return Wall(
        screen=screen,
        env=env,
        folder=folder,
        station=station,
        product=wanted.product,
        cameras=cameras,
        pictures_in_clip=wanted.form.pictures,
        picture=wanted.picture,
    )


def _environment(home: Path) -> dict[str, str]:
    """A desk of the benchmark's own: no one's settings, no variable that changes Qt or Python."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QT_", "PYTHON", "XDG_", "WAYLAND_", "OPENCV_"))
    }
    home.mkdir()
    return env | {"HOME": str(home), "QT_QPA_PLATFORM": _PLATFORM}


def _figures(run: WallRun) -> dict[str, Any]:
    return {
        "cpu_cores": round(run.cpu_cores, 3),
        "console_cores": round(run.console_cores, 3),
        "shown_fps_min": round(min(run.shown.fps), 2),
        "ui_gap_p99_ms": round(float(np.quantile(run.gaps_ms, 0.99)), 1),
        "ui_gap_max_ms": round(float(run.gaps_ms.max()), 1),
        "first_picture_last_s": round(run.first_picture_last_s, 2),
        "first_picture_last_from_start_s": round(run.first_picture_last_from_start_s, 2),
        "latency_p50_ms": run.shown.latency_ms(0.5),
        "latency_p95_ms": run.shown.latency_ms(0.95),
        "rss_mb": round(run.rss_mb, 1),
        "processes": run.processes,
        "sent_fps_min": round(min(run.shown.sent_fps), 2),
        "shown_fps_all": [round(fps, 1) for fps in run.shown.fps],
    }


def _compared(run: WallRun, floor_cores: float, threads: WallRun) -> dict[str, Any]:
    return {
        "floor_cores": round(floor_cores, 3),
        "ratio": round(run.cpu_cores / floor_cores, 3),
        "in_process_ratio": round(threads.cpu_cores / floor_cores, 3),
        "in_process": _figures(threads),
    }


def _judged(figures: dict[str, Any], wanted: Wanted) -> dict[str, Any]:
    """The figures and which were missed; one that was not measured is not judged."""
    missed = [name for name, most in wanted.most.items() if _is_over(figures, name, most)]
    missed += [name for name, least in wanted.least.items() if figures[name] < least]
    return {**figures, "missed": missed, "most": wanted.most, "least": wanted.least}


def _is_over(figures: Mapping[str, Any], name: str, most: float) -> bool:
    """Whether a figure is too large; None is one that could not be had: no picture was seen."""
    return name in figures and (figures[name] is None or figures[name] > most)


def _circumstances(wanted: Wanted, clips: Sequence[Path]) -> dict[str, Any]:
    form = wanted.form
    length_s = form.pictures / form.fps
    return {
        "cameras": wanted.cameras,
        "size_px": [form.width_px, form.height_px],
        "fps": form.fps,
        "keyframe_every_s": GOP_S,
        "clip_s": length_s,
        "clip_mbit_per_s": round(clips[0].stat().st_size * 8 / length_s / 1e6, 2),
        "seconds": wanted.times.steady_s,
        "settle_s": wanted.times.settle_s,
        "windows": "wall" if wanted.wall_only else "wall, floor, threads: one after another",
        "seed": form.seed,
        "machine": machine(),
        "versions": versions(_PACKAGES),
        "platform_plugin": _PLATFORM,
        "screen_px": [WIDTH_PX, HEIGHT_PX],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
