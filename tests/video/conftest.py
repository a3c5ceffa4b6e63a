"""Cameras that tests may use, gone when the test is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.video.cameras import RealCamera, ScriptedCamera, make_clip


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short H.264 clip, 640×360 at 15 pictures a second."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    make_clip(path)
    return path


@pytest.fixture
def real_camera(clip: Path) -> Iterator[RealCamera]:
    """A running camera."""
    camera = RealCamera(clip)
    camera.start()
    yield camera
    camera.drop()


@pytest.fixture
def scripted_camera() -> Iterator[Callable[[Callable[[str], bytes | None]], ScriptedCamera]]:
    """Makes cameras that answer as told."""
    cameras: list[ScriptedCamera] = []

    def make(reply: Callable[[str], bytes | None]) -> ScriptedCamera:
        cameras.append(ScriptedCamera(reply))
        return cameras[-1]

    yield make
    for camera in cameras:
        camera.close()
