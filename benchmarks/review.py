"""How footage is reviewed: `python -m benchmarks.review --json`.

The real console's Review place on a day of four cameras, on a screen of the benchmark's own; beside
it what bare PyAV, OpenCV and mpv take for the same frames (docs/measurements.md says exactly what).
Exits 1 when a figure is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.clips import ClipForm
from benchmarks.machine import machine, versions
from benchmarks.report import publish
from benchmarks.review_archive import MainForm, SubForm
from benchmarks.review_session import PARTS, Amounts, measure_session
from benchmarks.runs import BrokenError
from benchmarks.screen import NoScreenError, Screen

ROOT = Path(__file__).resolve().parents[1]
WIDTH_PX, HEIGHT_PX = 1920, 1080
_PLATFORM = "xcb"
_PACKAGES = ("PySide6-Essentials", "numpy", "opencv-python", "av")

# Most and least of issue 4, "Measured".
MOST: dict[str, float] = {
    "first_picture_p95_ms": 100,
    "seek_exact_p50_ms": 180,
    "seek_exact_p95_ms": 350,
    "seek_floor_ratio": 1.25,
    "opencv_ratio": 0.7,
    "mpv_ratio": 1.1,
    "step_in_gop_p95_ms": 20,
    "wrong_frames": 0,
    "time_error_1x_frames_p99": 1,
    "time_error_8x_frames_p99": 2,
    "timeline_31_days_open_ms": 200,
    "ui_gap_p99_ms": 25,
    "rss_mb": 900,
}
LEAST: dict[str, float] = {"reverse_fps": 20}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure."""

    main: ClipForm
    sub: ClipForm
    amounts: Amounts
    parts: tuple[str, ...]
    product: Path
    clips: Path | None
    picture: Path | None
    is_quick: bool


_FULL = Amounts(
    segments=1440, few=20, days=31, seeks=400, with_floors=48, in_open_file=40, steps=100,
    settle_s=1.5, motion_s=10.0, nine_s=8.0,
)  # fmt: skip
_QUICK = Amounts(
    segments=60, few=20, days=2, seeks=12, with_floors=3, in_open_file=4, steps=8,
    settle_s=0.5, motion_s=1.2, nine_s=0.8,
)  # fmt: skip


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
        report = {"broken": str(error), "missed": sorted({**MOST, **LEAST})}
    return publish(report, as_json=asked.json)


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help="small pictures, few of everything")
    parser.add_argument("--parts", help="some of " + ",".join(PARTS) + ", with commas (all)")
    parser.add_argument("--seeks", type=int, help="how many (400)")
    parser.add_argument("--seed", type=int, default=1, help="of clips and instants (1)")
    parser.add_argument("--clips", type=Path, help="keep the encoded clips here for other runs")
    parser.add_argument("--product", type=Path, default=ROOT / "main.py", help="what is judged")
    parser.add_argument("--picture", type=Path, help="keep the place here, as PPM")
    asked = parser.parse_args(arguments)
    asked.parts = tuple(asked.parts.split(",")) if asked.parts else PARTS
    if not set(asked.parts) <= set(PARTS):
        parser.error("--parts must be some of " + ",".join(PARTS))
    return asked


def _wanted(asked: argparse.Namespace) -> Wanted:
    amounts = _QUICK if asked.quick else _FULL
    if asked.seeks is not None:
        amounts = amounts.with_seeks(asked.seeks)
    if asked.quick:
        main_form: ClipForm = MainForm(640, 360, 25, 8, asked.seed)
        sub: ClipForm = SubForm(320, 180, 15, 8, asked.seed)
    else:
        main_form = MainForm(1920, 1080, 25, 60, asked.seed)
        sub = SubForm(640, 360, 15, 60, asked.seed)
    product = asked.product.resolve()
    return Wanted(
        main_form, sub, amounts, asked.parts, product, asked.clips, asked.picture, asked.quick
    )


def measure(wanted: Wanted) -> dict[str, Any]:
    """One session of the console. Raises BrokenError and NoScreenError."""
    with (
        tempfile.TemporaryDirectory(prefix="benchmark-review-") as name,
        Screen(WIDTH_PX, HEIGHT_PX) as screen,
    ):
        folder = Path(name)
        env = _environment(folder / "home", screen.display)
        figures = measure_session(
            screen=screen,
            env=env,
            folder=folder,
            forms=(wanted.main, wanted.sub),
            amounts=wanted.amounts,
            parts=wanted.parts,
            product=wanted.product,
            kept_clips=wanted.clips,
            picture=wanted.picture,
        )
        return _judged(figures) | _circumstances(wanted)


def _environment(home: Path, display: str) -> dict[str, str]:
    """A desk of the benchmark's own: no one's settings, no variable that changes Qt or Python."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QT_", "PYTHON", "XDG_", "WAYLAND_", "OPENCV_"))
    }
    home.mkdir()
    return env | {"HOME": str(home), "QT_QPA_PLATFORM": _PLATFORM, "DISPLAY": display}


def _judged(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures and which were missed. One that was not asked for, or had of an mpv that is not
    installed, is not judged."""
    there = {name: value for name, value in figures.items() if value is not None}
    missed = [name for name, most in MOST.items() if name in there and there[name] > most]
    missed += [name for name, least in LEAST.items() if name in there and there[name] < least]
    return {**figures, "missed": missed, "most": MOST, "least": LEAST}


def _circumstances(wanted: Wanted) -> dict[str, Any]:
    forms = {"main": wanted.main, "sub": wanted.sub}
    return {
        "streams": {
            name: f"{form.width_px}x{form.height_px}@{form.fps}, {form.bits_per_s / 1e6:.1f} Mb/s"
            for name, form in forms.items()
        },
        "quick": wanted.is_quick,
        "seed": wanted.main.seed,
        "machine": machine(),
        "versions": versions(_PACKAGES),
        "platform_plugin": _PLATFORM,
        "screen_px": [WIDTH_PX, HEIGHT_PX],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
