"""What a camera burns into its picture: name, clock, the mark ตัวอย่าง. Knows no scene."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import cv2
import numpy as np
from numpy.typing import NDArray

from app.demo.simulated_cameras.lettering import lettering
from app.thai.dates import date_time
from app.thai.translation import Language

_SAMPLE_MARK = "ตัวอย่าง"


def camera_clock_text(at_s: float) -> str:
    """`22 พ.ย. 2569 10:46:31`: Unix time `at_s` as a Thai camera shows it."""
    return date_time(datetime.fromtimestamp(at_s, UTC), Language.THAI)


@dataclass(frozen=True, slots=True)
class _Label:
    """Lettering ready to be laid over a picture: white with a dark rim."""

    x: int
    y: int
    keep: NDArray[np.uint8]  # (h, w, 3): how much of the picture stays, of 255
    ink: NDArray[np.uint8]  # (h, w, 3): what is added

    def burn_into(self, picture: NDArray[np.uint8]) -> None:
        height, width = self.keep.shape[:2]
        area = picture[self.y : self.y + height, self.x : self.x + width]
        cv2.multiply(area, self.keep, dst=area, scale=1 / 255)
        cv2.add(area, self.ink, dst=area)


class OnScreenDisplay:
    """Name at the bottom left, clock at the top left, mark at the bottom right."""

    def __init__(self, name_th: str, width_px: int, height_px: int) -> None:
        self._width, self._height = width_px, height_px
        self._letter_px = max(11.0, height_px / 22)
        self._margin = round(height_px / 40)
        self._fixed = [
            self._label(name_th, left=True, top=False),
            self._label(_SAMPLE_MARK, left=False, top=False),
        ]
        self._clock_s = -1
        self._clock = self._label("0", left=True, top=True)

    def burn_into(self, picture: NDArray[np.uint8], at_s: float) -> None:
        """Lay name, clock and mark over a BGR picture, in place."""
        if int(at_s) != self._clock_s:  # lettering is drawn once a second only
            self._clock_s = int(at_s)
            self._clock = self._label(camera_clock_text(at_s), left=True, top=True)
        for label in (*self._fixed, self._clock):
            label.burn_into(picture)

    def _label(self, text: str, *, left: bool, top: bool) -> _Label:
        ink = cv2.copyMakeBorder(
            lettering(text, self._letter_px, 500), 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=0
        )[:, : self._width - 2 * self._margin]
        rim = cv2.GaussianBlur(cv2.dilate(ink, np.ones((3, 3), np.uint8)), (0, 0), 1.0)
        alpha = ink.astype(np.float32)[:, :, None] / 255
        shade = rim.astype(np.float32)[:, :, None] / 255 * 0.7
        height, width = ink.shape
        x = self._margin if left else self._width - self._margin - width
        y = 0 if top else self._height - height
        keep, white = 255 * (1 - shade) * (1 - alpha), alpha * 238
        return _Label(x, y, _three_channels(keep), _three_channels(white))


def _three_channels(values: NDArray[np.floating]) -> NDArray[np.uint8]:
    return np.repeat(values.round().astype(np.uint8), 3, axis=2)
