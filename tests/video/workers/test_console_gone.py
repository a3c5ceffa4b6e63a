"""A console that is killed: its workers go with it, and the next start finds nothing of it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.video.live import WatchedCamera
from tests.video.cameras import RealCamera, address_of, free_port, until
from tests.video.console_process import Console
from tests.video.workers.conftest import Watch


@pytest.fixture
def console() -> Iterator[Console]:
    console = Console("stop", "workers")
    yield console
    console.close()


def runs(pid: int) -> bool:
    """Whether the process is there and has not ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in ("Z", "X")


@pytest.mark.parametrize("state", ["reading", "frozen camera", "stopped worker"])
def test_a_killed_console_leaves_no_worker_behind_for_longer_than_a_second(
    console: Console, real_camera: RealCamera, state: str
) -> None:
    console.watch(str(real_camera.address), str(address_of(free_port())), str(real_camera.address))
    until(lambda: "C0 live" in console.said and "C2 live" in console.said, 30)
    workers = console.workers
    assert len(workers) == 2
    if state == "frozen camera":
        real_camera.freeze()
    if state == "stopped worker":
        os.kill(workers[0], signal.SIGSTOP)
    console.kill()
    assert until(lambda: not any(map(runs, workers))) < 1
    real_camera.thaw()


def test_the_next_start_takes_away_the_shared_memory_of_a_killed_console(watch: Watch) -> None:
    gone = "ssz-4194305-1-0123456789ab-tile"  # Linux gives no process such a number
    path = Path("/dev/shm") / gone
    path.touch()
    watch([WatchedCamera("C1", address_of(free_port()))])
    until(lambda: not path.exists())
