"""The map benchmark on the product, and on products broken so that it must say so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.map import VIEW_MOST

ROOT = Path(__file__).resolve().parents[2]
BROKEN = Path(__file__).parent / "broken"
LONG_S = 150.0
SMALL = (
    *("--streets", "400", "--buildings", "200", "--zones", "6", "--cameras", "20"),
    *("--incidents", "400", "--steps", "20", "--trials", "2", "--platform", "offscreen"),
)


def bench(*arguments: str) -> tuple[int, dict[str, Any], str]:
    """Run it on a small town, off screen: its exit code, its report, all it printed."""
    command = [sys.executable, "-m", "benchmarks.map", "--json", *SMALL, *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONG_S)
    assert ran.returncode in (0, 1), ran.stderr
    return ran.returncode, json.loads(ran.stdout.splitlines()[-1]), ran.stdout


def test_the_real_map_gives_every_figure_and_no_fault() -> None:
    code, report, printed = bench()
    assert "broken" not in report, printed
    assert code == bool(report["missed"])  # two noisy cores: the figures themselves are not judged
    assert report["faults"] == [], printed
    for figure in VIEW_MOST:
        assert report[figure] > 0
    assert report["rss_mb"] > 50
    assert report["qgis_ms"] is None or report["qgis_ms"] > 0


@pytest.mark.parametrize(
    ("product", "part", "fault"),
    [("blurred_map.py", "sharp", "ponds sharp"), ("stuck_map.py", "hand", "followed the hand")],
)
def test_a_map_that_only_seems_to_move_is_caught(product: str, part: str, fault: str) -> None:
    code, report, printed = bench("--probe", str(BROKEN / product), "--parts", part)
    assert "broken" not in report, printed
    assert code == 1
    assert "picture" in report["missed"]
    assert any(fault in one for one in report["faults"]), report["faults"]
