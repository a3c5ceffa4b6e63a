"""A fleet of small stamp cameras, one process for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.demo.simulated_cameras import (
    CameraSpec,
    Login,
    Scene,
    SceneContent,
    SimulatedFleet,
    StampContent,
    StreamSize,
)

SMALL = StreamSize(320, 180, 20)
PASSWORD = "ก:@/%ล ับ"
PLAIN_PASSWORD = "plain-1"  # for clients that do not decode the password in a URL


def stamp_camera(camera_id: str, **more: object) -> CameraSpec:
    return CameraSpec(camera_id, "กล้องทดสอบ", StampContent(), SMALL, SMALL, **more)  # type: ignore[arg-type]


SPECS = (
    stamp_camera("C01"),
    stamp_camera("C02"),
    stamp_camera("C03", clock_offset_s=-37.5),
    stamp_camera("C04", waits_for_keyframe=True, keyframe_every_s=0.5),
    stamp_camera("C05", login=Login.DIGEST, username="admin", password=PASSWORD),
    stamp_camera("C06", login=Login.BASIC, username="admin", password=PASSWORD),
    stamp_camera("C08", login=Login.DIGEST, username="admin", password=PLAIN_PASSWORD),
    CameraSpec("C07", "ท่าเรือ", SceneContent(Scene.PIER), SMALL, SMALL),
)


@pytest.fixture(scope="session")
def shared_fleet() -> Iterator[SimulatedFleet]:
    fleet = SimulatedFleet(SPECS)
    fleet.start()
    yield fleet
    assert fleet.stop(), "the cameras' process had to be killed"


@pytest.fixture
def fleet(shared_fleet: SimulatedFleet) -> Iterator[SimulatedFleet]:
    """The shared fleet, healthy again after each test."""
    yield shared_fleet
    for spec in SPECS:
        shared_fleet.heal(spec.camera_id)
