"""Where nothing was recorded the tile says so and why, in time; where files are bad, too."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.cameras.camera import StreamKind
from app.video.archive.segment import GapCause
from app.video.playback.shown import Nothing, PlaybackState, Shown
from tests.video.archive.material import EVENING, SMALL, Archive, ClipForm, clip
from tests.video.playback.conftest import OPENS
from tests.video.playback.watching import (
    FPS,
    exact,
    hand_clock,
    nothing,
    number_of,
    numbered,
    seconds,
    shows,
    until,
    walk,
    watch,
)


def gap(archive: Archive, begins_s: float, ends_s: float | None, cause: GapCause) -> None:
    begins = EVENING + seconds(begins_s)
    archive.index.change(lambda change: change.open_gap("C01", StreamKind.MAIN, begins, cause))
    if ends_s is not None:
        ends = EVENING + seconds(ends_s)
        archive.index.change(lambda change: change.close_gap("C01", StreamKind.MAIN, ends))


@pytest.fixture
def broken_off(tmp_path: Path) -> Archive:
    """0–4 s, 6–10 s and 13–17 s; between them first the network, then nobody knows."""
    with Archive(tmp_path / "broken-off") as archive:
        for begins_s, first in ((0, 0), (6, 60), (13, 130)):
            archive.record("C01", EVENING + seconds(begins_s), numbered(first))
        gap(archive, 4.0, 6.0, GapCause.NETWORK)
    return archive


@pytest.mark.parametrize(("at_s", "cause"), [(5.0, GapCause.NETWORK), (11.5, None), (20.0, None)])
def test_a_gap_is_shown_with_its_cause(
    broken_off: Archive, opens: OPENS, at_s: float, cause: GapCause | None
) -> None:
    playback = opens(broken_off.footage)
    playback.seek(EVENING + seconds(1))
    exact(playback, "C01", EVENING + seconds(1))
    playback.seek(EVENING + seconds(at_s))
    shown = nothing(playback, "C01")
    assert shown.cause is cause
    playback.seek(EVENING + seconds(7))
    assert number_of(exact(playback, "C01", EVENING + seconds(7))) == 70


@pytest.mark.parametrize(("from_s", "speed"), [(3.05, 2), (3.05, 4), (7.05, -1), (7.05, -4)])
def test_playing_through_a_gap_shows_it_within_half_a_second(
    broken_off: Archive, opens: OPENS, from_s: float, speed: float
) -> None:
    clock = hand_clock()
    playback = opens(broken_off.footage, clock=clock)
    playback.seek(EVENING + seconds(from_s))
    exact(playback, "C01", EVENING + seconds(from_s))
    walk(playback, clock, speed, 5)
    seen = set()
    for _ in range(35):
        clock.advance(1 / FPS / abs(speed))
        at_s = (playback.position - EVENING).total_seconds()
        inside_s = (at_s - 4.0) if speed > 0 else (6.0 - at_s)
        if 0.5 <= inside_s < 2.0:  # the gap lasts from 4 to 6 s
            until(lambda: isinstance(playback.newest("C01"), Nothing))
            assert getattr(playback.newest("C01"), "cause", None) is GapCause.NETWORK
            seen.add("gap")
        elif not 0 <= inside_s < 2.0:
            until(lambda due=int(at_s * FPS + 1e-6): shows(playback, due))
            seen.add("before" if inside_s < 0 else "after")
    assert seen == {"before", "gap", "after"}


def test_a_gap_that_gets_its_cause_later_tells_it(tmp_path: Path, opens: OPENS) -> None:
    with Archive(tmp_path) as archive:
        archive.record("C01", EVENING, numbered(0))
        playback = opens(archive.footage)
        playback.seek(EVENING + seconds(6))
        assert nothing(playback, "C01").cause is None
        gap(archive, 4.0, None, GapCause.CAMERA)
        until(lambda: getattr(playback.newest("C01"), "cause", None) is GapCause.CAMERA)
        playback.stop()


def test_one_camera_in_a_gap_does_not_hold_the_others(tmp_path: Path, opens: OPENS) -> None:
    with Archive(tmp_path) as archive:
        archive.record_run("C01", EVENING, 2, numbered(0))
        archive.record("C02", EVENING, numbered(0))
        playback = opens(archive.footage, "C01", "C02")
        playback.seek(EVENING + seconds(3))
        playback.play(2)
        until(lambda: isinstance(playback.newest("C02"), Nothing))
        first = playback.newest("C01")
        assert isinstance(first, Shown)
        assert first.at > EVENING + seconds(3.5)
        playback.stop()


def truncate(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(size // 2)


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def zero_the_middle(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 3)
        file.write(bytes(size // 3))


def replace(path: Path) -> None:
    path.write_bytes(b"\x00\x00\x00\x18ftypisom" + bytes(range(256)) * 40)


def put_another_in_its_place(path: Path) -> None:
    other = ClipForm(4.0, 10, SMALL._replace(width_px=480, height_px=270), first=40)
    path.write_bytes(clip(other))


def text(path: Path) -> None:
    path.write_text("this was a film once\n" * 100)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


HARM = [truncate, zero, zero_the_middle, replace, put_another_in_its_place, text, a_folder]
HARM += [Path.unlink]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three segments of 4 s."""
    with Archive(tmp_path_factory.mktemp("whole")) as archive:
        for segment in range(3):
            archive.record("C01", EVENING + seconds(4 * segment), numbered(40 * segment))
    return archive.recordings


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("speed", [8, -4])
def test_damage_is_a_gap_made_by_the_disk_and_playing_goes_on(
    whole: Path, tmp_path: Path, opens: OPENS, harm: Callable[[Path], None], speed: float
) -> None:
    recordings = tmp_path / "recordings"
    shutil.copytree(whole, recordings)
    archive = Archive(recordings)
    harm(sorted(recordings.rglob("*.mp4"))[1])
    playback = opens(archive.footage)
    begins, past = (3.0, 9.0) if speed > 0 else (9.0, 3.5)
    playback.seek(EVENING + seconds(begins))
    exact(playback, "C01", EVENING + seconds(begins))
    playback.play(speed)

    def is_past() -> bool:
        at = (playback.position - EVENING).total_seconds()
        return at > past if speed > 0 else at < past

    seen = list(watch(playback, "C01", is_past))
    assert GapCause.DISK in {shown.cause for shown in seen if isinstance(shown, Nothing)}
    pictures = [shown for shown in seen if isinstance(shown, Shown)]
    for shown in pictures:
        assert number_of(shown) == round((shown.at - EVENING).total_seconds() * 10)
    other_side = [each for each in pictures if (each.at >= EVENING + seconds(8)) == (speed > 0)]
    assert other_side
    archive.footage.close()


