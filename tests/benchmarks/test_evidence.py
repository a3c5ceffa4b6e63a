"""The evidence benchmark on the real product, and on products broken so that it must say so."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
BROKEN = Path(__file__).parent / "broken"
LONG_S = 180.0


def bench(*arguments: str) -> tuple[int, dict[str, Any], str]:
    """Run it once, small: its exit code, the object on its last line, all it printed."""
    command = [sys.executable, "-m", "benchmarks.evidence", "--json", "--quick", *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONG_S)
    assert ran.returncode in (0, 1), ran.stderr
    return ran.returncode, json.loads(ran.stdout.splitlines()[-1]), ran.stdout


def test_the_real_product_misses_nothing_and_names_nothing_wrong() -> None:
    seed = random.SystemRandom().randrange(1 << 32)  # another one every time: a fault has a seed
    code, report, printed = bench("--seed", str(seed))
    assert (report["undetected"], report["wrong_second"]) == (0, 0), printed
    assert report["locked_deleted"] == 0, printed
    assert report["mutations"] == 200
    assert report["also_by_enclosed"] == 4
    assert report["locked_granted"] > 20
    assert report["deleted_beside"] > 20
    assert code == bool(report["missed"])  # two noisy cores: the speed itself is not judged
    assert set(report["missed"]) <= {"export_speed_x"}
    assert report["export_speed_cpu_x"] > 60
    for word in (f"seed {seed}", "machine", "versions", "cryptography", "sizes"):
        assert word in printed


@pytest.mark.parametrize(
    ("broken", "part", "missed"),
    [
        ("looks_at_sizes.py", "mutations", "undetected"),
        ("names_all_after.py", "mutations", "wrong_second"),
        ("forgets_locks.py", "locks", "locked_deleted"),
        ("exports_slowly.py", "export", "export_speed_x"),
    ],
)
def test_a_broken_product_is_caught(broken: str, part: str, missed: str) -> None:
    code, report, printed = bench(
        "--seed", "7", "--product", str(BROKEN / broken), "--only", part, "--mutations", "80",
        "--interleavings", "12",
    )  # fmt: skip
    assert code == 1
    assert missed in report["missed"], printed
    assert report[missed] < 60 if missed == "export_speed_x" else report[missed] > 0
