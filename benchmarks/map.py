"""Whether the map moves with the hand: `python -m benchmarks.map --json`.

The product's map is filled with a town made by lot, moved by mouse events off screen and on a
screen of the benchmark's own, and judged by its pixels (docs/measurements.md says exactly what).
Exits 1 when a figure is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.ground import FIGURES as GROUND_FIGURES
from benchmarks.machine import machine, versions
from benchmarks.report import publish
from benchmarks.runs import BrokenError
from benchmarks.screen import NoScreenError, Screen

ROOT = Path(__file__).resolve().parents[1]
WIDTH_PX, HEIGHT_PX = 2560, 900  # of the screens; the map on them is 1280 × 800
VIEW_MOST = {
    "pan_p95_ms": 10.0,
    "zoom_p95_ms": 16.0,
    "pan_while_live_p95_ms": 20.0,
    "sharp_ms": 150.0,
    "vertex_drag_p95_ms": 16.0,
}
SIZES = {"streets": 12_000, "buildings": 8_000, "zones": 50, "cameras": 500, "incidents": 20_000}
PARTS = ("hand", "sharp", "drag", "live")
_PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "shapely", "pyproj")
_PROBE_S = 900.0


def main(arguments: Sequence[str]) -> int:
    """Measure, print, judge: 0 when all figures hold, 1 when one is missed, 2 without a screen."""
    asked = _read(arguments)
    try:
        report = measure(asked)
    except NoScreenError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenError as error:
        report = {"broken": str(error), "missed": sorted(VIEW_MOST)}
    return publish(report, as_json=asked.json)


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.map", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--steps", type=int, default=300, help="of the hand at each scale (300)")
    parser.add_argument("--trials", type=int, default=8, help="of sharpness at each scale (8)")
    parser.add_argument("--seed", type=int, default=1, help="of the town (1)")
    parser.add_argument("--platform", choices=("offscreen", "xcb"), help="one of the two only")
    parser.add_argument("--parts", default=",".join(PARTS), help="some of these (all)")
    parser.add_argument("--probe", type=Path, help="another program in place of the probe")
    parser.add_argument("--picture", type=Path, help="keep the last map here, as PNG")
    for name, count in SIZES.items():
        parser.add_argument(f"--{name}", type=int, default=count, help=f"in the town ({count})")
    asked = parser.parse_args(arguments)
    if asked.steps < 20:
        parser.error("--steps must be 20 or more")
    if not {*asked.parts.split(",")} <= {*PARTS}:
        parser.error("--parts must be some of " + ",".join(PARTS))
    return asked


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    """Both platforms one after the other; each figure is the worse. Raises BrokenError."""
    platforms = [asked.platform] if asked.platform else ["offscreen", "xcb"]
    with tempfile.TemporaryDirectory(prefix="benchmark-map-") as name:
        ran = {platform: _run(platform, asked, Path(name)) for platform in platforms}
    figures = {
        figure: max(worst for one in ran.values() for worst in one[figure].values())
        for figure in VIEW_MOST
        if all(figure in one for one in ran.values())
    }
    faults = [f"{platform}: {fault}" for platform, one in ran.items() for fault in one["faults"]]
    missed = [figure for figure, value in figures.items() if value > VIEW_MOST[figure]]
    ground = {} if asked.platform or asked.probe else _ground()
    missed += ground.get("missed", [])
    return {
        **figures,
        **{name: ground[name] for name in GROUND_FIGURES if name in ground},
        "rss_mb": max(one["rss_mb"] for one in ran.values()),
        "drawing_rss_mb": max(one["drawing_rss_mb"] for one in ran.values()),
        **_qgis(),
        "missed": sorted({*missed, *(["picture"] if faults else [])}),
        "most": VIEW_MOST | ground.get("most", {}),
        "ground_wrong": ground.get("wrong", {}),
        "faults": faults,
        "platforms": ran,
        "machine": machine(),
        "versions": versions(_PACKAGES),
        "seed": asked.seed,
        "steps": asked.steps,
        "sizes": {name: getattr(asked, name) for name in SIZES},
    }


def _ground() -> dict[str, Any]:
    """The figures that need no screen, from a process of their own. Raises BrokenError."""
    command = [sys.executable, "-m", "benchmarks.ground", "--json"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=_PROBE_S)
    if ran.returncode not in (0, 1):
        raise BrokenError(
            f"the ground’s benchmark ended with {ran.returncode}: {ran.stderr[-400:]}"
        )
    report: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return report


def _qgis() -> dict[str, Any]:
    """QGIS is compared with where it is installed; elsewhere that is said."""
    installed = shutil.which("qgis_process") or shutil.which("qgis")
    return {"qgis_ms": None, "qgis": installed or "not installed"}


def _run(platform: str, asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    if platform == "xcb":
        with Screen(WIDTH_PX, HEIGHT_PX) as screen:
            return _probe(asked, {"QT_QPA_PLATFORM": "xcb", "DISPLAY": screen.display})
    screens = folder / "screens.json"
    size = {"name": "desk", "x": 0, "y": 0, "width": WIDTH_PX, "height": HEIGHT_PX}
    screens.write_text(json.dumps({"screens": [size]}), encoding="utf-8")
    return _probe(asked, {"QT_QPA_PLATFORM": f"offscreen:configfile={screens}"})


def _probe(asked: argparse.Namespace, where: Mapping[str, str]) -> dict[str, Any]:
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QT_", "WAYLAND_")) and name != "DISPLAY"
    }
    program = [str(asked.probe)] if asked.probe else ["-m", "benchmarks.map_probe"]
    command = [sys.executable, *program, "--seed", str(asked.seed), "--steps", str(asked.steps)]
    command += ["--trials", str(asked.trials), "--parts", asked.parts]
    for name in SIZES:
        command += [f"--{name}", str(getattr(asked, name))]
    if asked.picture:
        command += ["--picture", str(asked.picture)]
    env |= {**where, "PYTHONPATH": str(ROOT)}
    try:
        ran = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=_PROBE_S
        )
    except subprocess.TimeoutExpired as error:
        raise BrokenError(f"the map was not judged within {_PROBE_S:.0f} s") from error
    if ran.returncode != 0:
        raise BrokenError(" | ".join((ran.stderr or ran.stdout).splitlines()[-3:]))
    return dict(json.loads(ran.stdout.splitlines()[-1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
