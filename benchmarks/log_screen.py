"""What an officer waits for in the Log place: from Ctrl+3 to rows, and from a step to its rows.

The real console runs on the station in a process of its own (`log_screen_probe.py`), off screen;
every few steps the numbers painted in the rows are held against the log, read by other code.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.log_station import Station
from benchmarks.runs import BrokenError

ROOT = Path(__file__).resolve().parents[1]
MOST = {"scroll_p95_ms": 16.0, "open_ms": 1500.0, "screen_faults": 0}
OPENS, STEPS = 3, 300
_SCREEN = {"name": "desk", "x": 0, "y": 0, "width": 1920, "height": 1080}
_PROBE_S = 600.0


def measure(
    station: Path,
    *,
    steps: int = STEPS,
    opens: int = OPENS,
    seed: int = 1,
    probe: Path | None = None,
) -> dict[str, Any]:
    """The figures of `MOST`; `screen_faults` counts what was painted wrong. Raises BrokenError.

    `open_ms` is the slowest of several openings, each by a console just started.
    """
    with tempfile.TemporaryDirectory(prefix="benchmark-log-screen-") as name:
        ran = [
            _run(station, Path(name), steps if number == 0 else 0, seed, probe)
            for number in range(max(1, opens))
        ]
    faults = [fault for one in ran for fault in one["faults"]]
    return {
        "scroll_p95_ms": ran[0]["scroll_p95_ms"],
        "open_ms": max(one["open_ms"] for one in ran),
        "open_all_ms": [one["open_ms"] for one in ran],
        "scroll_by": ran[0]["scroll_by"],
        "scroll_cpu_p95_ms": ran[0]["scroll_cpu_p95_ms"],
        "scroll_worst_ms": ran[0]["scroll_worst_ms"],
        "screen_rows": ran[0]["rows"],
        "screen_checked": ran[0]["checked"],
        "screen_rss_mb": max(one["rss_mb"] for one in ran),
        "screen_faults": len(faults),
        "screen_fault_words": faults[:10],
    }


def measure_screen(station: Station) -> dict[str, Any]:
    """The part of `benchmarks.log`: on a copy, for a console writes that it was started."""
    amounts = station.amounts
    with station.copy() as folder:
        _without_a_recorder(folder)
        return measure(
            folder,
            steps=amounts.get("steps", STEPS),
            opens=amounts.get("opens", OPENS),
            seed=station.seed,
        )


def _without_a_recorder(folder: Path) -> None:
    """A recorder outlives its console, as it should, and would outlive the benchmark."""
    settings = folder / "station.toml"
    before, head, rest = settings.read_text(encoding="utf-8").partition("[recordings]")
    rest = rest.replace("enabled = true", "enabled = false", 1)
    settings.write_text(before + head + rest, encoding="utf-8")


def _run(station: Path, folder: Path, steps: int, seed: int, probe: Path | None) -> dict[str, Any]:
    screens = folder / "screens.json"
    screens.write_text(json.dumps({"screens": [_SCREEN]}), encoding="utf-8")
    home = folder / "home"
    home.mkdir(exist_ok=True)
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QT_", "WAYLAND_", "XDG_")) and name != "DISPLAY"
    }
    env |= {
        "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    program = [str(probe)] if probe else ["-m", "benchmarks.log_screen_probe"]
    command = [sys.executable, *program, str(station), "--steps", str(steps), "--seed", str(seed)]
    try:
        ran = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=_PROBE_S
        )
    except subprocess.TimeoutExpired as error:
        raise BrokenError(f"the Log place was not judged within {_PROBE_S:.0f} s") from error
    if ran.returncode != 0:
        raise BrokenError(" | ".join((ran.stderr or ran.stdout).splitlines()[-3:]))
    return dict(json.loads(ran.stdout.splitlines()[-1]))


if __name__ == "__main__":
    found = measure(Path(sys.argv[1]).resolve())
    for figure, value in found.items():
        print(f"{figure:18} {value}")
    sys.exit(any(found[name] > most for name, most in MOST.items()))
