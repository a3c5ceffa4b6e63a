"""A week of the cameras' health: what is counted, kept, removed, and what a bad disk does."""

from __future__ import annotations

import gzip
import logging
import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cameras.camera import StreamKind
from app.clock import ScriptedClock
from app.errors import KnownError, msg
from app.station import Disk
from app.video.health import CameraState, Health
from app.video.health_record import CameraWeek, HealthRecord
from app.video.health_tally import DayTally, HealthLine
from app.video.picture import Size

MORNING = datetime(2026, 11, 22, 3, 46, tzinfo=UTC)  # 10:46 in Mukdahan
TODAY = date(2026, 11, 22)
REFUSES = msg("The camera refuses the connection.")


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(MORNING)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "health"


def opened(folder: Path, clock: ScriptedClock, disk: Disk | None = None) -> HealthRecord:
    record = HealthRecord(folder, clock, disk)
    record.open()
    return record


def live(
    clock: ScriptedClock, camera_id: str = "C01", fps: float = 15.0, age_s: float = 0.1
) -> Health:
    return Health(
        camera_id, CameraState.LIVE, last_picture_s=clock.monotonic() - age_s, fps=fps,
        size=Size(640, 360), codec="H264", stream=StreamKind.SUB, drops=3, reconnects=1,
        clock_ahead_s=-2.04,
    )  # fmt: skip


def lost(camera_id: str = "C01") -> Health:
    return Health(camera_id, CameraState.LOST, reason=REFUSES, reconnects=2)


def minutes(record: HealthRecord, clock: ScriptedClock, count: int, health: Health | None) -> None:
    """So many minutes in one state; live if none is given."""
    for _ in range(count):
        record.note([health or live(clock)])
        clock.advance(60)


def week(record: HealthRecord, camera_id: str = "C01") -> CameraWeek:
    return record.week()[camera_id]


def test_availability_is_the_share_of_the_time_in_which_it_showed_its_picture(
    folder: Path, clock: ScriptedClock
) -> None:
    record = opened(folder, clock)
    minutes(record, clock, 6, None)
    minutes(record, clock, 2, lost())
    minutes(record, clock, 3, None)
    found = week(record)
    assert found.availability == pytest.approx(8 / 10)  # the last minute is not over
    assert (found.losses, found.lost_at) == (1, MORNING + timedelta(minutes=6))
    assert found.lost_reason == REFUSES
    assert found.fps_median == 15.0
    assert found.days[-1] == (TODAY, found.availability)
    assert found.worst_day == TODAY


def test_a_loss_between_two_minutes_counts_to_the_second(
    folder: Path, clock: ScriptedClock
) -> None:
    record = opened(folder, clock)
    record.note([live(clock)])
    clock.advance(15)
    record.changed("C01", lost())
    clock.advance(15)
    record.changed("C01", live(clock))
    clock.advance(30)
    record.note([live(clock)])
    assert week(record).availability == pytest.approx(45 / 60)
    record.close()
    assert week(opened(folder, clock)) == week(record)


def test_a_frozen_picture_is_not_counted_as_shown(folder: Path, clock: ScriptedClock) -> None:
    record = opened(folder, clock)
    for _ in range(3):
        record.note([live(clock, age_s=3.5)])
        clock.advance(60)
    assert (week(record).availability, week(record).losses) == (0.0, 1)
    assert week(record).fps_median is None


def test_a_hidden_camera_that_answers_is_well_and_one_not_asked_for_is_not_judged(
    folder: Path, clock: ScriptedClock
) -> None:
    record = opened(folder, clock)
    for _ in range(3):
        record.note([Health("C01", CameraState.STANDBY), Health("C02", CameraState.OFF)])
        clock.advance(60)
    assert week(record, "C01").availability == 1.0
    assert week(record, "C02").availability is None
    assert week(record, "C02").worst_day is None


def test_nothing_is_claimed_of_the_time_in_which_the_console_was_closed(
    folder: Path, clock: ScriptedClock
) -> None:
    record = opened(folder, clock)
    minutes(record, clock, 3, lost())
    record.close()
    clock.advance(3 * 3600)
    again = opened(folder, clock)
    minutes(again, clock, 3, None)
    assert week(again).availability == pytest.approx(120 / 240, abs=0.01)


