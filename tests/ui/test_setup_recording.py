"""Setup › Recording: what is recorded of each camera, how full the disk is, and stopping it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.cameras.camera import Camera, StreamKind
from app.clock import ScriptedClock
from app.log import Role
from app.station import Disk, RecorderLock, open_station
from app.station.profile import Profile, RecordedStreams
from app.ui.setup.recording_rows import disk_words, recording_rows, rule_words
from app.ui.theme import Theme
from app.video.archive.index_reading import StreamStore
from app.video.archive.segment import GapCause
from app.video.recorder.recorder_note import (
    DiskHealth,
    RecorderHealth,
    StreamHealth,
    read_health,
    stop_request,
    write_health,
)
from app.video.recorder.recorder_watch import Recording
from app.video.recorder.stream_recording import StreamState
from tests.ui.setup_room import SetupRoom, setup_room
from tests.ui.still_pictures import StillPictures

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
ONE = Camera("C01", "ตลาด", "rtsp://h/1/main", "rtsp://h/1/sub", 16.54, 104.72)
TWO = Camera("C02", "ท่าเรือ", "rtsp://h/2/main", "", 16.54, 104.72)
PROFILE = Profile("station-1", "console-1", "ทดสอบ", "Test", "ทดสอบ", "Test")


def stream(camera_id: str, kind: StreamKind, state: StreamState, rate: float = 0.0) -> StreamHealth:
    cause = GapCause.NETWORK if state is StreamState.WAITING else None
    return StreamHealth(camera_id, kind, state, cause, "", rate)


def test_each_camera_s_streams_footage_and_days_stand_in_its_row() -> None:
    health = RecorderHealth(
        1, NOON, NOON,
        (
            stream("C01", StreamKind.MAIN, StreamState.RECORDING, 500_000),
            stream("C01", StreamKind.SUB, StreamState.WAITING),
            stream("C02", StreamKind.MAIN, StreamState.CONNECTING),
        ),
    )  # fmt: skip
    stores = [
        StreamStore("C01", StreamKind.MAIN, 1_500_000_000, NOON - timedelta(days=2), NOON),
        StreamStore("C01", StreamKind.SUB, 100_000_000, NOON - timedelta(days=3), NOON),
    ]
    profile = replace(PROFILE, recordings_camera_days=("C01=90",))
    one, two = recording_rows([ONE, TWO], profile, health, stores)
    assert [cell.text for cell in one.cells] == [
        "C01 ตลาด", "4.0 Mb/s", "เครือข่ายขัดข้อง", "19 พ.ย. 2569 12:00:00", "1.6 GB", "90 วัน",
    ]  # fmt: skip
    assert (one.main.colour, one.sub.colour) == ("green", "red")
    assert [cell.text for cell in two.cells] == [
        "C02 ท่าเรือ", "กำลังเชื่อมต่อ…", "–", "–", "–", "30 วัน",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "main", "sub"),
    [
        (PROFILE, "…", "…"),
        (replace(PROFILE, recordings_streams=RecordedStreams.SUB), "–", "…"),
        (replace(PROFILE, recordings_streams=RecordedStreams.MAIN), "…", "–"),
        (replace(PROFILE, recordings_enabled=False), "–", "–"),
    ],
)
def test_a_stream_nobody_wants_is_not_called_missing(profile: Profile, main: str, sub: str) -> None:
    (row,) = recording_rows([ONE], profile, None, [])
    assert (row.main.text, row.sub.text) == (main, sub)


def test_a_camera_of_one_stream_is_recorded_whichever_is_wanted() -> None:
    profile = replace(PROFILE, recordings_streams=RecordedStreams.SUB)
    (row,) = recording_rows([TWO], profile, None, [])
    assert row.main.text == "…"


@pytest.mark.parametrize(
    ("used", "colour"), [(71, "text"), (80, "amber"), (94, "amber"), (95, "red"), (100, "red")]
)
def test_a_disk_that_fills_is_said_in_time(used: int, colour: str) -> None:
    cell = disk_words(DiskHealth("", used, 29_000_000_000, 19.4))
    assert cell.colour == colour
    assert str(used) in cell.text
    assert "29.0 GB" in cell.text
    assert "19" in cell.text


def test_how_long_recordings_are_kept_is_said() -> None:
    words = rule_words(replace(PROFILE, recordings_max_gb=500))
    assert "30" in words
    assert "500" in words


@pytest.fixture
def room(
    station: Path,
    theme: Theme,
    clock: ScriptedClock,
    pictures: StillPictures,
    qtbot: QtBot,
) -> Iterator[SetupRoom]:
    with setup_room(station, theme, clock, pictures, qtbot) as made:
        made.place.sections.setCurrentRow(1)
        yield made


@pytest.fixture
def running(room: SetupRoom, clock: ScriptedClock) -> Iterator[SetupRoom]:
    """A recorder holds the station's lock, and says how it is."""
    folder = open_station(room.root)
    lock = RecorderLock(folder)
    lock.acquire()
    now = clock.now()
    write_health(folder.recordings, RecorderHealth(1, now, now), Disk())
    room.watch.look()
    room.place.recording.fill()
    yield room
    lock.release()


def test_before_anything_is_known_nothing_can_be_stopped(room: SetupRoom) -> None:
    pane = room.place.recording
    assert pane.table.rowCount() == len(room.desk.cameras())
    assert not pane.stop_button.isVisible()
    assert not pane.start_button.isVisible()


def test_stopping_asks_why_and_leaves_the_request_and_the_entry(
    running: SetupRoom, qtbot: QtBot
) -> None:
    pane = running.place.recording
    recordings = open_station(running.root).recordings
    assert read_health(recordings) is not None
    assert running.watch.recording in (Recording.RUNNING, Recording.INTERRUPTED)
    QTest.mouseClick(pane.stop_button, Qt.MouseButton.LeftButton)
    assert pane.asking.isVisible()
    QTest.keyClick(pane.reason.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.reason.words.isVisible())  # no reason: said under the field
    assert stop_request(recordings) is None
    pane.reason.line.setText("ย้ายดิสก์")
    QTest.keyClick(pane.reason.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not pane.asking.isVisible())
    asked = stop_request(recordings)
    assert asked is not None
    assert (asked.by, asked.why) == (running.desk.officer.id, "ย้ายดิสก์")
    assert running.log.entries_of("recordings")[-1].kind == "recording_stop_requested"


def test_an_officer_without_the_right_is_told_whom_to_ask(running: SetupRoom, qtbot: QtBot) -> None:
    running.desk.officer = replace(running.desk.officer, role=Role.DUTY_OFFICER)
    with qtbot.waitSignal(running.desk.failed) as failed:
        QTest.mouseClick(running.place.recording.stop_button, Qt.MouseButton.LeftButton)
    assert "may not" in str(failed.args[0])
    assert not running.place.recording.asking.isVisible()
