"""Every speed shows what is due and never what comes later; cameras show the same instant."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.cameras.camera import StreamKind
from app.video.archive.index_reading import IndexedFootage
from app.video.playback.limits import SPEEDS, Limits
from app.video.playback.playback import Playback
from app.video.playback.shown import PlaybackState, Shown
from tests.video.archive.material import EVENING
from tests.video.playback.conftest import OPENS
from tests.video.playback.watching import (
    FPS,
    FRAME,
    MOST_S,
    Countdown,
    exact,
    number_of,
    seconds,
    shows,
    until,
    watch,
)

CAMERAS = ("C01", "C02", "C03", "C04")


def begin(playback: Playback, offset_s: float, speed: float) -> None:
    playback.seek(EVENING + seconds(offset_s))
    exact(playback, "C01", EVENING + seconds(offset_s))
    playback.play(speed)


def numbers(playback: Playback, past: float, camera: str = "C01") -> list[int]:
    """What the tile shows until the playback is past this second."""
    forwards = playback.speed > 0

    def is_past() -> bool:
        at = (playback.position - EVENING).total_seconds()
        return at > past if forwards else at < past

    seen = [number_of(shown) for shown in watch(playback, camera, is_past)]
    return [one for index, one in enumerate(seen) if index == 0 or one != seen[index - 1]]


def test_forwards_every_frame_comes_in_its_order_over_segments(playback: Playback) -> None:
    begin(playback, 3.05, 2)
    seen = numbers(playback, 9.0)
    assert seen == list(range(30, 30 + len(seen)))
    assert len(seen) >= 59


def test_backwards_every_frame_comes_in_descending_order_over_segments(playback: Playback) -> None:
    begin(playback, 6.05, -1)
    seen = numbers(playback, 2.95)
    assert seen == list(range(60, 60 - len(seen), -1))
    assert len(seen) >= 30


def test_backwards_in_parts_where_a_group_is_larger_than_the_memory(
    opens: OPENS, footage: IndexedFootage
) -> None:
    playback = opens(footage, limits=Limits(kept_bytes=12 * 320 * 180 * 3 // 2))
    begin(playback, 6.05, -1)
    seen = numbers(playback, 2.95)
    assert seen == list(range(60, 60 - len(seen), -1))
    assert len(seen) >= 30


@pytest.mark.parametrize("speed", SPEEDS)
def test_what_is_due_is_shown_and_nothing_that_comes_later(
    playback: Playback, speed: float
) -> None:
    begin(playback, 1.0 if speed > 0 else 15.0, speed)
    until(lambda: playback.position != EVENING + seconds(1.0 if speed > 0 else 15.0))
    end = (
        EVENING + seconds(min(14.0, 1.0 + speed))
        if speed > 0
        else EVENING + seconds(max(2.0, 15.0 + speed))
    )
    late: list[timedelta] = []
    for _ in range(400):
        before = playback.position
        shown = playback.newest("C01")
        after = playback.position
        assert isinstance(shown, Shown)
        if speed > 0:
            assert shown.at <= after  # never a later one
            late.append(before - shown.at)
        else:
            assert shown.at + 2 * FRAME > after - FRAME
            late.append(shown.at - after)
        assert number_of(shown) == round((shown.at - EVENING).total_seconds() * rate(shown))
        if (after > end) if speed > 0 else (after < end):
            break
    late.sort()
    assert late[int(len(late) * 0.9)] < 2 * FRAME + timedelta(seconds=abs(speed) / 20)


def rate(shown: Shown) -> int:
    return FPS if shown.stream is StreamKind.MAIN else 5


@pytest.mark.parametrize(
    ("speed", "stream"),
    [(1, StreamKind.MAIN), (-1, StreamKind.MAIN), (4, StreamKind.SUB), (-4, StreamKind.SUB)],
)
def test_the_sub_stream_serves_the_speeds_and_main_the_rest(
    playback: Playback, speed: float, stream: StreamKind
) -> None:
    begin(playback, 8.0, speed)
    until(lambda: getattr(playback.newest("C01"), "stream", None) is stream)
    playback.pause()
    until(lambda: getattr(playback.newest("C01"), "stream", None) is StreamKind.MAIN)
    assert playback.state == PlaybackState.PAUSED


@pytest.mark.parametrize(("speed", "begins_s"), [(1, 2.0), (-1, 12.0), (8, 0.5)])
def test_four_cameras_show_the_same_instant_within_a_frame(
    opens: OPENS, footage: IndexedFootage, speed: float, begins_s: float
) -> None:
    playback = opens(footage, *CAMERAS)
    begin(playback, begins_s, speed)
    until(lambda: playback.position != EVENING + seconds(begins_s))
    apart = []
    for _ in watch(playback, "C01", Countdown(300)):
        tiles = [playback.newest(camera) for camera in CAMERAS]
        shown = [number_of(each) for each in tiles]
        apart.append(max(shown) - min(shown))
    assert sorted(apart)[int(len(apart) * 0.9)] <= 1 + (speed == 8)


def test_a_slow_window_misses_pictures_and_never_falls_behind(playback: Playback) -> None:
    begin(playback, 1.05, 2)
    until(lambda: playback.position > EVENING + seconds(4))
    at = (playback.position - EVENING).total_seconds()
    assert abs(number_of(playback.newest("C01")) - at * FPS) < 3


def test_backwards_it_stops_at_the_first_frame_there_is(playback: Playback) -> None:
    begin(playback, 1.0, -4)
    until(lambda: playback.state == PlaybackState.PAUSED, MOST_S)
    assert playback.position == EVENING
    until(lambda: shows(playback, 0))


def test_a_speed_there_is_not_is_refused(playback: Playback) -> None:
    with pytest.raises(ValueError, match="3"):
        playback.play(3)
