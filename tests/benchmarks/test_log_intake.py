"""The intake's part of the log's benchmark on the real window, and on one that is spoilt."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.intake_calls import calls, wrong
from benchmarks.log_intake import MOST, figures

ROOT = Path(__file__).resolve().parents[2]
BROKEN = Path(__file__).parent / "broken"
LONG_S = 240.0


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the small station is built once."""
    return tmp_path_factory.mktemp("log")


def bench(kept: Path, *arguments: str) -> dict[str, Any]:
    """One run on a few hundred incidents: the object on its last line."""
    command = [sys.executable, "-m", "benchmarks.log", "--json", "--parts", "intake"]
    command += ["--incidents", "300", "--rounds", "1", "--keep", str(kept), *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONG_S)
    assert ran.returncode in (0, 1), ran.stderr
    report: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    assert "broken" not in report, report
    return report


def test_three_calls_are_taken_by_keyboard_and_read_back_from_the_file(kept: Path) -> None:
    report = bench(kept)
    assert report["intake_wrong"] == 0, report["intake_faults"]
    assert report["intake_keys_overhead"] <= MOST["intake_keys_overhead"]
    assert 0 < report["intake_save_ms"] < 1e6  # how fast is not judged on a busy machine


def test_a_slow_intake_that_loses_the_telephone_is_caught(kept: Path) -> None:
    report = bench(kept, "--product", str(BROKEN / "intake_spoilt.py"))
    assert {"intake_save_ms", "intake_wrong"} <= set(report["missed"])
    assert report["intake_save_ms"] > 200
    assert any("caller_phone" in fault for fault in report["intake_faults"])


def test_a_number_that_is_never_painted_counts_as_very_late() -> None:
    (theft, *_) = calls()
    told = figures([theft], [None], [{**theft.kept, "lat_deg": 16.5}])
    assert told["intake_save_ms"] > 1e6 and told["intake_wrong"] == 0
    assert figures([theft], [5.0], [])["intake_wrong"] == 1


def test_every_press_counts_but_those_of_name_telephone_and_narrative() -> None:
    assert [call.overhead for call in calls()] == [12, 9, 9]
    (theft, *_) = calls()
    assert wrong(theft.kept, {**theft.kept, "lat_deg": None}) == ["has_coordinates"]