@pytest.mark.parametrize("harm", HARM)
def test_a_seek_into_damage_says_so(
    whole: Path, tmp_path: Path, opens: OPENS, harm: Callable[[Path], None]
) -> None:
    recordings = tmp_path / "recordings"
    shutil.copytree(whole, recordings)
    archive = Archive(recordings)
    harm(sorted(recordings.rglob("*.mp4"))[1])
    playback = opens(archive.footage)
    causes = set()
    for tenth in range(41, 80, 3):
        playback.seek(EVENING + timedelta(seconds=tenth / 10))
        until(lambda: playback.state == PlaybackState.PAUSED)
        shown = playback.newest("C01")
        if isinstance(shown, Nothing):
            causes.add(shown.cause)
        else:
            assert number_of(shown) == tenth
    assert causes == {GapCause.DISK}
    archive.footage.close()


def test_a_camera_that_changes_size_and_codec_plays_on(tmp_path: Path, opens: OPENS) -> None:
    with Archive(tmp_path) as archive:
        large = ClipForm(2.0, 10, SMALL._replace(width_px=640, height_px=360), first=20)
        archive.record("C01", EVENING, numbered(0, seconds=2.0))
        archive.record("C01", EVENING + seconds(2), large)
        archive.record("C01", EVENING + seconds(4), numbered(40, seconds=2.0, codec="libx265"))
        clock = hand_clock()
        playback = opens(archive.footage, clock=clock)
        playback.seek(EVENING + seconds(1.05))
        widths = set()
        for _ in range(44):
            numbers = walk(playback, clock, 2, 1)
            shown = playback.newest("C01")
            assert isinstance(shown, Shown)
            assert shown.size == SMALL
            widths.add(shown.source_size.width_px)
        assert widths == {320, 640}
        assert numbers[-1] >= 52
        playback.pause()
        playback.step(-1)
        until(lambda: playback.state == PlaybackState.PAUSED)
        playback.stop()


def test_main_that_is_missing_is_replaced_by_the_sub_stream(tmp_path: Path, opens: OPENS) -> None:
    with Archive(tmp_path) as archive:
        archive.record("C01", EVENING, numbered(0))
        archive.record("C01", EVENING + seconds(6), numbered(60))
        small = ClipForm(10.0, 5, gop=10)
        archive.record("C01", EVENING, small, stream=StreamKind.SUB)
        playback = opens(archive.footage)
        playback.seek(EVENING + seconds(5.1))
        until(lambda: shows(playback, 25))
        assert getattr(playback.newest("C01"), "stream", None) is StreamKind.SUB
        playback.play(2)
        until(lambda: getattr(playback.newest("C01"), "stream", None) is StreamKind.MAIN)
        assert playback.position < EVENING + seconds(7.5)
        playback.stop()
