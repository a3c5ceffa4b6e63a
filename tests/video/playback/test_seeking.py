"""A seek shows the keyframe at once and the exact frame after; the latest wish wins."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.video.archive.index_reading import IndexedFootage
from app.video.playback.playback import Playback
from app.video.playback.shown import Nothing, PlaybackState, Shown
from tests.video.archive.material import EVENING, Archive
from tests.video.playback.conftest import OPENS
from tests.video.playback.watching import (
    FPS,
    Countdown,
    exact,
    number_of,
    numbered,
    seconds,
    until,
    watch,
)


def due(offset_s: float) -> int:
    """The number of the picture that was to be seen so long after the evening's begin."""
    return int(offset_s * FPS + 1e-9)


def test_the_exact_frame_of_200_random_instants(playback: Playback) -> None:
    chance = random.Random(4)
    for _ in range(200):
        offset_s = chance.randrange(0, 15_999) / 1000
        at = EVENING + seconds(offset_s)
        playback.seek(at)
        shown = exact(playback, "C01", at)
        assert number_of(shown) == due(offset_s)
        assert shown.frame_number == due(offset_s) % 40
        assert shown.at == EVENING + seconds(due(offset_s) / FPS)
        assert playback.position == at


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_frames_that_were_reordered_are_found_too(tmp_path: Path, opens: OPENS, codec: str) -> None:
    with Archive(tmp_path) as archive:
        archive.record("C01", EVENING, numbered(0, codec=codec, b_frames=2))
        playback = opens(archive.footage)
        chance = random.Random(5)
        for _ in range(25):
            offset_s = chance.randrange(0, 3_900) / 1000
            playback.seek(EVENING + seconds(offset_s))
            assert number_of(exact(playback, "C01", EVENING + seconds(offset_s))) == due(offset_s)
        playback.stop()


def test_the_keyframe_comes_first_and_says_that_it_is_not_exact(playback: Playback) -> None:
    chance, keyframes = random.Random(6), 0
    for _ in range(25):
        number = chance.randrange(160)
        at = EVENING + seconds((number + 0.5) / FPS)
        playback.seek(at)
        arrived = watch(playback, "C01", lambda at=at: playback.state != PlaybackState.SEEKING)
        for shown in arrived:
            if isinstance(shown, Shown) and not shown.is_exact:
                assert number_of(shown) == number // 20 * 20
                keyframes += 1
        assert number_of(exact(playback, "C01", at)) == number
    assert keyframes >= 5  # of those that were looked at in time


def test_the_latest_of_many_seeks_wins(playback: Playback) -> None:
    chance = random.Random(7)
    for _ in range(10):
        for _ in range(12):
            playback.seek(EVENING + seconds(chance.uniform(0, 15.9)))
        at = EVENING + seconds(0.05 + chance.randrange(0, 159) / FPS)
        playback.seek(at)
        until(lambda: playback.state == PlaybackState.PAUSED)
        number = due((at - EVENING).total_seconds())
        assert number_of(playback.newest("C01")) == number
        for shown in watch(playback, "C01", Countdown(30)):
            assert number_of(shown) == number


def test_a_drag_shows_pictures_all_the_way_and_ends_exact(playback: Playback) -> None:
    playback.seek(EVENING)
    exact(playback, "C01", EVENING)
    seen = set()
    for step in range(150):
        playback.scrub(EVENING + seconds(step / FPS))
        for shown in watch(playback, "C01", Countdown(3)):
            seen.add(number_of(shown))
    at = EVENING + seconds(14.95)
    playback.scrub(at)
    assert number_of(exact(playback, "C01", at)) == 149
    assert len(seen) > 20


def test_a_seek_while_it_plays_goes_on_playing(playback: Playback) -> None:
    playback.seek(EVENING)
    playback.play()
    playback.seek(EVENING + seconds(8))
    begins, ends = EVENING + seconds(8), EVENING + seconds(8.8)
    numbers = [
        number_of(shown)
        for shown in watch(playback, "C01", lambda: playback.position > ends)
        if isinstance(shown, Shown) and shown.at >= begins
    ]
    assert playback.state == PlaybackState.PLAYING
    assert numbers[:7] == list(range(80, 87))


def test_nothing_is_known_of_a_camera_that_is_not_shown(
    playback: Playback, footage: IndexedFootage
) -> None:
    assert playback.newest("C02") is None
    playback.show({})
    assert playback.newest("C01") is None


def test_a_camera_never_recorded_shows_nothing_without_a_cause(
    opens: OPENS, footage: IndexedFootage
) -> None:
    playback = opens(footage, "C99")
    playback.seek(EVENING)
    until(lambda: isinstance(playback.newest("C99"), Nothing))
    shown = playback.newest("C99")
    assert isinstance(shown, Nothing)
    assert shown.cause is None
