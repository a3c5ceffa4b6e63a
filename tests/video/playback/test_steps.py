"""Frame by frame, both ways, over the borders of groups and segments; no frame is passed over."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.video.playback.playback import Playback
from app.video.playback.shown import Nothing, PlaybackState
from tests.video.archive.material import EVENING, Archive
from tests.video.playback.conftest import OPENS
from tests.video.playback.watching import (
    FPS,
    TILE,
    exact,
    number_of,
    numbered,
    seconds,
    shows,
    until,
)


def stand(playback: Playback, number: int) -> None:
    playback.seek(EVENING + seconds((number + 0.5) / FPS))
    exact(playback, "C01", EVENING + seconds((number + 0.5) / FPS))


def step(playback: Playback, frames: int, number: int) -> None:
    """Step, and see this number."""
    playback.step(frames)
    until(lambda: shows(playback, number))
    until(lambda: playback.state == PlaybackState.PAUSED)
    assert playback.position == EVENING + seconds(number / FPS)


def test_every_frame_forwards_and_back_over_two_segments(playback: Playback) -> None:
    stand(playback, 30)
    for number in range(31, 95):  # borders of segments at 40 and 80, of groups at 60
        step(playback, 1, number)
    for number in range(93, 29, -1):
        step(playback, -1, number)


@pytest.mark.parametrize("frames", [7, -7, 45, -45, 90])
def test_many_frames_at_once(playback: Playback, frames: int) -> None:
    stand(playback, 62)
    step(playback, frames, 62 + frames)


def test_steps_that_come_faster_than_pictures_add_up(playback: Playback) -> None:
    chance, number = random.Random(8), 70
    stand(playback, number)
    for _ in range(40):
        by = chance.choice([1, 1, 1, -1, 3])
        number += by
        playback.step(by)
    until(lambda: shows(playback, number))


def test_the_first_and_the_last_frame_are_the_ends(playback: Playback) -> None:
    stand(playback, 2)
    step(playback, -10, 0)
    step(playback, -1, 0)
    stand(playback, 157)
    step(playback, 10, 159)
    step(playback, 1, 159)


def test_the_other_cameras_go_with_the_leading_one(opens: OPENS, playback: Playback) -> None:
    playback.show(dict.fromkeys(("C01", "C02", "C03"), TILE))
    stand(playback, 50)
    step(playback, -12, 38)
    for camera in ("C02", "C03"):
        until(lambda camera=camera: shows(playback, 38, camera))


def test_a_step_while_it_plays_stops_it(playback: Playback) -> None:
    stand(playback, 20)
    playback.play()
    until(lambda: playback.position > EVENING + seconds(2.5))
    playback.step(1)
    until(lambda: playback.state == PlaybackState.PAUSED)
    at = playback.position
    until(lambda: shows(playback, round((at - EVENING).total_seconds() * FPS)))
    assert playback.position == at


def test_a_step_out_of_a_gap_goes_to_the_nearest_frame(tmp_path: Path, opens: OPENS) -> None:
    with Archive(tmp_path) as archive:
        archive.record("C01", EVENING, numbered(0))
        archive.record("C01", EVENING + seconds(10), numbered(100))
        playback = opens(archive.footage)
        for by, number in ((1, 100), (-1, 39), (-3, 37), (2, 101)):
            playback.seek(EVENING + seconds(7))
            until(lambda: isinstance(playback.newest("C01"), Nothing))
            step(playback, by, number)
        playback.stop()


def test_where_the_clock_was_set_back_steps_go_in_the_order_of_recording(
    tmp_path: Path, opens: OPENS
) -> None:
    with Archive(tmp_path) as archive:
        archive.record("C01", EVENING, numbered(0))  # to 4.0 s
        archive.record("C01", EVENING + seconds(1.5), numbered(40))  # the clock went 2.5 s back
        archive.record("C01", EVENING + seconds(5.5), numbered(80))
        playback = opens(archive.footage)
        playback.seek(EVENING + seconds(1.05))
        until(lambda: shows(playback, 10))
        for number in [*range(11, 90), *range(88, 10, -1)]:
            playback.step(1 if number_of(playback.newest("C01")) < number else -1)
            until(lambda number=number: shows(playback, number))
        playback.stop()
