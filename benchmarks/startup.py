"""How long the officer waits for the window: `python -m benchmarks.startup --json`.

The console and a bare window are started in turn on a screen of the benchmark's own and timed by
what appears on it (docs/measurements.md says exactly what). Exits 1 when a figure is missed.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.machine import machine, versions
from benchmarks.report import publish
from benchmarks.runs import Bench, BrokenError, Start
from benchmarks.screen import HEIGHT_PX, WIDTH_PX, NoScreenError, Screen

WINDOW_MOST_MS = 2500
RATIO_MOST = 2.0
ROOT = Path(__file__).resolve().parents[1]
_PLATFORM = "xcb"
_PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "opencv-python", "shapely", "pyproj")
_MAKE_STATION = (
    "import sys; from pathlib import Path; from app.clock import SystemClock;"
    " from app.demo.demo_station import create_demo_station; from app.views import all_views;"
    " create_demo_station(Path(sys.argv[1]), all_views(), SystemClock())"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure."""

    runs: int
    warm_up: bool
    product: Path
    station: Path | None
    paint_only: bool
    picture: Path | None


def main(arguments: Sequence[str]) -> int:
    """Measure, print, judge: 0 when both figures hold, 1 when one is missed, 2 without a screen."""
    asked = _read(arguments)
    wanted = Wanted(
        asked.runs,
        asked.warm_up,
        asked.product.resolve(),
        asked.station.resolve() if asked.station else None,
        asked.paint_only,
        asked.picture,
    )
    try:
        report = measure(wanted)
    except NoScreenError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenError as error:
        report = {"broken": str(error), "missed": ["window_ms", "ratio"]}
    return publish(report, as_json=asked.json)


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--runs", type=int, default=7, help="starts of each program (7)")
    parser.add_argument(
        "--no-warm-up", dest="warm_up", action="store_false", help="count the first start too"
    )
    parser.add_argument("--product", type=Path, default=ROOT / "main.py", help="what is judged")
    parser.add_argument("--station", type=Path, help="a demo station; without it a new one is made")
    parser.add_argument(
        "--paint-only", action="store_true", help="do not wait for table, map and cameras"
    )
    parser.add_argument("--picture", type=Path, help="keep the last first paint here, as PPM")
    asked = parser.parse_args(arguments)
    if asked.runs < 1:
        parser.error("--runs must be 1 or more")
    return asked


def measure(wanted: Wanted) -> dict[str, Any]:
    """Start both programs in turn and report the medians. Raises BrokenError and NoScreenError."""
    with tempfile.TemporaryDirectory(prefix="benchmark-startup-") as name, Screen() as screen:
        folder = Path(name)
        env = _environment(folder / "home")
        station = wanted.station or _make_station(folder / "station", env)
        bench = Bench(screen, env, folder)
        bare, console = _alternate(bench, wanted, station)
        return {
            **_figures(bare, console),
            "machine": machine(),
            "versions": versions(_PACKAGES),
            "platform_plugin": _PLATFORM,
            "screen_px": [WIDTH_PX, HEIGHT_PX],
            "station": _sizes(station),
            "seed": "none: the order is fixed (bare, console, …), nothing is drawn by lot",
            "runs": wanted.runs,
            "warm_up": wanted.warm_up,
        }


def _environment(home: Path) -> dict[str, str]:
    """A desk of the benchmark's own: no one's settings, no variable that changes Qt or Python."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QT_", "PYTHON", "XDG_", "WAYLAND_"))
    }
    home.mkdir()
    return env | {"HOME": str(home), "QT_QPA_PLATFORM": _PLATFORM}


def _make_station(station: Path, env: Mapping[str, str]) -> Path:
    command = [sys.executable, "-c", _MAKE_STATION, str(station)]
    subprocess.run(command, cwd=ROOT, env=env, check=True)
    return station


def _alternate(bench: Bench, wanted: Wanted, station: Path) -> tuple[list[Start], list[Start]]:
    """bare, console, bare, console …; the first of each is dropped if there is a warm-up."""
    bare_command = [sys.executable, str(ROOT / "benchmarks" / "bare_window.py")]
    console_command = [sys.executable, str(wanted.product), "--station", str(station)]
    bare: list[Start] = []
    console: list[Start] = []
    for _ in range(wanted.runs + wanted.warm_up):
        bare.append(bench.start_bare(bare_command))
        console.append(
            bench.start_console(
                console_command, paint_only=wanted.paint_only, picture=wanted.picture
            )
        )
        print(f"bare {bare[-1].painted_ms:6.0f} ms   console {console[-1].painted_ms:6.0f} ms")
    return bare[-wanted.runs :], console[-wanted.runs :]


def _figures(bare: Sequence[Start], console: Sequence[Start]) -> dict[str, Any]:
    window_ms = statistics.median(start.painted_ms for start in console)
    bare_ms = statistics.median(start.painted_ms for start in bare)
    ratio = window_ms / bare_ms
    missed = [
        name
        for name, is_missed in (
            ("window_ms", window_ms > WINDOW_MOST_MS),
            ("ratio", ratio > RATIO_MOST),
        )
        if is_missed
    ]
    return {
        "window_ms": round(window_ms, 1),
        "bare_ms": round(bare_ms, 1),
        "ratio": round(ratio, 3),
        "rss_mb": round(statistics.median(start.rss_mb for start in console), 1),
        "missed": missed,
        "most": {"window_ms": WINDOW_MOST_MS, "ratio": RATIO_MOST},
        "mapped_ms": round(statistics.median(start.mapped_ms for start in console), 1),
        "filled_ms": _median_of_seen([start.filled_ms for start in console]),
        "map_ms": _median_of_seen([start.map_ms for start in console]),
        "cameras_ms": _median_of_seen([start.cameras_ms for start in console]),
        "bare_rss_mb": round(statistics.median(start.rss_mb for start in bare), 1),
        "window_all_ms": [round(start.painted_ms) for start in console],
        "bare_all_ms": [round(start.painted_ms) for start in bare],
    }


def _median_of_seen(times: Sequence[float | None]) -> float | None:
    """The median, or None if any start never showed it: a figure must not hide that."""
    seen = [at_ms for at_ms in times if at_ms is not None]
    return round(statistics.median(seen), 1) if len(seen) == len(times) else None


def _sizes(station: Path) -> dict[str, int]:
    database = station / "station.db"
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as db:
        entries = int(db.execute("SELECT count(*) FROM entries").fetchone()[0])
    return {"entries": entries, "database_bytes": database.stat().st_size}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
