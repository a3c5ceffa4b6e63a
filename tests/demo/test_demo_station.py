"""The demo station: whole from the first second, all of it a sample, alive whenever one comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.cameras.register import cameras
from app.clock import ScriptedClock, from_stored
from app.demo.demo_station import (
    DEMO,
    camera_specs,
    create_demo_station,
    point_cameras_at,
    refresh_shift,
)
from app.demo.duty_sample import RESERVES
from app.demo.open_shift import CASES
from app.demo.people import UNITS
from app.duty.officers import officers
from app.duty.shifts import DEFAULT_SHIFTS
from app.duty.units import UnitState, units
from app.geo.areas import AreaKind, Areas
from app.geo.basemap_file import read_basemaps
from app.geo.places import all_places
from app.incidents import workflow
from app.incidents.incident import IncidentState
from app.incidents.register import incident, open_incidents
from app.log import Connection, Entry, Log
from app.log.verify import verify
from app.station import StationFolder, open_station
from app.views import all_views
from tests.station_log import MORNING, stands, take

ROOT = Path(__file__).resolve().parents[2]
DAYS = 2


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> StationFolder:
    """Made once; tests that write work on a copy."""
    root = tmp_path_factory.mktemp("demo") / "demo-station"
    return create_demo_station(root, all_views(), ScriptedClock(MORNING), days=DAYS)


@contextmanager
def opened(folder: StationFolder, clock: ScriptedClock) -> Iterator[Log]:
    log = Log(folder.database, origin=folder.profile.origin, views=all_views(), clock=clock)
    log.open()
    try:
        yield log
    finally:
        log.close()


@pytest.fixture
def copy(made: StationFolder, tmp_path: Path) -> StationFolder:
    root = tmp_path / "copy"
    (root / "basemap").mkdir(parents=True)
    for path in (made.profile_file, made.database):
        (root / path.name).write_bytes(path.read_bytes())
    return StationFolder(root, made.profile)


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(MORNING)


@pytest.fixture
def log(copy: StationFolder, clock: ScriptedClock) -> Iterator[Log]:
    with opened(copy, clock) as log:
        yield log


def entries(log: Log) -> list[Entry]:
    with log.reading() as db:
        subjects = [row[0] for row in db.execute("SELECT DISTINCT subject FROM entries")]
    return sorted((e for s in subjects for e in log.entries_of(s)), key=lambda entry: entry.seq)


def reports(log: Log) -> list[dict[str, Any]]:
    return [entry.data() for entry in entries(log) if entry.kind == "incident_reported"]


def open_ids(db: Connection) -> set[str]:
    return {one.id for one in open_incidents(db)}


def test_it_opens_as_any_station_and_its_log_is_whole(made: StationFolder) -> None:
    folder = open_station(made.root)
    assert folder.profile.sample
    assert folder.warnings == ()
    assert verify(folder.database, all_views()).ok
    assert len(read_basemaps(folder.basemap, folder.profile.epsg).walls.segments) > 0


def test_everything_that_stands_on_the_map_is_marked_as_a_sample(log: Log) -> None:
    with log.reading() as db:
        found = cameras(db)
        assert len(found) == 8
        assert {camera.sample for camera in found} == {True}
        areas = Areas(db).current()
        assert {area.kind for area in areas} == set(AreaKind) - {AreaKind.NO_GO}
        assert all(area.sample for area in areas)
        places = all_places(db)
        assert len(places) > 20
        assert all(place.sample for place in places)
        assert all("ตัวอย่าง" in officer.position for officer in officers(db))
        assert all("ตัวอย่าง" in member for unit in units(db) for member in unit.members)
        assert len(units(db)) == len(UNITS) + len(RESERVES)
    told = reports(log)
    assert len(told) >= DAYS * 4 + len(CASES)
    assert all(report["sample"] for report in told)


def test_no_unit_has_been_doing_the_same_for_longer_than_two_shifts(log: Log) -> None:
    """A board that says of a unit that it has been free for ninety days is no board of a night."""
    with log.reading() as db:
        board = units(db)
    began = DEFAULT_SHIFTS.before(DEFAULT_SHIFTS.shift_at(MORNING)).starts_at
    assert all(from_stored(unit.since) >= began for unit in board)
    assert {unit.state for unit in board} == set(UnitState)


def test_each_camera_of_the_register_is_one_that_the_simulator_plays(log: Log) -> None:
    with log.reading() as db:
        registered = {camera.id for camera in cameras(db)}
    assert registered == {spec.camera_id for spec in camera_specs()}


def test_numbers_have_no_gap_and_the_log_reads_as_it_would_have_grown(log: Log) -> None:
    told = reports(log)
    assert [report["serial"] for report in told] == list(range(1, len(told) + 1))
    assert {report["year_be"] for report in told} == {2569}
    times = [from_stored(entry.at) for entry in entries(log)]
    assert all(at <= MORNING for at in times)
    assert min(times) == times[0]  # nothing happened before there was a station
    past = [e for e in entries(log) if e.subject.startswith("inc-") and "open" not in e.subject]
    assert [entry.at for entry in past] == sorted(entry.at for entry in past)


def test_no_unit_is_at_two_places_at_once(log: Log) -> None:
    out: dict[str, str] = {}
    for entry in entries(log):
        unit = entry.data().get("unit")
        if entry.kind == "unit_assigned":
            assert unit not in out, f"{unit} at {out.get(str(unit))} and {entry.subject}"
            out[str(unit)] = entry.subject
        elif entry.kind == "unit_released":
            assert out.pop(str(unit)) == entry.subject


def test_a_visitor_finds_a_shift_with_incidents_in_every_stage(log: Log) -> None:
    with log.reading() as db:
        found = open_incidents(db)
        listed = units(db)
        busy = [unit for unit in listed if unit.incident is not None]
    assert len(found) == len(CASES)
    assert {one.state for one in found} == set(IncidentState) - {IncidentState.CLOSED}
    assert {unit.incident for unit in busy} <= {one.id for one in found}
    assert busy
    states = {unit.state for unit in listed}
    assert states == set(UnitState), "the board shows every mark"


def test_a_shift_still_young_is_left_as_it_is(log: Log) -> None:
    head = log.head()
    refresh_shift(log, MORNING + timedelta(minutes=110))
    assert log.head() == head


def test_hours_later_the_old_shift_ends_and_a_new_one_begins(
    log: Log, copy: StationFolder, clock: ScriptedClock
) -> None:
    own = take(log, clock, sample=False)
    with log.reading() as db:
        old = open_ids(db)
    clock.advance(3 * 3600)
    refresh_shift(log, clock.now())
    with log.reading() as db:
        new = open_ids(db)
        ended = [incident(db, id_) for id_ in old]
        assert {unit.incident for unit in units(db) if unit.incident} <= new
    assert len(new) == len(CASES)
    assert not new & old
    assert all(one is not None and not one.is_open for one in ended)
    assert stands(log, own.id).state is IncidentState.CLOSED
    serials = [report["serial"] for report in reports(log)]
    assert serials == list(range(1, len(serials) + 1))
    assert verify(copy.database, all_views()).ok


def test_a_visitor_who_closed_everything_finds_a_new_shift_at_once(
    log: Log, clock: ScriptedClock
) -> None:
    for _ in range(2):
        with log.reading() as db:
            found = open_ids(db)
        for id_ in found:
            workflow.close(log, id_, result="เรียบร้อย", actor=DEMO).result()
        refresh_shift(log, clock.now())
        with log.reading() as db:
            assert len(open_ids(db) - found) == len(CASES)


def test_the_register_changes_only_when_the_simulator_took_another_port(log: Log) -> None:
    head = log.head()
    point_cameras_at(log, "rtsp://127.0.0.1:8554")
    assert log.head() == head
    point_cameras_at(log, "rtsp://127.0.0.1:40123")
    assert log.head().n == head.n + 8
    with log.reading() as db:
        assert all(":40123/" in camera.main_url for camera in cameras(db))
        assert all(":40123/" in camera.sub_url for camera in cameras(db))
    point_cameras_at(log, "rtsp://127.0.0.1:40123")
    assert log.head().n == head.n + 8


def test_the_same_clock_makes_the_same_days(made: StationFolder, tmp_path: Path) -> None:
    again = create_demo_station(tmp_path / "again", all_views(), ScriptedClock(MORNING), days=DAYS)
    told = []
    for folder in (made, again):
        with opened(folder, ScriptedClock(MORNING)) as log:
            told.append([(e.at, e.actor, e.subject, e.kind, e.data()) for e in entries(log)])
    assert told[0] == told[1]


_KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.clock import ScriptedClock
from app.demo.demo_station import create_demo_station
from app.incidents.register import IncidentsView
from app.views import all_views

class Announced(IncidentsView):
    def apply(self, db, entry):
        super().apply(db, entry)
        if entry.n == 120:
            print("half", flush=True)
            sys.stdin.read()

views = [Announced() if type(v) is IncidentsView else v for v in all_views()]
clock = ScriptedClock(datetime(2026, 11, 22, 3, 46, tzinfo=UTC))
create_demo_station(Path(sys.argv[1]), views, clock, days=2)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_power_cut_while_it_is_made_leaves_no_half_station(tmp_path: Path) -> None:
    root = tmp_path / "demo-station"
    child = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(root)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"half\n"
        os.kill(child.pid, signal.SIGKILL)
    assert not root.exists()
    made = create_demo_station(root, all_views(), ScriptedClock(MORNING), days=1)
    assert verify(made.database, all_views()).ok


def test_a_failure_while_it_is_made_leaves_nothing_at_all(tmp_path: Path) -> None:
    class NoTime(ScriptedClock):
        def now(self) -> Any:
            raise OSError("no clock")

    with pytest.raises(OSError, match="no clock"):
        create_demo_station(tmp_path / "demo", all_views(), NoTime(MORNING), days=1)
    assert list(tmp_path.iterdir()) == []
