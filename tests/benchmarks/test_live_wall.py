"""The wall's benchmark on the real console, and on one whose readers repeat their last picture."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.live_wall import LEAST, MOST
from benchmarks.wall_cameras import Sent
from benchmarks.wall_watch import Seen, Watch, compare

ROOT = Path(__file__).resolve().parents[2]
BROKEN = Path(__file__).parent / "broken"
LONG_S = 90.0


def bench(*arguments: str) -> tuple[int, dict[str, Any], str]:
    """Run the benchmark on a small wall: exit code, the object on its last line, all it printed."""
    command = [sys.executable, "-m", "benchmarks.live_wall", "--json", "--cameras", "2"]
    command += ["--size", "320x180", "--fps", "10", "--clip-seconds", "4", "--settle", "0.5"]
    command += ["--seconds", "2", "--wall-only", *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONG_S)
    assert ran.returncode in (0, 1), ran.stderr
    return ran.returncode, json.loads(ran.stdout.splitlines()[-1]), ran.stdout


@pytest.mark.screen
def test_a_small_wall_of_the_real_console_gives_every_figure() -> None:
    code, report, printed = bench()
    assert "broken" not in report, printed
    assert code == bool(report["missed"])  # two noisy cores: the figures themselves are not judged
    assert 1 < report["shown_fps_min"] <= 12
    assert 0 < report["latency_p50_ms"] <= report["latency_p95_ms"] < 2000
    assert 0 < report["first_picture_last_s"] < report["first_picture_last_from_start_s"]
    assert 4 < report["ui_gap_p99_ms"] <= report["ui_gap_max_ms"]
    assert 0.01 < report["cpu_cores"] < 2
    assert report["rss_mb"] > 80
    for word in ("machine", "seed", "platform_plugin", "versions", "xcb", "PySide6"):
        assert word in printed


@pytest.mark.screen
def test_readers_that_repeat_their_last_picture_are_caught() -> None:
    code, report, printed = bench("--product", str(BROKEN / "repeats_its_picture.py"))
    assert "broken" not in report, printed  # every tile did show a picture
    assert code == 1
    assert report["missed"] == ["shown_fps_min"]
    assert report["shown_fps_min"] == 0
    assert report["latency_p95_ms"] is None


def test_a_console_that_ends_at_once_is_caught_with_its_last_words(tmp_path: Path) -> None:
    product = tmp_path / "ends.py"
    product.write_text("raise SystemExit('no wall today')\n", encoding="utf-8")
    code, report, _ = bench("--product", str(product))
    assert code == 1
    assert "no wall today" in report["broken"]
    assert report["missed"] == ["shown_fps_min"]


def test_every_case_of_the_issue_is_held_to_a_rate_of_pictures_or_a_latency() -> None:
    assert MOST.keys() == LEAST.keys()
    assert all(MOST[case] or LEAST[case] for case in MOST)


FPS, CLIP = 10, 40


def sent(seconds: float) -> Sent:
    """A camera that has sent its pictures since the moment 100."""
    numbers = np.arange(round(seconds * FPS))
    return Sent(numbers, 100 + numbers / FPS)


def shown(numbers: list[int], *, late_s: float, seconds: float = 9.0) -> Watch:
    """A tile on which the pictures with these numbers appeared so late after they were sent."""
    seen = [Seen(0, number % CLIP, 100 + number / FPS + late_s) for number in numbers]
    return Watch(begin_s=100.0, end_s=100.0 + seconds, seen=seen)


def test_each_picture_counts_once_also_when_the_clip_begins_again() -> None:
    found = compare(shown(list(range(90)), late_s=0.08), [sent(20)], CLIP)
    assert found.fps == (10.0,)
    assert found.sent_fps == (10.0,)
    assert found.latency_ms(0.5) == found.latency_ms(0.95) == 80.0


def test_a_picture_that_comes_again_is_no_new_picture() -> None:
    watch = Watch(100.0, 102.0)
    for turn in range(20):
        watch.seen.append(Seen(0, 3 + turn % 2, 100.5 + turn / 20))
    assert compare(watch, [sent(20)], CLIP).fps == (1.0,)  # two pictures in two seconds


def test_a_backlog_shows_as_latency() -> None:
    found = compare(shown(list(range(60)), late_s=3.0), [sent(20)], CLIP)
    assert found.latency_ms(0.95) == 3000.0


def test_a_picture_nobody_sent_yet_is_none() -> None:
    watch = Watch(100.0, 101.0, [Seen(0, 30, 100.5)])
    found = compare(watch, [sent(20)], CLIP)
    assert found.fps == (0.0,)
    assert found.latency_ms(0.95) is None
