"""What the recorder writes stands in the station's log soon after, whole and once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cameras.connection import CameraLost
from app.clock import ScriptedClock
from app.errors import KnownError
from app.log import Log
from app.video.archive.recorder_news import RecorderNews
from tests.station_log import MORNING, PROGRAM, a_station_log


class Troubles:
    """What was told, and whether anything was."""

    def __init__(self) -> None:
        self.said: list[KnownError] = []
        self.came = threading.Event()

    def __call__(self, error: KnownError) -> None:
        self.said.append(error)
        self.came.set()


def an_index(path: Path, origin: str = "recorder-1") -> Log:
    path.parent.mkdir(exist_ok=True)
    log = Log(path, origin=origin, views=(), clock=ScriptedClock(MORNING))
    log.open()
    return log


def lost(camera_id: str) -> CameraLost:
    return CameraLost(camera_id, "ไฟดับ", None)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Log]:
    with a_station_log(tmp_path) as log:
        yield log


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "recordings" / "index.db"


@pytest.fixture
def troubles() -> Troubles:
    return Troubles()


@pytest.fixture
def news(index: Path, station: Log, troubles: Troubles) -> Iterator[RecorderNews]:
    made = RecorderNews(index, station, troubles)
    yield made
    made.stop()


def test_before_there_is_a_recorder_there_is_no_news(news: RecorderNews, index: Path) -> None:
    assert news.look() == 0
    an_index(index).close()
    assert news.look() == 0  # made, and nothing in it yet


def test_each_entry_comes_once(news: RecorderNews, index: Path, station: Log) -> None:
    recorder = an_index(index)
    recorder.append(lost("C01"), lost("C02"), actor=PROGRAM).result()
    assert news.look() == 2
    assert news.look() == 0
    recorder.append(lost("C03"), actor=PROGRAM).result()
    assert news.look() == 1
    recorder.close()
    assert station.head("recorder-1").n == 3


def test_a_console_that_starts_goes_on_where_the_last_one_was(
    news: RecorderNews, index: Path, station: Log, troubles: Troubles
) -> None:
    recorder = an_index(index)
    recorder.append(lost("C01"), actor=PROGRAM).result()
    news.look()
    recorder.append(lost("C02"), actor=PROGRAM).result()
    recorder.close()
    later = RecorderNews(index, station, troubles)
    assert later.look() == 1
    later.stop()


def test_a_new_index_is_another_chain(news: RecorderNews, index: Path, station: Log) -> None:
    first = an_index(index)
    first.append(lost("C01"), actor=PROGRAM).result()
    news.look()
    first.close()
    for name in list(index.parent.iterdir()):
        name.unlink()
    second = an_index(index, "recorder-2")
    second.append(lost("C01"), actor=PROGRAM).result()
    second.close()
    again = RecorderNews(index, station, Troubles())
    assert again.look() == 1
    again.stop()
    assert (station.head("recorder-1").n, station.head("recorder-2").n) == (1, 1)


def test_its_thread_brings_them_and_tells_the_screens(
    news: RecorderNews, index: Path, station: Log
) -> None:
    came = threading.Event()
    unsubscribe = station.subscribe(
        lambda changed: came.set() if "camera_lost" in changed.kinds else None
    )
    news.start()
    recorder = an_index(index)
    recorder.append(lost("C01"), actor=PROGRAM).result()
    assert came.wait(5)
    unsubscribe()
    recorder.close()


def test_an_index_that_was_set_back_is_said(news: RecorderNews, index: Path, station: Log) -> None:
    recorder = an_index(index)
    recorder.append(lost("C01"), lost("C02"), actor=PROGRAM).result()
    recorder.close()
    news.look()
    for name in list(index.parent.iterdir()):
        name.unlink()
    older = an_index(index)
    older.append(lost("C01"), actor=PROGRAM).result()
    older.close()
    again = RecorderNews(index, station, Troubles())
    with pytest.raises(KnownError, match="older than"):
        again.look()
    again.stop()


@pytest.mark.expected_log("could not be taken in")
def test_a_file_that_is_no_index_is_said_once_and_does_no_harm(
    news: RecorderNews, index: Path, station: Log, troubles: Troubles
) -> None:
    index.parent.mkdir()
    index.write_bytes(b"not a database at all" * 400)
    news.start()
    assert troubles.came.wait(5)
    news.stop()
    assert len(troubles.said) == 1
    assert station.count() == 0


def test_a_chain_that_was_written_anew_is_refused(
    news: RecorderNews, index: Path, station: Log, tmp_path: Path
) -> None:
    recorder = an_index(index)
    recorder.append(lost("C01"), actor=PROGRAM).result()
    news.look()
    recorder.close()
    forged = an_index(tmp_path / "forged" / "index.db")
    forged.append(lost("C09"), lost("C08"), actor=PROGRAM).result()
    forged.close()
    for name in list(index.parent.iterdir()):
        name.unlink()
    index.write_bytes((tmp_path / "forged" / "index.db").read_bytes())
    again = RecorderNews(index, station, Troubles())
    with pytest.raises(KnownError, match="continue its chain"):
        again.look()
    again.stop()
    assert station.head("recorder-1").n == 1
