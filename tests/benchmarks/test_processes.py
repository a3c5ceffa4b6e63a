"""Processor time is counted of exactly the processes named."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from benchmarks.processes import CpuCount, cpu_s, of_session, resident_mb

BURN = """
import sys, time
end = time.process_time() + float(sys.argv[1])
while time.process_time() < end: pass
print(flush=True)
sys.stdin.readline()
"""


@contextmanager
def burning(cpu_seconds: float, *, session: bool = False) -> Iterator[subprocess.Popen[str]]:
    """A process that has used so much and now waits."""
    process = subprocess.Popen(
        [sys.executable, "-c", BURN, str(cpu_seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=session,
    )
    try:
        assert process.stdout is not None and process.stdout.readline() == "\n"
        yield process
    finally:
        process.communicate("\n")


def test_only_the_named_process_is_counted() -> None:
    with burning(0.3) as busy, burning(0.0) as idle:
        assert cpu_s(busy.pid) == pytest.approx(0.3, abs=0.15)
        first = cpu_s(idle.pid)
        assert first is not None and first < 0.2
        count = CpuCount()
        count.look([idle.pid])
        count.look([idle.pid])
        assert count.used_s < 0.05
        assert count.pids == (idle.pid,)


def test_a_process_started_meanwhile_counts_from_its_start() -> None:
    count = CpuCount()
    with burning(0.1) as old:
        count.look([old.pid])
        with burning(0.3) as new:
            count.look([old.pid, new.pid])
        count.look([old.pid, new.pid])  # the new one is gone, and what it used is not
        assert count.used_s == pytest.approx(0.3, abs=0.15)


def test_a_program_and_what_it_starts_are_one_session() -> None:
    with burning(0.0, session=True) as leader, burning(0.0) as other:
        found = of_session(leader.pid)
        assert leader.pid in found
        assert other.pid not in found
        assert resident_mb(found) > 3


def test_a_process_that_is_gone_is_nothing() -> None:
    with burning(0.0) as process:
        pass
    assert cpu_s(process.pid) is None
    assert resident_mb([process.pid]) == 0
