"""A drawing process draws what the thread draws, and the map goes on without it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from app.geo.ground_pictures import GroundPicture, Trouble, find_pictures
from app.map.apart import handle as handle_module
from app.map.apart import process as process_module
from app.map.apart.handle import ChildMain
from app.map.apart.process import DrawingProcess
from app.map.picture import Picture, PictureKind
from app.map.picture_worker import PictureWorker
from tests.geo import pictures as made
from tests.leftovers import Leftovers
from tests.map.apart import children
from tests.map.apart.requests import request, scene, town
from tests.map.conftest import CENTRE

ROOT = Path(__file__).resolve().parents[3]
LONG_S = 30.0


class Inbox:
    """Takes pictures as the window does."""

    def __init__(self) -> None:
        self.pictures: list[Picture] = []
        self.gone = threading.Event()

    def last(self, number: int) -> list[Picture]:
        """The newest so many, once there are as many."""
        assert wait_for(lambda: len(self.pictures) >= number)
        return self.pictures[-number:]


def wait_for(done: Callable[[], object]) -> bool:
    """Whether it was so in good time."""
    tick = threading.Event()
    return any(done() or tick.wait(0.01) for _ in range(int(LONG_S / 0.01)))


Begin = Callable[..., tuple[DrawingProcess, Inbox]]


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Starts a drawing process; it is ended after the test."""
    begun: list[DrawingProcess] = []

    def start(main: ChildMain | None = None) -> tuple[DrawingProcess, Inbox]:
        inbox = Inbox()
        process = DrawingProcess(inbox.pictures.append, inbox.gone.set, main)
        begun.append(process)
        process.start()
        return process, inbox

    yield start
    for process in begun:
        assert process.stop(3.0)


def pixels(image: QImage) -> np.ndarray:
    plain = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    lines = np.frombuffer(plain.constBits(), np.uint8).reshape(image.height(), -1)
    return lines[:, : image.width() * 4].copy()


def ground_pictures(folder: Path) -> tuple[GroundPicture, ...]:
    """Tiles of two zooms, and one that says nonsense."""
    tiles = {}
    for zoom in (14, 17):
        column, row = made.tile_round(zoom, CENTRE.lon_deg, CENTRE.lat_deg)
        tiles[zoom, column, row] = made.quarters(made.RED, made.GREEN, made.BLUE, made.YELLOW)
        tiles[zoom, column + 1, row] = made.huge()
    made.write_mbtiles(folder / "town.mbtiles", tiles)
    found, errors = find_pictures(folder)
    assert errors == ()
    return found


def test_it_draws_byte_for_byte_what_the_thread_draws(begin: Begin, tmp_path: Path) -> None:
    shown, ground = scene(), town(ground_pictures(tmp_path))
    process, inbox = begin()
    assert not process.ask(request(1.0, shown, ground))  # until it is ready another draws
    assert wait_for(lambda: process.is_ready)
    here: list[Picture] = []
    worker = PictureWorker(here.append)
    worker.start()
    for px_per_m, dpr in ((1.0, 1.0), (0.25, 1.0), (2.5, 1.25), (1.0, 1.0)):
        here.clear()
        inbox.pictures.clear()
        assert process.ask(request(px_per_m, shown, ground, dpr))
        there = inbox.last(4)
        worker.ask(request(px_per_m, shown, ground, dpr))
        assert wait_for(lambda: len(here) == 4)
        for ours, theirs in zip(here, there, strict=True):
            assert (ours.kind, ours.version, ours.frame) == (
                theirs.kind,
                theirs.version,
                theirs.frame,
            )
            assert ours.is_first is theirs.is_first
            assert np.array_equal(pixels(ours.image), pixels(theirs.image)), (px_per_m, ours.kind)
            assert list(ours.clusters) == list(theirs.clusters)
            assert len(ours.names) == len(theirs.names)
            for one, other in zip(ours.names, theirs.names, strict=True):
                assert (one.text, one.x_m, one.y_m) == (other.text, other.x_m, other.y_m)
                assert one.boxes == other.boxes
                assert np.array_equal(pixels(one.image), pixels(other.image)), one.text
        assert {ours.kind for ours in here} == set(PictureKind)
        assert any(ours.names for ours in here)
    threads = Path(f"/proc/{process.pid}/task").glob("*/comm")
    assert not [one for one in threads if "pooled" in one.read_text()], "Qt's pool stays away"
    told = [theirs.troubles for theirs in there if theirs.troubles]
    assert told == [(("town.mbtiles", Trouble.DAMAGED),)]
    assert worker.stop(2.0)


