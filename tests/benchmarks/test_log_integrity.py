"""The integrity part of the log's benchmark, on the real product and on broken ones."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from benchmarks.chain_oracle import broken_links, held
from tests.log.material import OFFICER, log_in, noted, reported
from tests.log.tampering import guards_off

ROOT = Path(__file__).resolve().parents[2]
BROKEN = Path(__file__).parent / "broken"


def bench(kept: Path, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """Run this part once, small: its exit code, the object on its last line, all it printed."""
    command = [
        sys.executable, "-m", "benchmarks.log", "--json", "--parts", "integrity",
        "--incidents", "300", "--keep", str(kept), *arguments,
    ]  # fmt: skip
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180)
    assert ran.returncode in (0, 1), ran.stderr
    return ran.returncode, json.loads(ran.stdout.splitlines()[-1]), ran.stdout


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


def test_the_real_product_loses_and_breaks_nothing(kept: Path) -> None:
    _, report, printed = bench(kept, "--kills", "8")
    assert set(report["missed"]) <= {"sigkill_rounds", "backup_worst_commit_ms"}, printed
    assert report["sigkill_rounds"] == 8
    assert report["acknowledged"] > 8
    assert report["verify_tampered"] == 5
    assert report["backup_commits"] > 0


@pytest.mark.parametrize(
    ("broken", "missed"),
    [
        ("trusts_the_file.py", "verify_unnamed"),
        ("acknowledges_early.py", "acknowledged_lost"),
        ("holds_the_log.py", "backup_worst_commit_ms"),
        ("rebuilds_nothing.py", "rebuild_wrong"),
    ],
)
def test_a_broken_product_is_caught(kept: Path, broken: str, missed: str) -> None:
    code, report, printed = bench(kept, "--kills", "6", "--product", str(BROKEN / broken))
    assert code == 1
    assert missed in report["missed"], printed
    assert report[missed] > 0


def test_the_oracle_sees_a_broken_chain_by_itself(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.append(reported("1"), noted("1"), noted("1"), actor=OFFICER).result()
    log.close()
    path = tmp_path / "station.db"
    with closing(sqlite3.connect(path)) as db:
        assert broken_links(db) == 0
        assert len(held(db)) == 3
    with guards_off(path) as db:
        db.execute("UPDATE entries SET actor = 'officer-08' WHERE seq = 2")
    with closing(sqlite3.connect(path)) as db:
        assert broken_links(db) == 1
