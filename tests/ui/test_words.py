"""Tile, map and header say the same of a camera."""

from __future__ import annotations

import pytest

from app.map.marks import CameraLook
from app.ui.wall.tile_words import words_for
from app.ui.words import camera_look, counts_as_well
from app.video.health import CameraState, Health

NOW_S = 100.0
MARK_OF = {
    CameraLook.LIVE: ("dot", "loader-circle"),  # a hidden camera stands by: no tile says so
    CameraLook.LATE: ("triangle-alert",),
    CameraLook.LOST: ("x",),
    CameraLook.PASSWORD: ("key-round",),
    CameraLook.CONNECTING: ("loader-circle",),
}


@pytest.mark.parametrize("state", CameraState)
@pytest.mark.parametrize("age_s", [None, 0.2, 2.0, 57.0])
def test_the_map_never_calls_lost_what_its_tile_calls_connecting(
    state: CameraState, age_s: float | None
) -> None:
    last_s = None if age_s is None else NOW_S - age_s
    health = Health("C01", state, last_picture_s=last_s)
    if state is CameraState.LIVE and age_s is None:
        pytest.skip("a camera is live only with a picture")
    look, words = camera_look(health, NOW_S), words_for(health, NOW_S)
    assert words.mark in MARK_OF[look], (look, words)


def test_a_camera_shown_again_is_counted_while_it_connects_and_a_new_one_is_not() -> None:
    again = Health("C01", CameraState.CONNECTING, last_picture_s=NOW_S - 57)
    new = Health("C01", CameraState.CONNECTING)
    lost = Health("C01", CameraState.LOST, last_picture_s=NOW_S - 57)
    counted = [counts_as_well(health, NOW_S) for health in (again, new, lost)]
    assert counted == [True, False, False]
