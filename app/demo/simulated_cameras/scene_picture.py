"""A drawn scene as a camera's picture: the scene, then what the camera burns in. Knows no RTSP."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.demo.simulated_cameras.on_screen_display import OnScreenDisplay
from app.demo.simulated_cameras.scenes.scene import DrawnScene
from app.demo.simulated_cameras.spec import SceneContent, StreamSize


class ScenePainter:
    """A painter for `DrawnSource`. The background is drawn at the first picture, not before."""

    def __init__(
        self, content: SceneContent, size: StreamSize, name_th: str, clock_offset_s: float
    ) -> None:
        self._scene = DrawnScene(content, size)
        self._display = OnScreenDisplay(name_th, size.width_px, size.height_px)
        self._clock_offset_s = clock_offset_s
        self._yuv = np.empty((size.height_px * 3 // 2, size.width_px), np.uint8)

    def prepare(self, at_s: float) -> None:
        self._scene.prepare(at_s)

    def paint(self, number: int, at_s: float) -> NDArray[np.uint8]:
        """The scene at Unix time `at_s`, I420. The burnt-in clock is the camera's own."""
        picture = self._scene.picture(at_s)
        self._display.burn_into(picture, at_s + self._clock_offset_s)
        cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420, dst=self._yuv)
        return self._yuv
