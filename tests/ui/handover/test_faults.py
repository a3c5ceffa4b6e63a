"""What is out of order stands in the handover, and says the same until something else happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.errors import KnownError, msg
from app.ui.handover.faults import CameraSeen, Surroundings, fault_rows
from app.ui.recording_words import RecordingWords
from app.video.archive.clock_steps import ClockStep
from app.video.health import CameraState, Health

NOW = datetime(2026, 11, 22, 8, 52, tzinfo=UTC)
WELL = Surroundings((), RecordingWords("dot", "green", "บันทึกอยู่"), 71.0, True, True)


def a_camera(state: CameraState, **changes: object) -> CameraSeen:
    health = Health("C06", state, **changes)  # type: ignore[arg-type]
    return CameraSeen("C06", "แยกวิวิธสุรการ", health, 100.0)


def test_where_all_is_well_there_is_nothing_to_hand_over() -> None:
    live = a_camera(CameraState.LIVE, last_picture_s=99.8)
    asked = a_camera(CameraState.CONNECTING)
    assert fault_rows(replace(WELL, cameras=(live, asked)), (), NOW) == ()
    unknown = replace(WELL, log_whole=None, clock_synchronised=None, disk_used_pct=None)
    assert fault_rows(unknown, (), NOW) == ()


@pytest.mark.parametrize(
    ("around", "id_", "colour"),
    [
        (replace(WELL, log_whole=False), "fault:log", "red"),
        (replace(WELL, log_trouble=KnownError(msg("It is full."))), "fault:backup", "amber"),
        (replace(WELL, recording=RecordingWords("x", "red", "ไม่บันทึก")), "fault:recorder", "red"),
        (replace(WELL, disk_used_pct=91.0), "fault:disk", "amber"),
        (replace(WELL, disk_used_pct=96.0), "fault:disk", "red"),
        (replace(WELL, clock_synchronised=False), "fault:clock", "amber"),
        (replace(WELL, cameras=(a_camera(CameraState.WRONG_PASSWORD),)), "fault:C06", "amber"),
        (replace(WELL, cameras=(a_camera(CameraState.NO_VIDEO),)), "fault:C06", "red"),
        (replace(WELL, cameras=(a_camera(CameraState.LOST),)), "fault:C06", "red"),
        # its thread says live, and its picture is old: a frozen camera is never called well
        (replace(WELL, cameras=(a_camera(CameraState.LIVE, last_picture_s=90.0),)), "fault:C06",
         "red"),
    ],
)  # fmt: skip
def test_each_fault_has_its_row(around: Surroundings, id_: str, colour: str) -> None:
    (row,) = fault_rows(around, (), NOW)
    assert (row.id, row.colour) == (id_, colour)
    assert row.cells[1] and row.sign


def test_a_clock_that_was_set_is_told_with_its_step() -> None:
    step = ClockStep(NOW - timedelta(hours=2), -61.5)
    (row,) = fault_rows(WELL, (step,), NOW)
    assert "-61.5" in row.cells[1] and "13:52:00" in row.cells[1]


def test_a_lost_camera_says_the_same_while_it_stays_lost() -> None:
    lost_at = NOW - timedelta(hours=5)
    lost = a_camera(CameraState.LOST, last_picture_at=lost_at, reason=msg("It does not answer."))
    around = replace(WELL, cameras=(lost,))
    (row,) = fault_rows(around, (), NOW)
    assert fault_rows(around, (), NOW + timedelta(minutes=9)) == (row,)
    assert "10:52" in row.cells[1]
    again = replace(lost.health, last_picture_at=NOW)
    (later,) = fault_rows(replace(WELL, cameras=(replace(lost, health=again),)), (), NOW)
    assert later.key != row.key
