"""A–B over and over; the file that is still growing; masks; threads and their end."""

from __future__ import annotations

import shutil
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import av
import numpy as np
import pytest

from app.cameras.camera import StreamKind
from app.cameras.masks import PrivacyMask
from app.station import Disk
from app.video.archive.index_change import NewSegment, Progress
from app.video.archive.index_reading import IndexedFootage
from app.video.archive.segment import GapCause, Span
from app.video.archive.segment_file_name import segment_path
from app.video.live import Wanted
from app.video.playback.playback import Playback
from app.video.playback.shown import Nothing, PlaybackState, Shown
from app.video.recorder.segment_file import SegmentFile
from tests.video.archive.material import EVENING, FOLDER, SMALL, Archive, clip
from tests.video.playback.conftest import OPENS
from tests.video.playback.watching import (
    FPS,
    TILE,
    Countdown,
    EveningClock,
    exact,
    number_of,
    numbered,
    seconds,
    shows,
    until,
    watch,
)


@pytest.mark.parametrize("speed", [2, -1])
def test_a_loop_plays_from_a_to_b_again_and_again(playback: Playback, speed: float) -> None:
    playback.loop(Span(EVENING + seconds(3.5), EVENING + seconds(4.5)))
    playback.seek(EVENING + seconds(4.0))
    playback.play(speed)
    rounds = [0]
    last = playback.position
    numbers = set()
    for shown in watch(playback, "C01", lambda: rounds[0] >= 3):
        position = playback.position
        rounds[0] += (position < last) if speed > 0 else (position > last)
        last = position
        if isinstance(shown, Shown) and shown.is_exact and rounds[0]:
            numbers.add(number_of(shown))
    assert numbers <= set(range(35, 45))  # how many are seen depends on who else works here
    assert len(numbers) >= 4


def test_without_a_loop_it_plays_on(playback: Playback) -> None:
    playback.loop(Span(EVENING + seconds(3), EVENING + seconds(4)))
    playback.seek(EVENING + seconds(3.5))
    playback.play(4)
    playback.loop(None)
    until(lambda: playback.position > EVENING + seconds(5))
    with pytest.raises(ValueError, match="length"):
        playback.loop(Span(EVENING, EVENING))


class Growing:
    """A recorder: a clip's packets go into a growing segment as they would arrive."""

    def __init__(self, archive: Archive, camera_id: str, begins_s: float, first: int) -> None:
        self._index, self._disk = archive.index, Disk()
        begins = EVENING + seconds(begins_s)
        source = archive.recordings / f"source{first}.mp4"
        source.write_bytes(clip(numbered(first, seconds=6.0)))
        self._source = av.open(str(source))
        video = self._source.streams.video[0]
        path = segment_path(archive.recordings, camera_id, StreamKind.MAIN, begins)
        self._file = SegmentFile(self._disk, path, [video])
        new = NewSegment(camera_id, StreamKind.MAIN, FOLDER, begins, "H264", SMALL, None)
        self._segment = archive.index.change(lambda change: change.begin(new))
        self._packets = [each for each in self._source.demux(video) if each.size]
        self._next = 0

    def grow(self, seconds_: float) -> None:
        for packet in self._packets[self._next : self._next + round(seconds_ * FPS)]:
            self._file.add(packet)
            self._next += 1
        progress = Progress(self._segment, self._file.synced_ms, self._file.synced_bytes)
        self._index.change(lambda change: change.grow([progress]))

    def finish(self) -> None:
        written = self._file.finish()
        final = Progress(self._segment, written.duration_ms, written.size_bytes)
        self._index.change(lambda change: change.finish(final, written.sha256))
        self._source.close()


def test_a_growing_file_is_played_as_it_grows(tmp_path: Path, opens: OPENS) -> None:
    with Archive(tmp_path) as archive:
        recorder = Growing(archive, "C01", 0, 0)
        recorder.grow(2.5)
        playback = opens(archive.footage)
        playback.seek(EVENING + seconds(1.05))
        assert number_of(exact(playback, "C01", EVENING + seconds(1.05))) == 10
        playback.seek(EVENING + seconds(4.05))
        until(lambda: isinstance(playback.newest("C01"), (Nothing, Shown)))
        recorder.grow(3.0)
        until(lambda: shows(playback, 40))
        recorder.finish()
        playback.step(-1)
        until(lambda: shows(playback, 39))
        playback.stop()


def test_live_is_followed_from_segment_to_segment_about_two_seconds_late(
    tmp_path: Path, opens: OPENS
) -> None:
    with Archive(tmp_path) as archive:
        first, second = Growing(archive, "C01", 0, 0), None
        first.grow(3.0)
        clock = EveningClock(EVENING + seconds(3.2))
        playback = opens(archive.footage, clock=clock)
        playback.follow_live()
        grown_s, numbers = 3.0, []
        for shown in watch(playback, "C01", lambda: clock.now() > EVENING + seconds(9.0)):
            if isinstance(shown, Shown):
                numbers.append(number_of(shown))
                late = clock.now() - shown.at
                assert timedelta(seconds=1) < late < timedelta(seconds=3.5)
            if clock.now() > EVENING + seconds(grown_s + 0.1):
                if grown_s < 6.0:
                    first.grow(0.5)
                elif second is None:
                    first.finish()
                    second = Growing(archive, "C01", 6.0, 60)
                    second.grow(0.5)
                else:
                    second.grow(0.5)
                grown_s += 0.5
        assert playback.state == PlaybackState.FOLLOWING
        assert numbers == sorted(numbers)
        assert len(set(numbers)) > 25  # how many are seen depends on who else works here
        assert second is not None
        second.finish()
        playback.stop()


