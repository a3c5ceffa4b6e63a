"""The judge of sick cameras: what it takes for live, lost, left over; on a product that lies."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.demo.simulated_cameras.spec import StreamSize
from app.demo.simulated_cameras.stamp_picture import StampPainter
from benchmarks.fault_watch import TileStory
from benchmarks.leftovers import Holdings
from benchmarks.live_faults import LEAST, MOST
from benchmarks.runs import Program
from benchmarks.timed_stamps import Look, Tile, TileReader, TimedStamp, find_tiles

ROOT = Path(__file__).resolve().parents[2]
BROKEN = Path(__file__).parent / "broken"
LONG_S = 90.0
TAKEN_S = 1_800_000_000.0


def bench(*arguments: str) -> tuple[int, dict[str, Any], str]:
    """A short run with frozen cameras: exit code, the object on its last line, all it printed."""
    command = [sys.executable, "-m", "benchmarks.live_faults", "--json", "--quick"]
    command += ["--only", "freeze", "--product", *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONG_S)
    assert ran.returncode in (0, 1), ran.stderr
    return ran.returncode, json.loads(ran.stdout.splitlines()[-1]), ran.stdout


@pytest.mark.screen
def test_readers_that_repeat_their_last_picture_are_caught() -> None:
    code, report, printed = bench(str(BROKEN / "repeats_its_picture.py"))
    assert code == 1
    assert not report["broken"], printed  # every tile did show a picture
    assert report["false_live"] >= 8
    assert "false_live" in report["missed"]
    assert report["console_crashes"] == report["leaked_processes"] == report["leaked_shm"] == 0
    for word in ("machine", "seed", "platform_plugin", "versions", "xcb", "PySide6"):
        assert word in printed


@pytest.mark.screen
def test_a_console_that_ends_at_once_is_a_crash_with_its_last_words(tmp_path: Path) -> None:
    product = tmp_path / "ends.py"
    product.write_text("raise SystemExit('no wall today')\n", encoding="utf-8")
    code, report, _ = bench(str(product))
    assert code == 1
    assert report["console_crashes"] == 1
    assert "no wall today" in report["broken"]
    assert set(MOST) - set(report["missed"]) == {
        "false_live", "leaked_processes", "leaked_shm"
    }  # fmt: skip
    assert set(LEAST) <= set(report["missed"])


def on_screen(places: dict[int, tuple[int, int]], brightness: float = 1.0) -> NDArray[np.uint8]:
    """A dark screen with pictures of 320 × 180 at these places, each with its camera's number."""
    screen = np.full((600, 1000, 4), 13, np.uint8)
    for camera, (left, top) in places.items():
        painter = StampPainter(StreamSize(320, 180, 15), camera)
        luma = painter.paint(77, TAKEN_S)[:180].astype(float)
        shown = ((luma - 16) * 255 / 219).clip(0, 255) * brightness
        screen[top : top + 180, left : left + 320, :3] = shown.astype(np.uint8)[:, :, None]
    return screen


def test_every_tile_is_found_and_read() -> None:
    places = {0: (30, 20), 9: (360, 20), 15: (30, 260)}
    screen = on_screen(places)
    tiles = find_tiles(screen)
    assert tiles == {camera: Tile(x, y, 320, 180) for camera, (x, y) in places.items()}
    reader = TileReader(tiles, screen)
    for camera, look in zip(reader.cameras, reader.look(), strict=True):
        assert look.is_lit
        assert look.stamp == TimedStamp(camera, 77, round(TAKEN_S * 1000))


def test_a_dimmed_picture_is_not_lit_and_neither_is_none() -> None:
    tiles = {3: Tile(30, 20, 320, 180)}
    for brightness in (0.34, 0.0):
        (look,) = TileReader(tiles, on_screen({3: (30, 20)}, brightness)).look()
        assert not look.is_lit


def test_a_picture_with_a_spoilt_stamp_is_lit_and_has_no_time() -> None:
    screen = on_screen({3: (30, 20)})
    screen[80:110, 100:200] = 235
    (look,) = TileReader({3: Tile(30, 20, 320, 180)}, screen).look()
    assert look.is_lit
    assert look.stamp is None


def lies_after(*looks: tuple[float, Look]) -> int:
    story = TileStory()
    for at_s, look in looks:
        story.note(3, look, 100.0 + at_s, TAKEN_S + at_s)
    return len(story.lies)


def picture(number: int, taken_s: float, *, lit: bool = True) -> Look:
    stamp = TimedStamp(3, number, round((TAKEN_S + taken_s) * 1000))
    return Look(lit, stamp, number.to_bytes(3, "big"))


def test_a_picture_over_three_seconds_old_shown_as_live_is_one_lie_however_often_seen() -> None:
    old = picture(1, 0.0)
    assert lies_after((0.1, old), (2.9, old)) == 0
    assert lies_after((0.1, old), (3.6, old), (3.7, old), (9.0, old)) == 1
    assert lies_after((0.1, old), (3.6, old), (4.0, picture(2, 3.9)), (8.0, picture(2, 3.9))) == 2


def test_an_old_picture_that_is_dimmed_is_no_lie() -> None:
    assert lies_after((0.1, picture(1, 0.0)), (3.6, picture(1, 0.0, lit=False))) == 0


def test_a_new_number_on_an_old_picture_does_not_make_it_young() -> None:
    assert lies_after((0.1, picture(1, 0.0)), (4.0, picture(2, 0.0))) == 1


def test_a_spoilt_picture_that_never_changes_is_a_lie_and_one_that_changes_is_not() -> None:
    still = [(at / 2, Look(True, None, b"same")) for at in range(12)]
    moving = [(at / 2, Look(True, None, bytes([at]))) for at in range(12)]
    assert lies_after(*still) == 1
    assert lies_after(*moving) == 0


LEAVES_THINGS = """
import subprocess, sys, threading
from multiprocessing import resource_tracker, shared_memory
segment = shared_memory.SharedMemory(create=True, size=4096)
resource_tracker.unregister(segment._name, "shared_memory")
child = subprocess.Popen([sys.executable, "-c", "import threading; threading.Event().wait(60)"])
threading.Thread(target=threading.Event().wait, args=(60,), daemon=True).start()
print(segment.name, flush=True)
threading.Event().wait(60)
"""


def test_what_a_program_leaves_behind_is_counted(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    program = Program([sys.executable, "-c", LEAVES_THINGS], {}, words)
    try:
        program.wait_for(lambda: bool(words.read_text()), 20, "the segment's name")
        holdings = Holdings(program.pid)
        holdings.look()
        assert holdings.threads() == 4  # its two, the child, and Python's own tracker process
        assert holdings.fewest_threads(2, 0.1) == 4
        assert len(holdings.living()) == 3
        program.leave()
        assert len(holdings.gone_within(1.0)) == 1  # the tracker leaves with it
        assert holdings.segments_left() == [words.read_text().strip()]
    finally:
        program.end()
        Path("/dev/shm", words.read_text().strip()).unlink()
    assert holdings.gone_within(2.0) == []
    assert holdings.segments_left() == []
