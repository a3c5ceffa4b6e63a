"""How the console ends: in time while a camera is frozen, and without harm when it is killed."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.clock import SystemClock
from app.demo.demo_station import camera_specs, point_cameras_at
from app.demo.simulated_cameras import Fault, SimulatedFleet
from app.log import Log
from app.log.verify import verify
from app.station import ConsoleLock, open_station
from app.views import all_views
from tests.journeys.console_process import ConsoleProcess
from tests.journeys.log_file import entries
from tests.quiet_station import simulate_nothing
from tests.video.cameras import until

pytestmark = pytest.mark.journey
Start = Callable[[], ConsoleProcess]


@pytest.fixture
def start(station: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts the console on the station; whatever is left of it goes with the test."""
    started: list[ConsoleProcess] = []

    def begin() -> ConsoleProcess:
        started.append(ConsoleProcess(station, tmp_path / "output.txt"))
        return started[-1]

    yield begin
    for process in started:
        process.close()


@pytest.fixture
def fleet(station: Path) -> Iterator[SimulatedFleet]:
    """The station's cameras, served by the test: it can freeze them from outside."""
    simulate_nothing(station)
    fleet = SimulatedFleet(camera_specs())
    folder = open_station(station)
    log = Log(folder.database, origin=folder.profile.origin, views=all_views(), clock=SystemClock())
    log.open()
    try:
        point_cameras_at(log, fleet.start())
    finally:
        log.close()
    yield fleet
    fleet.stop()


def came(station: Path, kind: str, count: int = 1, subject: str = "%") -> bool:
    return len(entries(station, kind, subject)) >= count


def viewers(fleet: SimulatedFleet) -> int:
    """How many connections to the cameras are established, as the system tells."""
    port = f":{int(fleet.base_url.rpartition(':')[2]):04X}"
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return sum(fields[2].endswith(port) and fields[3] == "01" for fields in map(str.split, lines))


def wait_until_all_run(console: ConsoleProcess) -> None:
    """No process has been added to it for two seconds: its start is over."""
    since: dict[int, float] = {}

    def stands() -> bool:
        now_s = time.monotonic()
        return now_s - since.setdefault(len(console.family()), now_s) > 2

    until(stands, 30)


def assert_whole(station: Path) -> None:
    """The station is free, and its log verifies."""
    folder = open_station(station)
    lock = ConsoleLock(folder)
    lock.acquire()
    lock.release()
    report = verify(folder.database, all_views())
    assert report.ok, report


def test_closing_while_a_camera_is_frozen_ends_within_four_seconds_and_loses_nothing(
    station: Path, start: Start, fleet: SimulatedFleet, tmp_path: Path
) -> None:
    assert fleet.wait_until_ready()
    console = start()
    until(lambda: came(station, "console_started"), 30)
    until(lambda: viewers(fleet) >= len(camera_specs()), 30)
    fleet.fault("C01", Fault.FREEZE)
    until(lambda: came(station, "camera_lost", subject="C01"), 20)
    code, took_s = console.end(signal.SIGTERM)
    said = (tmp_path / "output.txt").read_text()
    assert code == 0, said
    assert took_s < 4
    assert "Traceback" not in said
    until(lambda: not console.family())
    assert len(entries(station, "console_stopped")) == 1
    assert entries(station, "console_stopped")[0]["stragglers"] == []
    assert_whole(station)
    with closing(sqlite3.connect(station / "station.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_killed_console_takes_its_cameras_along_and_the_next_start_finds_all_well(
    station: Path, start: Start
) -> None:
    before = len(entries(station, "incident_reported"))
    console = start()
    until(lambda: came(station, "console_started"), 30)
    until(lambda: len(console.family()) > 1, 10)
    code, _ = console.end(signal.SIGKILL)
    assert code == -signal.SIGKILL
    until(lambda: not console.family(), 10)

    again = start()
    until(lambda: came(station, "console_started", 2), 30)
    until(lambda: len(again.family()) > 1, 20)
    wait_until_all_run(again)
    assert again.is_running()
    code, took_s = again.end(signal.SIGTERM)
    assert code == 0
    assert took_s < 4
    until(lambda: not again.family())
    assert len(entries(station, "incident_reported")) == before
    assert_whole(station)


def test_a_second_console_on_the_same_station_is_told_who_has_it(
    station: Path, start: Start, tmp_path: Path
) -> None:
    first = start()
    until(lambda: came(station, "console_started"), 30)
    second = start()
    assert second.wait(20) == 2
    said = (tmp_path / "output.txt").read_text()
    assert "Traceback" not in said
    assert any("ก" <= letter <= "๙" for letter in said)
    assert first.is_running()
    assert len(entries(station, "console_started")) == 1
    assert first.end(signal.SIGTERM)[0] == 0