def test_playing_faster_than_time_catches_up_with_live(tmp_path: Path, opens: OPENS) -> None:
    with Archive(tmp_path) as archive:
        archive.record("C01", EVENING, numbered(0))
        playback = opens(archive.footage, clock=EveningClock(EVENING + seconds(4)))
        playback.seek(EVENING)
        playback.play(16)
        until(lambda: playback.state == PlaybackState.FOLLOWING)
        assert playback.speed == 1
        playback.play(-1)
        at = playback.position
        until(lambda: playback.position < at)
        assert playback.state == PlaybackState.PLAYING
        playback.stop()


LEFT_HALF = PrivacyMask(((0.0, 0.5), (0.5, 0.5), (0.5, 1.0), (0.0, 1.0)))


def is_masked(shown: Shown | Nothing | None) -> bool:
    assert isinstance(shown, Shown)
    height, width = shown.pixels.shape[:2]
    part = shown.pixels[height // 2 + 1 :, : width // 2]
    rest = shown.pixels[height // 2 + 1 :, width // 2 + 3 :, :3]
    return not part[:, :, :3].any() and bool((part[:, :, 3] == 255).all()) and rest.any()


@pytest.mark.parametrize("speed", [0, 0.5, 1, -1, 4, -4, 16, -16])
def test_masks_are_burnt_in_at_every_speed(playback: Playback, speed: float) -> None:
    playback.set_masks({"C01": (LEFT_HALF,)})
    playback.seek(EVENING + seconds(8))
    if speed:
        playback.play(speed)
    looks = Countdown(150)
    pictures = [shown for shown in watch(playback, "C01", looks) if isinstance(shown, Shown)]
    assert pictures
    assert all(map(is_masked, pictures))


def test_a_mask_holds_at_once_and_is_taken_away_again(playback: Playback) -> None:
    at = EVENING + seconds(5.05)
    playback.seek(at)
    assert not is_masked(exact(playback, "C01", at))
    for speed in (0, 1):
        if speed:
            playback.play(speed)
            until(lambda: playback.position > at)
        playback.set_masks({"C01": (LEFT_HALF,)})
        shown = playback.newest("C01")
        assert shown is None or isinstance(shown, Nothing) or is_masked(shown)
        until(lambda: isinstance(playback.newest("C01"), Shown))
        assert is_masked(playback.newest("C01"))
        playback.set_masks({})
        until(lambda: isinstance(playback.newest("C01"), Shown))
        assert not is_masked(playback.newest("C01"))


def test_pixels_are_never_written_again(playback: Playback) -> None:
    playback.seek(EVENING)
    playback.play(2)
    kept: list[tuple[Shown, np.ndarray]] = [
        (shown, shown.pixels.copy())
        for shown in watch(playback, "C01", Countdown(200))
        if isinstance(shown, Shown)
    ]
    for shown, before in kept:
        assert shown.pixels.flags.c_contiguous
        assert shown.pixels.dtype == np.uint8
        assert np.array_equal(shown.pixels, before)


def test_another_tile_gets_pictures_of_its_own_size(playback: Playback) -> None:
    at = EVENING + seconds(2.05)
    playback.seek(at)
    exact(playback, "C01", at)
    for wanted, size in ((Wanted(160, 90, main=True), (160, 90)), (Wanted(99, 400), (98, 56)),
                         (Wanted(2000, 2000), (320, 180))):  # fmt: skip
        playback.show({"C01": wanted})
        until(lambda size=size: getattr(playback.newest("C01"), "size", None) == size)
        assert number_of(exact(playback, "C01", at)) == 20


def test_a_camera_comes_and_goes_while_the_others_play(playback: Playback) -> None:
    playback.seek(EVENING + seconds(1))
    playback.play(1)
    playback.show(dict.fromkeys(("C02", "C01"), TILE))
    until(lambda: isinstance(playback.newest("C02"), Shown))
    playback.show({"C02": TILE})
    assert playback.newest("C01") is None
    at = playback.position
    until(lambda: playback.position > at)


def test_the_threads_end_in_the_middle_of_anything(footage: IndexedFootage, opens: OPENS) -> None:
    for act in (
        lambda playback: playback.seek(EVENING + seconds(3.9)),
        lambda playback: playback.play(16),
        lambda playback: playback.play(-16),
        lambda playback: playback.step(-50),
        lambda playback: playback.follow_live(),
        lambda playback: None,
    ):
        playback = opens(footage, "C01", "C02", "C03", "C04")
        act(playback)
        began_s = time.monotonic()
        assert playback.stop() == ()
        assert time.monotonic() - began_s < 1.0
    assert [each for each in threading.enumerate() if each.name.startswith("playback")] == []


def test_it_may_be_stopped_without_having_been_started(footage: IndexedFootage) -> None:
    playback = Playback(footage, EveningClock())
    playback.show({"C01": TILE})
    assert playback.stop() == ()


def test_an_index_that_cannot_be_read_is_nothing_and_comes_back(
    evening: Path, tmp_path: Path, opens: OPENS
) -> None:
    recordings = tmp_path / "recordings"
    shutil.copytree(evening, recordings)
    index = recordings / "index.db"
    good = index.read_bytes()
    index.write_bytes(b"this is no index")
    for beside in recordings.glob("index.db-*"):
        beside.unlink()
    with closing(IndexedFootage(recordings)) as footage:
        playback = opens(footage)
        playback.seek(EVENING + seconds(1.05))
        until(lambda: isinstance(playback.newest("C01"), Nothing))
        shown = playback.newest("C01")
        assert isinstance(shown, Nothing)
        assert shown.cause is not GapCause.CAMERA
        fresh = tmp_path / "fresh.db"
        fresh.write_bytes(good)
        fresh.replace(index)
        until(lambda: shows(playback, 10))
        playback.stop()
