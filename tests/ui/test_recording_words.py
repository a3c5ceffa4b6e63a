"""What the header says of the recorder, and for which cameras a tile says that it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from app.cameras.camera import StreamKind
from app.thai.translation import Language, set_language
from app.ui.recording_words import recorded_cameras, recording_words
from app.video.archive.segment import GapCause
from app.video.recorder.recorder_note import RecorderHealth, StreamHealth
from app.video.recorder.recorder_watch import Recording
from app.video.recorder.stream_recording import StreamState

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


@dataclass
class Told:
    """What a watch has found."""

    recording: Recording
    health: RecorderHealth | None = None


def stream(camera_id: str, kind: StreamKind, *, recorded: bool) -> StreamHealth:
    state = StreamState.RECORDING if recorded else StreamState.WAITING
    return StreamHealth(camera_id, kind, state, None if recorded else GapCause.NETWORK, "", 0.0)


def health(*streams: StreamHealth, interrupted: str = "") -> RecorderHealth:
    return RecorderHealth(1, NOON, NOON, streams, interrupted=interrupted)


BOTH = health(
    stream("C01", StreamKind.MAIN, recorded=True),
    stream("C01", StreamKind.SUB, recorded=False),
    stream("C02", StreamKind.SUB, recorded=True),
)
ONE_LOST = health(
    stream("C01", StreamKind.MAIN, recorded=True), stream("C02", StreamKind.MAIN, recorded=False)
)


@pytest.mark.parametrize(
    ("told", "colour", "thai"),
    [
        (Told(Recording.UNKNOWN), "text_3", "กำลังเริ่มบันทึก…"),
        (Told(Recording.STARTING), "text_3", "กำลังเริ่มบันทึก…"),
        (Told(Recording.OFF), "text_2", "ปิดการบันทึก"),
        (Told(Recording.HELD_BACK), "amber", "หยุดบันทึกไว้"),
        (Told(Recording.MISSING), "red", "ไม่ได้บันทึกภาพ"),
        (Told(Recording.INTERRUPTED, health(interrupted="full")), "red", "ไม่ได้บันทึกภาพ"),
        (Told(Recording.RUNNING, health()), "text_3", "ตัวบันทึกพร้อม"),
        (Told(Recording.RUNNING, BOTH), "green", "กำลังบันทึก"),
        (Told(Recording.RUNNING, ONE_LOST), "amber", "บันทึก 1/2"),
    ],
)
def test_the_header_says_how_recording_is(told: Told, colour: str, thai: str) -> None:
    words = recording_words(told)
    assert (words.colour, words.text) == (colour, thai)


def test_what_is_not_recorded_is_named() -> None:
    assert "C02" in recording_words(Told(Recording.RUNNING, ONE_LOST)).explained


def test_a_full_disk_and_a_missing_one_are_told_apart() -> None:
    full = recording_words(Told(Recording.INTERRUPTED, health(interrupted="full")))
    gone = recording_words(Told(Recording.INTERRUPTED, health(interrupted="gone")))
    assert full.explained != gone.explained


def test_in_english_too() -> None:
    set_language(Language.ENGLISH)
    assert recording_words(Told(Recording.MISSING)).text == "NOT RECORDING"


@pytest.mark.parametrize(
    ("told", "cameras"),
    [
        (Told(Recording.UNKNOWN), None),
        (Told(Recording.OFF), None),
        (Told(Recording.STARTING), None),
        (Told(Recording.MISSING), frozenset()),
        (Told(Recording.HELD_BACK), frozenset()),
        (Told(Recording.RUNNING, BOTH), frozenset({"C01", "C02"})),
        (Told(Recording.RUNNING, ONE_LOST), frozenset({"C01"})),
    ],
)
def test_a_camera_counts_as_recorded_when_one_of_its_streams_is(
    told: Told, cameras: frozenset[str] | None
) -> None:
    assert recorded_cameras(told) == cameras