def test_one_that_is_killed_is_told_of_and_replaced(
    begin: Begin, expected_log: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_log("drawing process is gone")
    monkeypatch.setattr(process_module, "AGAIN_S", 0.01)
    shown, ground = scene(), town()
    process, inbox = begin()
    process.ask(request(1.0, shown, ground))
    assert wait_for(lambda: process.is_ready)
    process.ask(request(2.0, shown, ground))
    before = pixels(inbox.last(4)[-1].image)
    killed = process.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    assert inbox.gone.wait(LONG_S)
    assert not process.ask(request(2.0, shown, ground))
    assert np.array_equal(pixels(inbox.pictures[-1].image), before)  # what was shown stays
    assert wait_for(lambda: process.is_ready and process.pid != killed)
    inbox.pictures.clear()
    assert process.ask(request(2.0, shown, ground))
    assert np.array_equal(pixels(inbox.last(4)[-1].image), before)


@pytest.mark.parametrize(
    ("main", "why"),
    [
        (children.hangs, "does not answer"),
        (children.dies, "1 ended"),
        (children.babbles, "makes no sense"),
    ],
)
def test_one_that_behaves_badly_is_given_up_and_in_the_end_for_good(
    begin: Begin,
    expected_log: Callable[[str], None],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    main: ChildMain,
    why: str,
) -> None:
    expected_log("drawing process")
    monkeypatch.setattr(handle_module, "SILENT_WITH_NEW_GROUND_S", 0.3)
    monkeypatch.setattr(process_module, "AGAIN_S", 0.01)
    monkeypatch.setattr(process_module, "_LOOK_S", 0.1)
    monkeypatch.setattr(process_module, "MOST_YOUNG", 1)
    process, inbox = begin(main)
    asked = request(1.0, scene(3), town())
    assert not process.ask(asked)
    assert inbox.gone.wait(LONG_S)
    assert wait_for(lambda: "goes on without a drawing process" in caplog.text)
    assert why in caplog.text
    assert not process.ask(asked)
    assert inbox.pictures == []


def test_without_memory_for_pictures_the_thread_goes_on(
    begin: Begin,
    expected_log: Callable[[str], None],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected_log("drawing process")

    def full(self: object, start: int, length: int) -> bool:
        return False

    monkeypatch.setattr("app.map.apart.sheets.SharedMemory.reserve", full)
    monkeypatch.setattr(process_module, "MOST_YOUNG", 1)
    process, inbox = begin(children.hangs)
    process.ask(request(1.0, scene(3), town()))
    assert inbox.gone.wait(LONG_S)
    assert wait_for(lambda: "goes on without" in caplog.text)
    assert "no shared memory" in caplog.text


def test_it_ends_while_it_is_still_beginning(begin: Begin) -> None:
    process, _inbox = begin()
    assert process.stop(3.0)
    assert process.pid is None


def test_with_a_killed_console_it_ends_and_no_memory_is_left() -> None:
    before = Leftovers.now()
    console = subprocess.Popen(
        [sys.executable, "-m", "tests.map.apart.children"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert console.stdout is not None
    assert console.stdin is not None
    pid = int(console.stdout.readline())
    assert not list(Path("/dev/shm").glob(f"ssz-{console.pid}-*")), "its names are gone already"
    console.kill()
    console.wait()
    console.stdout.close()
    console.stdin.close()
    assert wait_for(lambda: not Path(f"/proc/{pid}").exists())
    assert Leftovers.since(before, wait_s=3.0) == []
