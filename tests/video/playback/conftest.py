"""An evening of footage for all tests of playback, and a playback that ends with its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.cameras.camera import StreamKind
from app.video.archive.footage import Footage
from app.video.archive.index_reading import IndexedFootage
from app.video.playback.playback import Playback
from tests.made_once import made_once
from tests.video.archive.material import EVENING, Archive, ClipForm
from tests.video.playback.watching import FPS, TILE, EveningClock, numbered, seconds

SEGMENTS = 4
SEGMENT_S = 4.0
OPENS = Callable[..., Playback]


@pytest.fixture(scope="session")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """16 s of C01 to C04, numbers going on from segment to segment, main and sub."""
    return made_once(tmp_path_factory, "evening", _record)


def _record(recordings: Path) -> None:
    with Archive(recordings) as archive:
        for camera in range(1, 5):
            for segment in range(SEGMENTS):
                begins = EVENING + seconds(segment * SEGMENT_S)
                form = numbered(segment * round(SEGMENT_S * FPS), seconds=SEGMENT_S, seed=camera)
                archive.record(f"C{camera:02d}", begins, form)
                small = ClipForm(SEGMENT_S, 5, gop=10, first=segment * round(SEGMENT_S * 5))
                archive.record(f"C{camera:02d}", begins, small, stream=StreamKind.SUB)


@pytest.fixture
def footage(evening: Path) -> Iterator[IndexedFootage]:
    """What the index says of that evening."""
    footage = IndexedFootage(evening)
    yield footage
    footage.close()


@pytest.fixture
def opens() -> Iterator[OPENS]:
    """Makes running playbacks of some footage; they end with the test."""
    made: list[Playback] = []

    def open_(footage: Footage, *cameras: str, **named: object) -> Playback:
        playback = Playback(footage, named.pop("clock", EveningClock()), **named)  # type: ignore[arg-type]
        made.append(playback)
        playback.show(dict.fromkeys(cameras or ("C01",), TILE))
        playback.start()
        return playback

    yield open_
    assert [playback.stop(5.0) for playback in made] == [()] * len(made)


@pytest.fixture
def playback(opens: OPENS, footage: IndexedFootage) -> Playback:
    """One camera's, paused."""
    return opens(footage)
