"""What the machine says of processes: who runs, since when, with how much memory."""

from __future__ import annotations

import mmap
import os
import subprocess
import sys

import pytest

from app.platform import is_running, process_started, resident_bytes


def test_a_process_is_known_by_its_number_and_its_start() -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    started = process_started(child.pid)
    assert started is not None
    assert is_running(child.pid, started)
    assert not is_running(child.pid, started + 1)
    child.kill()
    assert os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT) is not None
    assert not is_running(child.pid, started)  # ended, though nobody has waited for it yet
    child.communicate()
    assert process_started(child.pid) is None
    assert resident_bytes(child.pid) is None


def test_memory_that_is_used_is_seen() -> None:
    before = resident_bytes(os.getpid())
    with mmap.mmap(-1, 30_000_000) as block:  # of its own: a heap may have as much lying idle
        block.write(b"x" * len(block))
        after = resident_bytes(os.getpid())
    assert before is not None and after is not None
    assert 25_000_000 < after - before < 60_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is told how to wake a process")
def test_a_process_that_wakes_gently_and_its_threads_push_nobody_aside() -> None:
    asked = (
        "import os, threading; from app.platform import wake_gently; wake_gently();"
        "one = threading.Thread(target=lambda: print(os.sched_getscheduler(0)));"
        "one.start(); one.join(); print(os.sched_getscheduler(0))"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.split() == [str(os.SCHED_BATCH)] * 2
