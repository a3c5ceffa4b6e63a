"""The drawn places: different from one another, by day and night, alive, and lettered in Thai."""

from __future__ import annotations

from itertools import combinations

import cv2
import numpy as np
import pytest

from app.demo.simulated_cameras.lettering import lettering, stacked
from app.demo.simulated_cameras.on_screen_display import camera_clock_text
from app.demo.simulated_cameras.scene_picture import ScenePainter
from app.demo.simulated_cameras.scenes.scene import DrawnScene, is_night
from app.demo.simulated_cameras.spec import Light, Scene, SceneContent, StreamSize

SMALL = StreamSize(320, 180, 12)
AT_S = 1_795_319_191.0  # 22 November 2569, 10:46:31 in Mukdahan


def seen(content: SceneContent, at_s: float = AT_S, size: StreamSize = SMALL) -> np.ndarray:
    return DrawnScene(content, size).picture(at_s).copy()


def difference(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one.astype(float) - other).mean())


@pytest.fixture(scope="module")
def days() -> dict[Scene, np.ndarray]:
    return {scene: seen(SceneContent(scene, Light.DAY)) for scene in Scene}


def test_no_two_places_look_alike(days: dict[Scene, np.ndarray]) -> None:
    for one, other in combinations(Scene, 2):
        assert difference(days[one], days[other]) > 15


@pytest.mark.parametrize("scene", list(Scene))
def test_night_is_dark_with_lamps_and_day_is_bright(
    scene: Scene, days: dict[Scene, np.ndarray]
) -> None:
    night = seen(SceneContent(scene, Light.NIGHT))
    assert night.mean() < 0.7 * days[scene].mean()
    assert (night.max(axis=2) > 200).sum() > 20


@pytest.mark.parametrize("scene", list(Scene))
def test_somebody_moves_in_every_place(scene: Scene) -> None:
    drawn = DrawnScene(SceneContent(scene, Light.DAY), SMALL)
    first = drawn.picture(AT_S).copy()
    assert any(difference(first, drawn.picture(AT_S + s)) > 0.01 for s in (1, 5, 15))


def test_main_and_sub_stream_show_the_same_people_at_the_same_spots() -> None:
    content = SceneContent(Scene.MARKET, Light.DAY)
    sub, main = seen(content), seen(content, size=StreamSize(640, 360, 12))
    shrunk = cv2.resize(main, (320, 180), interpolation=cv2.INTER_AREA)
    assert difference(sub, np.asarray(shrunk)) < 8


def test_variants_of_a_place_and_rain_look_different() -> None:
    plain = seen(SceneContent(Scene.STREET, Light.DAY))
    assert difference(plain, seen(SceneContent(Scene.STREET, Light.DAY, variant=1))) > 8
    assert difference(plain, seen(SceneContent(Scene.STREET, Light.DAY, rain=True))) > 8


@pytest.mark.parametrize(
    ("hour", "night"), [(0, True), (5, True), (6, False), (17, False), (18, True)]
)
def test_lamps_go_by_the_hour_in_mukdahan(hour: int, night: bool) -> None:
    midnight_s = AT_S - (10 * 3600 + 46 * 60 + 31)
    assert is_night(Light.LOCAL, midnight_s + hour * 3600 + 1800) is night
    assert is_night(Light.NIGHT, midnight_s + 12 * 3600)
    assert not is_night(Light.DAY, midnight_s)


def test_the_burnt_in_clock_is_the_cameras_own_in_the_buddhist_era() -> None:
    assert camera_clock_text(AT_S) == "22 พ.ย. 2569 10:46:31"
    content = SceneContent(Scene.ALLEY, Light.DAY)
    right = ScenePainter(content, SMALL, "ซอย", 0.0).paint(0, AT_S).copy()
    wrong = ScenePainter(content, SMALL, "ซอย", 3600.0).paint(0, AT_S)
    changed = np.argwhere(right[:180] != wrong[:180])
    assert len(changed)
    assert changed[:, 0].max() < 30  # only the clock at the top differs


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("ที่", [("ที", "่")]),
        ("น้ำ", [("นํ", "้"), ("า", "")]),
        ("ท่า", [("ท่า", "")]),
        ("ซื้อ", [("ซื", "้"), ("อ", "")]),
        ("C01", [("C01", "")]),
    ],
)
def test_tone_marks_stand_above_the_vowel_below_them(
    text: str, runs: list[tuple[str, str]]
) -> None:
    assert stacked(text) == runs


def test_a_tone_mark_above_a_vowel_is_drawn_higher_than_the_vowel_alone() -> None:
    def top(text: str) -> int:
        return int(np.argmax(lettering(text, 60).max(axis=1) > 128))

    assert top("ที่") < top("ที") - 3
    assert top("ดื่") < top("ดื") - 3