def test_a_week_is_kept_and_the_eighth_day_removed_at_midnight_and_at_the_start(
    folder: Path, clock: ScriptedClock
) -> None:
    record = opened(folder, clock)
    for number in range(9):
        minutes(record, clock, 3, lost() if number == 4 else None)
        clock.advance(24 * 3600 - 180)
    minutes(record, clock, 2, None)
    found = week(record)
    days = [TODAY + timedelta(days=number) for number in range(3, 10)]
    assert [day for day, _ in found.days] == days
    assert found.worst_day == TODAY + timedelta(days=4)
    assert [share for _, share in found.days] == [1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    kept = {f"{day.isoformat()}.{kind}" for day in days[:-1] for kind in ("csv.gz", "summary.csv")}
    assert {path.name for path in folder.iterdir()} == kept | {f"{days[-1].isoformat()}.csv"}
    record.close()
    again = opened(folder, clock)
    assert week(again) == found
    clock.advance(30 * 24 * 3600)
    assert opened(folder, clock).week() == {}
    assert list(folder.iterdir()) == []


def test_days_are_the_station_s_own(folder: Path) -> None:
    clock = ScriptedClock(datetime(2026, 11, 21, 16, 59, tzinfo=UTC))  # a minute to midnight
    record = opened(folder, clock)
    minutes(record, clock, 3, None)
    record.close()
    assert (folder / "2026-11-22.csv").read_text().count("C01") == 2
    with gzip.open(folder / "2026-11-21.csv.gz", "rt") as file:
        assert file.read().count("C01") == 1


def test_a_finished_day_still_says_everything(folder: Path, clock: ScriptedClock) -> None:
    record = opened(folder, clock)
    minutes(record, clock, 2, None)
    plain = (folder / "2026-11-22.csv").read_bytes()
    clock.advance(24 * 3600)
    minutes(record, clock, 1, None)
    assert gzip.decompress((folder / "2026-11-22.csv.gz").read_bytes()) == plain
    assert plain.decode().splitlines()[1] == (
        "2026-11-22T03:46:00.000Z,C01,live,sub,H264,640x360,15.0,3,1,0.1,-2.0,,"
    )


def test_a_line_torn_by_a_power_cut_costs_that_line_only(
    folder: Path, clock: ScriptedClock
) -> None:
    record = opened(folder, clock)
    minutes(record, clock, 3, None)
    path = folder / "2026-11-22.csv"
    path.write_bytes(path.read_bytes()[:-20] + b"\0" * 10)
    again = opened(folder, clock)
    minutes(again, clock, 3, None)
    third = opened(folder, clock)
    assert week(third) == week(again)
    assert week(third).availability == 1.0


def test_a_folder_full_of_rubbish_is_read_as_nothing(folder: Path, clock: ScriptedClock) -> None:
    folder.mkdir()
    (folder / "2026-11-22.csv").write_bytes(b"\xff\xfe,\0\n" * 50 + b'"' + b"x" * 5000)
    (folder / "2026-11-20.summary.csv").write_bytes(b"C01,1,2\n,\nC02,x,1,0,,,,{}\n")
    (folder / "notes.txt").write_text("mine")
    record = opened(folder, clock)
    assert record.week() == {}
    minutes(record, clock, 2, None)
    assert week(record).availability == 1.0
    assert (folder / "notes.txt").exists()


@pytest.mark.expected_log("health is not written any more today")
def test_a_folder_that_cannot_be_written_is_said_once_and_the_week_goes_on(
    tmp_path: Path, clock: ScriptedClock, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "health"
    folder.write_text("a file stands where the folder should be")
    with caplog.at_level(logging.WARNING):
        record = opened(folder, clock)
        minutes(record, clock, 5, None)
        record.close()
    assert len(caplog.records) == 1
    assert week(record).availability == 1.0
    folder.unlink()
    clock.advance(24 * 3600)  # another day, another try
    minutes(record, clock, 2, None)
    assert (folder / "2026-11-23.csv").exists()


@pytest.mark.expected_log("health is not written any more today")
def test_a_disk_that_fills_up_at_midnight_loses_no_line_that_was_written(
    folder: Path, clock: ScriptedClock
) -> None:
    class FullDisk(Disk):
        def write(self, path: Path, data: bytes, *, private: bool = False) -> None:
            raise KnownError(msg("The disk that holds {path} is full.", path=str(path)))

    record = opened(folder, clock, FullDisk())
    minutes(record, clock, 2, None)
    clock.advance(24 * 3600)
    minutes(record, clock, 2, None)
    assert (folder / "2026-11-22.csv").exists()
    assert week(opened(folder, clock)).days[-2] == (TODAY, 1.0)
    assert not (folder / "2026-11-22.csv").exists()


def test_changes_may_come_from_any_thread_while_the_minute_is_written(
    folder: Path, clock: ScriptedClock
) -> None:
    record = opened(folder, clock)

    def change(camera_id: str) -> None:
        for number in range(200):
            record.changed(camera_id, lost(camera_id) if number % 2 else live(clock, camera_id))

    threads = [threading.Thread(target=change, args=(f"C{n:02d}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(20):
        record.note([live(clock)])
    for thread in threads:
        thread.join()
    record.close()
    assert (folder / "2026-11-22.csv").read_text().count("\n") == 1 + 4 * 200 + 20
    assert {one.losses for one in record.week().values()} == {100}


def test_changes_while_the_files_are_read_are_not_forgotten(
    folder: Path, clock: ScriptedClock
) -> None:
    record = HealthRecord(folder, clock)
    record.changed("C01", lost())
    record.open()
    assert week(record).losses == 1


def test_two_hundred_cameras_for_a_day_stay_small(folder: Path, clock: ScriptedClock) -> None:
    record = opened(folder, clock)
    cameras = [live(clock, f"C{n:02d}", fps=14.0 + n % 3) for n in range(200)]
    for minute in range(20):
        later = [
            replace(one, drops=minute * 2, last_picture_s=clock.monotonic()) for one in cameras
        ]
        record.note(later)
        clock.advance(60)
    size = (folder / "2026-11-22.csv").stat().st_size
    assert size / (20 * 200) < 80  # bytes a line: 23 MB a day for two hundred cameras


# Lines


texts = st.one_of(st.just(""), st.from_regex(r"[A-Z0-9]{1,6}", fullmatch=True))
lines = st.builds(
    HealthLine,
    at=st.integers(0, 86_400).map(lambda s: MORNING + timedelta(seconds=s)),
    camera_id=st.sampled_from(("C01", "C123")),
    state=st.sampled_from(CameraState),
    stream=st.sampled_from((None, *StreamKind)),
    codec=texts,
    size=st.one_of(st.none(), st.builds(Size, st.integers(1, 9000), st.integers(1, 9000))),
    fps=st.integers(0, 600).map(lambda n: n / 10),
    drops=st.integers(0, 10**9),
    reconnects=st.integers(0, 10**6),
    age_s=st.one_of(st.none(), st.integers(0, 10**6).map(lambda n: n / 10)),
    clock_ahead_s=st.one_of(st.none(), st.integers(-(10**6), 10**6).map(lambda n: n / 10)),
    reason=st.sampled_from((None, REFUSES, msg("… (code {status}).", status=453))),
)


@given(lines)
def test_a_line_comes_back_as_it_was_written(line: HealthLine) -> None:
    assert HealthLine.read(line.cells()) == line


def tally_of(lines: Iterable[HealthLine]) -> DayTally:
    tally = DayTally()
    for line in lines:
        tally.add(line)
    return tally


@given(st.lists(lines, max_size=20))
def test_a_day_adds_up_however_its_lines_come(lines: list[HealthLine]) -> None:
    tally = tally_of(lines)
    assert 0 <= tally.well_s <= tally.known_s
    assert tally.losses <= len(lines)
    read = DayTally.read(tally.cells())
    assert (read.losses, read.lost_at, read.lost_reason, read.fps_counts) == (
        tally.losses, tally.lost_at, tally.lost_reason, tally.fps_counts,
    )  # fmt: skip
    assert (read.well_s, read.known_s) == (tally.well_s, tally.known_s)
