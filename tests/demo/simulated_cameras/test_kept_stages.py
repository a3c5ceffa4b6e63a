"""A background that was kept is the one that was drawn; a spoilt file is only drawn again."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.demo.simulated_cameras.scenes.kept_stages import KeptStages
from app.demo.simulated_cameras.scenes.scene import DrawnScene
from app.demo.simulated_cameras.spec import Light, Scene, SceneContent, StreamSize

NIGHT = SceneContent(Scene.ALLEY, Light.NIGHT)
SIZE = StreamSize(160, 90, 10)
AT_S = 1.8e9


def test_the_next_start_shows_the_same_picture_without_drawing_its_background(
    tmp_path: Path,
) -> None:
    drawn = DrawnScene(NIGHT, SIZE, KeptStages(tmp_path)).picture(AT_S)
    (kept,) = tmp_path.iterdir()
    made_ns = kept.stat().st_mtime_ns
    again = DrawnScene(NIGHT, SIZE, KeptStages(tmp_path)).picture(AT_S)
    assert np.array_equal(again, drawn)
    assert kept.stat().st_mtime_ns == made_ns


def test_day_and_another_size_are_other_backgrounds(tmp_path: Path) -> None:
    kept = KeptStages(tmp_path)
    DrawnScene(NIGHT, SIZE, kept).picture(AT_S)
    DrawnScene(SceneContent(Scene.ALLEY, Light.DAY), SIZE, kept).picture(AT_S)
    DrawnScene(NIGHT, StreamSize(176, 90, 10), kept).picture(AT_S)
    assert len(list(tmp_path.iterdir())) == 3


def test_a_spoilt_file_is_drawn_again(tmp_path: Path) -> None:
    drawn = DrawnScene(NIGHT, SIZE, KeptStages(tmp_path)).picture(AT_S)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:999])
    assert np.array_equal(DrawnScene(NIGHT, SIZE, KeptStages(tmp_path)).picture(AT_S), drawn)


def test_a_full_or_forbidden_disk_is_no_reason_to_show_nothing(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    DrawnScene(NIGHT, SIZE, KeptStages(in_the_way)).picture(AT_S)
