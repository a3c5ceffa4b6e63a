"""The recorder's benchmark on the real recorder, and on recorders that lose, dawdle or cheat."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.recording import MOST

ROOT = Path(__file__).resolve().parents[2]
BROKEN = Path(__file__).parent / "broken"
LONG_S = 120.0


def bench(*arguments: str) -> tuple[int, dict[str, Any], str]:
    """Run the benchmark on one small camera: exit code, its last line, all it printed."""
    command = [sys.executable, "-m", "benchmarks.recording", "--json", "--cameras", "1"]
    command += ["--size", "320x180", "--fps", "10", "--mbit", "0.5", "--clip-seconds", "4"]
    command += ["--settle", "0.5", "--seconds", "2", "--rounds", "1", "--kills", "1"]
    ran = subprocess.run(
        [*command, "--cuts", "12", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONG_S,
    )
    assert ran.returncode in (0, 1), ran.stderr
    return ran.returncode, json.loads(ran.stdout.splitlines()[-1]), ran.stdout


def test_a_small_run_of_the_real_recorder_gives_every_figure() -> None:
    code, report, printed = bench()
    assert "broken" not in report, printed
    assert MOST.keys() <= report.keys()
    assert code == bool(report["missed"])
    times = {"ratio", "lost_s_after_sigkill_max", "recording_again_s"}
    assert set(report["missed"]) <= times  # two noisy cores, two seconds: these are not judged
    assert report["cpu_core_pct_per_stream"] > 0
    assert report["lost_s_after_sigkill_max"] > 0
    assert report["recording_again_s"] > 0.2
    for word in ("machine", "seed", "versions", "clip_mbit_per_s", "power_cut_steps"):
        assert word in printed


@pytest.mark.parametrize(
    ("product", "part", "missed"),
    [
        ("syncs_nothing.py", "cuts", "lost_s_after_power_cut_max"),
        ("writes_much.py", "cuts", "index_mb_per_camera_month"),
        ("writes_late.py", "kills", "lost_s_after_sigkill_max"),
        ("starts_slowly.py", "kills", "recording_again_s"),
        ("drops_pictures.py", "cost", "lost_pictures"),
        ("decodes.py", "cost", "ratio"),
    ],
)
def test_a_broken_recorder_is_caught(product: str, part: str, missed: str) -> None:
    code, report, printed = bench("--product", str(BROKEN / product), "--only", part)
    assert code == 1, printed
    assert "broken" not in report, printed
    assert missed in report["missed"]


def test_a_recorder_that_ends_at_once_is_caught_with_its_last_words(tmp_path: Path) -> None:
    product = tmp_path / "ends.py"
    product.write_text("raise SystemExit('no recorder today')\n", encoding="utf-8")
    code, report, _ = bench("--product", str(product), "--only", "kills")
    assert code == 1
    assert "no recorder today" in report["broken"]
