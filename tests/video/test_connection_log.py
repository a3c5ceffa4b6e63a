"""What the log says of a camera's connection: lost once, back once, silent after the stop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.clock import ScriptedClock, to_stored
from app.errors import Message, msg
from app.log import Log
from app.video.connection_log import ConnectionLog
from app.video.health import CameraState, Health
from tests.conftest import ExpectedLog
from tests.station_log import MORNING, PROGRAM, a_station_log, on_a_full_disk, with_room_again


@dataclass(frozen=True, slots=True)
class Console:
    """A log, its clock, and the listener the readers call."""

    log: Log
    clock: ScriptedClock
    connections: ConnectionLog

    def says(self, state: CameraState, camera: str = "C01", reason: Message | None = None) -> None:
        self.connections(
            camera, Health(camera, state, reason=reason, last_picture_at=self.clock.now())
        )

    def told(self, camera: str = "C01") -> list[str]:
        """Kinds of the camera's entries; whatever is queued is written first."""
        self.log.append(actor=PROGRAM).result()
        return [entry.kind for entry in self.log.entries_of(camera)]


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        yield Console(log, clock, ConnectionLog(log, PROGRAM, clock))


def test_a_lost_camera_is_told_once_with_why_and_its_last_picture(console: Console) -> None:
    console.says(CameraState.LIVE)
    console.clock.advance(4)
    for _ in range(5):
        console.says(CameraState.LOST, reason=msg("The picture froze."))
        console.clock.advance(10)
        console.says(CameraState.CONNECTING)
    assert console.told() == ["camera_lost"]
    assert console.log.entries_of("C01")[0].data() == {
        "reason": "The picture froze.",
        "last_picture_at": "2026-11-22T03:46:04.000Z",
    }


def test_a_camera_that_comes_back_is_told_with_how_long_it_was_away(console: Console) -> None:
    console.says(CameraState.LOST)
    console.clock.advance(93.25)
    console.clock.move_to(MORNING)  # the PC's clock is set back meanwhile
    for _ in range(3):
        console.says(CameraState.LIVE)
        console.clock.advance(1)
    assert console.told() == ["camera_lost", "camera_back"]
    assert console.log.entries_of("C01")[1].data() == {"away_s": 93.25}
    console.says(CameraState.LOST)
    console.says(CameraState.LIVE)
    assert console.told() == ["camera_lost", "camera_back"] * 2


@pytest.mark.parametrize("state", [CameraState.WRONG_PASSWORD, CameraState.NO_VIDEO])
def test_a_wrong_password_and_a_camera_without_video_are_losses_too(
    console: Console, state: CameraState
) -> None:
    console.says(state)
    console.says(CameraState.LOST)
    assert console.told() == ["camera_lost"]
    assert console.log.entries_of("C01")[0].data()["reason"] == state.value


@pytest.mark.parametrize(
    "state",
    [CameraState.OFF, CameraState.CONNECTING, CameraState.STANDBY, CameraState.LIVE],
)
def test_what_is_no_loss_is_not_told(console: Console, state: CameraState) -> None:
    console.says(state)
    assert console.told() == []


def test_a_camera_that_never_showed_a_picture_has_no_last_one(console: Console) -> None:
    console.connections("C01", Health("C01", CameraState.LOST))
    console.told()
    assert console.log.entries_of("C01")[0].data()["last_picture_at"] is None


def test_each_camera_has_its_own_story(console: Console) -> None:
    console.says(CameraState.LOST, "C01")
    console.says(CameraState.LOST, "C02")
    console.clock.advance(5)
    console.says(CameraState.LIVE, "C02")
    assert (console.told("C01"), console.told("C02")) == (
        ["camera_lost"],
        ["camera_lost", "camera_back"],
    )


def test_nothing_is_told_once_the_console_stops(console: Console) -> None:
    console.says(CameraState.LOST, "C01")
    console.told()
    head = console.log.head()
    console.connections.stop()
    console.says(CameraState.LIVE, "C01")
    console.says(CameraState.LOST, "C02")
    assert console.told("C02") == []
    assert console.log.head() == head


def test_a_full_disk_does_not_reach_the_cameras_reader(
    console: Console, expected_log: ExpectedLog
) -> None:
    expected_log("could not be written")
    console.log.write(on_a_full_disk, actor=PROGRAM).result()
    head = console.log.head()
    # as long as a reason can never be, so that it cannot fit a page that is there already
    console.says(CameraState.LOST, reason=msg("x" * 200_000))
    assert console.told() == []
    assert console.log.head() == head
    console.log.write(with_room_again, actor=PROGRAM).result()
    console.says(CameraState.LIVE)
    assert console.told() == ["camera_back"]


def test_a_closed_log_does_not_reach_the_cameras_reader(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        connections = ConnectionLog(log, PROGRAM, clock)
    connections("C01", Health("C01", CameraState.LOST))


def test_the_entry_carries_the_time_it_was_noticed(console: Console) -> None:
    console.clock.advance(7)
    console.says(CameraState.LOST)
    console.told()
    entry = console.log.entries_of("C01")[0]
    assert (entry.at, entry.actor) == (to_stored(console.clock.now()), PROGRAM.id)
