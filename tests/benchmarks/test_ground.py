"""The ground's benchmark on the real product, and on products broken so that it must say so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.ground import FIGURES

ROOT = Path(__file__).resolve().parents[2]
BROKEN = Path(__file__).parent / "broken"
LONG_S = 120.0


def bench(*arguments: str) -> tuple[int, dict[str, Any], str]:
    """Run the benchmark on a small town: its exit code, the object on its last line, its words."""
    command = [sys.executable, "-m", "benchmarks.ground", "--json", "--runs", "1"]
    command += ["--scale", "0.03", *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONG_S)
    assert ran.returncode in (0, 1), ran.stderr
    return ran.returncode, json.loads(ran.stdout.splitlines()[-1]), ran.stdout


def test_the_real_product_answers_rightly_and_every_figure_is_there() -> None:
    code, report, printed = bench()
    assert report["wrong"] == {}, printed
    assert all(report[name] > 0 for name in FIGURES)
    assert code == bool(report["missed"])  # two noisy cores: the figures themselves are not judged
    assert report["sizes"]["lines"] == 3000
    for word in ("machine", "seed", "versions", "sizes", "shapely"):
        assert word in printed


@pytest.mark.parametrize(
    ("product", "figures"),
    [
        ("ground_through_walls.py", {"who_sees_ms", "coverage_200_cameras_s"}),
        ("ground_drops_one.py", {"point_in_zones_100k_s"}),
        ("ground_loses_a_street.py", {"import_100k_s", "osm_pbf_s"}),
    ],
)
def test_a_product_that_answers_wrongly_is_caught(product: str, figures: set[str]) -> None:
    code, report, printed = bench("--product", str(BROKEN / product))
    assert code == 1
    assert set(report["wrong"]) == figures, printed
    assert figures <= set(report["missed"])
    assert "MISSED" in printed


def test_a_product_that_answers_late_is_caught() -> None:
    code, report, _ = bench("--product", str(BROKEN / "ground_is_slow.py"))
    assert code == 1
    assert "who_sees_ms" in report["missed"]
    assert report["wrong"] == {}
