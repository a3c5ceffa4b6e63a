"""The drawing thread draws what was asked last, and ends when it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRect

from app.geo.basemap import Basemap, Features, GroundKind
from app.map import NIGHT, picture_worker
from app.map.frame import Frame
from app.map.ground import Ground, GroundLoader
from app.map.picture import Picture, PictureKind, PictureRequest
from app.map.picture_worker import PictureWorker
from app.map.scene import EMPTY_SCENE
from app.map.scene_layout import lay_out_scene
from tests.map.oracle import as_shapes, square

BOTH = ((PictureKind.GROUND, 1), (PictureKind.SCENE, 1))


def request(
    px_per_m: float, version: int = 1, load: Callable[[], Ground | None] = lambda: None
) -> PictureRequest:
    versions = tuple((kind, version) for kind, _ in BOTH)
    frame = Frame(0, 0, px_per_m, 400, 300)
    return PictureRequest(frame, EMPTY_SCENE, NIGHT, load, versions)


class Inbox:
    """Takes pictures as the window does."""

    def __init__(self) -> None:
        self.pictures: list[Picture] = []
        self.complete = threading.Event()
        self.last_version = 1

    def __call__(self, picture: Picture) -> None:
        self.pictures.append(picture)
        if picture.version == self.last_version and picture.kind is PictureKind.SCENE:
            self.complete.set()


def test_both_pictures_arrive_the_ground_first() -> None:
    inbox = Inbox()
    worker = PictureWorker(inbox)
    worker.ask(request(1.0))
    worker.start()
    assert inbox.complete.wait(5)
    assert worker.stop(2.0)
    assert [picture.kind for picture in inbox.pictures] == [PictureKind.GROUND, PictureKind.SCENE]


def test_what_is_looked_at_is_sharp_in_both_before_anything_around_it_is_drawn() -> None:
    inbox = Inbox()
    seen = QRect(100, 72, 200, 160)
    worker = PictureWorker(inbox)
    worker.ask(replace(request(1.0), first_px=seen))
    worker.start()
    assert wait_for(lambda: len(inbox.pictures) == 4)
    assert worker.stop(2.0)
    kinds = [picture.kind for picture in inbox.pictures]
    assert kinds == [PictureKind.GROUND, PictureKind.SCENE] * 2
    sizes = [(one.image.width(), one.image.height()) for one in inbox.pictures]
    assert sizes == [(200, 160), (200, 160), (400, 300), (400, 300)]


def test_a_ready_picture_waits_for_one_that_comes_soon_and_is_not_lost_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inbox = Inbox()
    begun, go_on = threading.Event(), threading.Event()
    go_on.set()

    def slow(*about: Any) -> Any:
        begun.set()
        assert go_on.wait(5)
        return lay_out_scene(*about)

    monkeypatch.setattr(picture_worker, "TOGETHER_S", 60.0)
    monkeypatch.setattr(picture_worker, "lay_out_scene", slow)
    worker = PictureWorker(inbox)
    worker.start()
    worker.ask(request(1.0, 1))
    assert wait_for(lambda: len(inbox.pictures) == 2)
    begun.clear()
    go_on.clear()
    worker.ask(request(1.0, 2))
    assert begun.wait(5)
    assert len(inbox.pictures) == 2  # the ground of 2 is ready, its scene is not
    worker.ask(request(2.0, 3))
    go_on.set()
    assert wait_for(lambda: len(inbox.pictures) == 5)
    assert worker.stop(2.0)
    shown = [(picture.version, picture.kind.value) for picture in inbox.pictures[2:]]
    assert shown == [(2, "ground"), (3, "ground"), (3, "scene")]


def wait_for(done: Callable[[], bool]) -> bool:
    """Whether it was so within five seconds."""
    tick = threading.Event()
    return any(done() or tick.wait(0.01) for _ in range(500))


def test_of_many_requests_only_the_first_and_the_last_are_drawn() -> None:
    inbox = Inbox()
    inbox.last_version = 9
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> Ground | None:
        begun.set()
        assert go_on.wait(5)
        return None

    worker = PictureWorker(inbox)
    worker.start()
    worker.ask(request(1.0, 1, slow))
    assert begun.wait(5)
    for version in range(2, 10):
        worker.ask(request(1.0, version))
    go_on.set()
    assert inbox.complete.wait(5)
    assert worker.stop(2.0)
    assert [picture.version for picture in inbox.pictures] == [1, 1, 9, 9]


def test_a_picture_of_another_scale_is_given_up_when_a_new_one_is_asked_for() -> None:
    inbox = Inbox()
    inbox.last_version = 2
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> Ground | None:
        begun.set()
        assert go_on.wait(5)
        return None

    worker = PictureWorker(inbox)
    worker.start()
    worker.ask(request(1.0, 1, slow))
    assert begun.wait(5)
    worker.ask(request(2.0, 2))
    go_on.set()
    assert inbox.complete.wait(5)
    assert worker.stop(2.0)
    assert [picture.version for picture in inbox.pictures] == [2, 2]


def test_it_ends_at_once_in_the_middle_of_a_heavy_picture() -> None:
    boxes = as_shapes([square(x * 7.0, y * 7.0, 5) for x in range(-90, 90) for y in range(-90, 90)])
    names = ("",) * len(boxes)
    heavy = Basemap(32648, {GroundKind.BUILDING: Features(names, boxes)})
    loader = GroundLoader(heavy, np.array([0.0, 0.0]))
    loaded = threading.Event()

    def load() -> Ground | None:
        ground = loader()
        loaded.set()
        return ground

    worker = PictureWorker(lambda _picture: None)
    worker.start()
    worker.ask(request(1.0, 1, load))
    assert loaded.wait(10)
    assert worker.stop(1.0)


def test_one_that_hangs_is_told_and_can_be_stopped_later(
    caplog: pytest.LogCaptureFixture, expected_log: Callable[[str], None]
) -> None:
    expected_log("did not end within")
    begun, go_on = threading.Event(), threading.Event()

    def hangs() -> Ground | None:
        begun.set()
        go_on.wait(10)
        return None

    worker = PictureWorker(lambda _picture: None)
    worker.start()
    worker.ask(request(1.0, 1, hangs))
    assert begun.wait(5)
    assert not worker.stop(0.05)
    go_on.set()
    assert worker.stop(2.0)


def test_stopping_what_was_never_started_is_nothing() -> None:
    assert PictureWorker(lambda _picture: None).stop(0.1)


def test_it_draws_again_after_a_rest() -> None:
    inbox = Inbox()
    worker = PictureWorker(inbox)
    for _ in range(2):
        inbox.complete.clear()
        worker.start()
        worker.ask(request(1.0))
        assert inbox.complete.wait(5)
        assert worker.stop(2.0)
