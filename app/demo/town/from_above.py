"""An invented picture of the sample town from above, with the file that says where it lies.

Painted, not photographed: ตัวอย่าง ไม่ใช่ภาพถ่ายจริง.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyproj
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from app.demo.town.ground import sample_basemap
from app.demo.town.plan import EPSG, GATE_3, GRID
from app.map.draw_ground import draw_ground
from app.map.frame import Frame
from app.map.ground import build_ground
from app.map.style import MapStyle

NAME = "ภาพมุมสูงตัวอย่าง.png"
ATTRIBUTION = "ตัวอย่าง ไม่ใช่ภาพถ่ายจริง"
_WIDTH_PX, _HEIGHT_PX = 2400, 1800
_PX_PER_M = 1.25
_MIDDLE_M = (-220.0, 20.0)  # from gate 3: the zone, and a strip of the river
_FROM_ABOVE = MapStyle(
    land="#8C8268",
    water="#69726F",
    water_line="#6C7572",
    promenade="#B5AD9E",
    green="#5D6B41",
    building="#A89C8E",
    building_outline="#6A6358",
    landmark_building="#A8694F",
    landmark_outline="#70483A",
    roads=("#77736C", "#77736C", "#7C776E", "#857F73", "#8B8373"),
    road_casing="#6B675D",
    boundary="#8C8268",
)


def write_picture_from_above(folder: Path) -> Path:
    """Write the PNG, its world file and its coordinate system; the PNG's path."""
    east_m, north_m = GRID.point_to_metres(GATE_3)
    origin_m = np.round(np.array([east_m, north_m]))
    frame = Frame(*_MIDDLE_M, _PX_PER_M, _WIDTH_PX, _HEIGHT_PX)
    ground = build_ground(sample_basemap(), origin_m)
    image = draw_ground(frame, ground, _FROM_ABOVE, lambda: None)
    path = folder / NAME
    _weathered(image).save(str(path))
    side_m = 1 / _PX_PER_M
    west_m = origin_m[0] + frame.left_m + side_m / 2
    top_m = origin_m[1] + frame.bottom_m + frame.height_m - side_m / 2
    lines = (side_m, 0.0, 0.0, -side_m, west_m, top_m)
    path.with_suffix(".pgw").write_text("".join(f"{number:.6f}\n" for number in lines), "ascii")
    projection = pyproj.CRS.from_epsg(EPSG).to_wkt("WKT1_ESRI")
    path.with_suffix(".prj").write_text(projection, "utf-8")
    return path


def _smooth(rough: NDArray[np.float64], width: int, height: int) -> NDArray[np.int16]:
    """A few numbers, 0–255, spread over a picture."""
    grey = np.ascontiguousarray(np.clip(rough, 0, 255).astype(np.uint8))
    kind = QImage.Format.Format_Grayscale8
    small = QImage(grey.data, grey.shape[1], grey.shape[0], grey.shape[1], kind)
    smoothly = Qt.TransformationMode.SmoothTransformation
    ratio = Qt.AspectRatioMode.IgnoreAspectRatio
    large = small.scaled(width, height, ratio, smoothly).convertToFormat(kind)
    lines = np.frombuffer(large.constBits(), np.uint8).reshape(height, large.bytesPerLine())
    return lines[:, :width].astype(np.int16)


def _weathered(image: QImage) -> QImage:
    """Light and dark in patches and grains, and trees, so that it looks like ground."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    height, width = plain.height(), plain.width()
    pixels = np.frombuffer(plain.constBits(), np.uint8).reshape(height, width, 4).astype(np.int16)
    dice = np.random.default_rng(2565)
    for side, strength in ((1, 7), (4, 6), (24, 6), (120, 7)):
        rough = 128 + dice.normal(0, strength, (-(-height // side), -(-width // side)))
        pixels[:, :, :3] += _smooth(rough, width, height)[:, :, np.newaxis] - 128
    is_land = (pixels[:, :, 1] > pixels[:, :, 0] + 12) & (pixels[:, :, 2] < 165)  # blue is first
    for _ in range(9000):
        y, x = int(dice.integers(4, height - 4)), int(dice.integers(4, width - 4))
        if is_land[y, x]:
            half = int(dice.integers(2, 5))
            crown = pixels[y - half : y + half, x - half : x + half, :3]
            crown[:] = (crown * 0.35 + np.array([40, 84, 58]) * 0.65).astype(np.int16)
    whole = np.ascontiguousarray(np.clip(pixels, 0, 255).astype(np.uint8))
    return QImage(whole.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
