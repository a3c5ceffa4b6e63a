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
    exact,
    hand_clock,
    number_of,
    seconds,
    shows,
    until,
    walk,
)

CAMERAS = ("C01", "C02", "C03", "C04")


def begin(playback: Playback, offset_s: float, speed: float) -> None:
    playback.seek(EVENING + seconds(offset_s))
    exact(playback, "C01", EVENING + seconds(offset_s))
    playback.play(speed)


@pytest.mark.parametrize(("speed", "from_s"), [(1, 3.05), (2, 3.05), (-1, 6.05), (-0.5, 6.05)])
def test_every_frame_comes_in_its_order_over_segments(
    opens: OPENS, footage: IndexedFootage, speed: float, from_s: float
) -> None:
    clock = hand_clock()
    playback = opens(footage, clock=clock)
    playback.seek(EVENING + seconds(from_s))
    seen = walk(playback, clock, speed, 45)
    first, step = seen[0], 1 if speed > 0 else -1
    assert seen == list(range(first, first + len(seen) * step, step))
    assert len(seen) >= 43  # the clock may begin a frame later


def test_backwards_in_parts_where_a_group_is_larger_than_the_memory(
    opens: OPENS, footage: IndexedFootage
) -> None:
    clock = hand_clock()
    limits = Limits(kept_bytes=12 * 320 * 180 * 3 // 2)
    playback = opens(footage, clock=clock, limits=limits)
    playback.seek(EVENING + seconds(6.05))
    seen = walk(playback, clock, -1, 30)
    assert seen == list(range(seen[0], seen[0] - len(seen), -1))
    assert len(seen) >= 28


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


@pytest.mark.parametrize(("speed", "from_s"), [(1, 2.05), (-1, 12.05)])
def test_four_cameras_show_the_same_instant(
    opens: OPENS, footage: IndexedFootage, speed: float, from_s: float
) -> None:
    clock = hand_clock()
    playback = opens(footage, *CAMERAS, clock=clock)
    playback.seek(EVENING + seconds(from_s))
    assert len(walk(playback, clock, speed, 25, *CAMERAS)) >= 23


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
