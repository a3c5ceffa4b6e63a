"""Still pictures at full size, and the small ones under the pointer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cameras.camera import StreamKind
from app.errors import KnownError
from app.video.archive.index_reading import IndexedFootage
from app.video.picture import Size
from app.video.playback.still import still_picture
from app.video.playback.thumbnails import Thumbnails
from tests.video.archive.material import EVENING, SMALL, Archive
from tests.video.playback.test_playing_on import LEFT_HALF, is_masked
from tests.video.playback.watching import EveningClock, number_of, numbered, seconds, until

UNDER_POINTER = Size(160, 90)


@pytest.fixture
def thumbnails(footage: IndexedFootage) -> Iterator[Thumbnails]:
    thumbnails = Thumbnails(footage, EveningClock())
    thumbnails.start()
    yield thumbnails
    assert thumbnails.stop()


def test_a_still_is_the_exact_frame_at_full_size(footage: IndexedFootage) -> None:
    for number in (0, 19, 20, 39, 40, 77, 159):
        shown = still_picture(footage, "C02", EVENING + seconds((number + 0.4) / 10))
        assert number_of(shown) == number
        assert shown.size == shown.source_size == SMALL
        assert shown.is_exact
        assert shown.at == EVENING + seconds(number / 10)


def test_a_still_has_its_masks_and_may_be_of_the_sub_stream(footage: IndexedFootage) -> None:
    at = EVENING + seconds(3.1)
    assert is_masked(still_picture(footage, "C01", at, masks=(LEFT_HALF,)))
    assert number_of(still_picture(footage, "C01", at, StreamKind.SUB)) == 15


def test_no_still_where_nothing_is_or_nothing_can_be_read(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.record("C01", EVENING, numbered(0))
        with pytest.raises(KnownError, match="no footage"):
            still_picture(archive.footage, "C01", EVENING - seconds(1))
        for path in tmp_path.rglob("*.mp4"):
            path.write_bytes(b"")
        with pytest.raises(KnownError, match="cannot be read"):
            still_picture(archive.footage, "C01", EVENING + seconds(1))


def test_a_thumbnail_is_the_keyframe_of_the_place(thumbnails: Thumbnails) -> None:
    thumbnails.ask("C01", EVENING + seconds(11.0), UNDER_POINTER)
    until(lambda: thumbnails.newest() is not None)
    shown = thumbnails.newest()
    assert number_of(shown) == 50  # of the sub stream: 5 a second, a keyframe every ten
    assert shown is not None
    assert shown.size == UNDER_POINTER


def test_the_latest_wish_wins_and_another_camera_shows_nothing_of_the_first(
    thumbnails: Thumbnails,
) -> None:
    for offset in range(15):
        thumbnails.ask("C01", EVENING + seconds(offset), UNDER_POINTER)
    until(lambda: thumbnails.newest() is not None and number_of(thumbnails.newest()) == 70)
    thumbnails.ask("C03", EVENING + seconds(4), UNDER_POINTER)
    shown = thumbnails.newest()
    assert shown is None or shown.camera_id == "C03"
    until(lambda: thumbnails.newest() is not None and number_of(thumbnails.newest()) == 20)


def test_no_thumbnail_where_there_is_no_footage(thumbnails: Thumbnails) -> None:
    thumbnails.ask("C01", EVENING + seconds(4), UNDER_POINTER)
    until(lambda: thumbnails.newest() is not None)
    thumbnails.ask("C01", EVENING + seconds(900), UNDER_POINTER)
    until(lambda: thumbnails.newest() is None)


def test_thumbnails_are_masked_at_once(thumbnails: Thumbnails) -> None:
    thumbnails.ask("C01", EVENING + seconds(4), UNDER_POINTER)
    until(lambda: thumbnails.newest() is not None)
    assert not is_masked(thumbnails.newest())
    thumbnails.set_masks({"C01": (LEFT_HALF,)})
    assert thumbnails.newest() is None or is_masked(thumbnails.newest())
    until(lambda: thumbnails.newest() is not None)
    assert is_masked(thumbnails.newest())
