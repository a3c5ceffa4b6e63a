"""The eight cameras of the demo station, as they are simulated. Invented; no cv2, no av."""

from __future__ import annotations

from dataclasses import replace

from app.demo.simulated_cameras.spec import (
    SUB_SIZE,
    CameraSpec,
    Content,
    Light,
    Scene,
    SceneContent,
)

_PLACES: tuple[tuple[str, SceneContent], ...] = (
    ("ตลาดอินโดจีน ประตู 3", SceneContent(Scene.MARKET)),
    ("ถ.สำราญชายโขง ตึกแถว", SceneContent(Scene.STREET)),
    ("ริมโขง จุดชมวิว", SceneContent(Scene.RIVERSIDE)),
    ("แยกสองนางสถิตย์", SceneContent(Scene.JUNCTION)),
    ("วัดศรีมงคลใต้", SceneContent(Scene.TEMPLE)),
    ("ท่าเรือข้ามฟาก", SceneContent(Scene.PIER)),
    ("หลังศูนย์ราชการ ซอย 2", SceneContent(Scene.ALLEY)),
    ("ศูนย์ราชการ ประตูหน้า", SceneContent(Scene.GOVERNMENT_CENTRE)),
)


def sample_cameras(
    count: int = len(_PLACES),
    *,
    light: Light = Light.LOCAL,
    content: Content | None = None,
    sub_fps: int | None = None,
) -> tuple[CameraSpec, ...]:
    """`count` cameras `C01`, `C02`, …; the places repeat, seen differently, after the eighth.

    `content` replaces the scenes (stamps or a clip), `sub_fps` the rate of the sub streams.
    """
    sub = SUB_SIZE if sub_fps is None else replace(SUB_SIZE, fps=sub_fps)
    cameras = []
    for number in range(count):
        name_th, scene = _PLACES[number % len(_PLACES)]
        seen = replace(scene, light=light, variant=number // len(_PLACES))
        cameras.append(CameraSpec(f"C{number + 1:02d}", name_th, content or seen, sub=sub))
    return tuple(cameras)
