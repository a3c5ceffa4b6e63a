"""Where a picture stands in its tile: pixel for pixel where it was made for it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from app.ui.wall.tile_picture import TilePicture
from app.ui.wall.tile_view import TileView
from app.video.picture import Picture, Size

GROUND = QColor("black")


def of_size(width: int, height: int) -> TilePicture:
    """Stripes of one pixel: any scaling is seen."""
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[::2, :, :3] = 0
    shown = TilePicture(GROUND)
    shown.take(Picture("C01", 1, pixels, 0.0, 0.0, Size(1920, 1080)))
    return shown


@pytest.mark.parametrize(
    ("made", "room"),
    [((352, 198), (367, 199)), ((512, 288), (526, 289)), ((914, 514), (915, 515)),
     ((366, 206), (367, 206)), ((264, 470), (270, 481))],
)  # fmt: skip
def test_a_picture_made_for_its_room_is_not_stretched_by_a_few_pixels(
    made: tuple[int, int], room: tuple[int, int]
) -> None:
    shown, where = of_size(*made), QRect(3, 5, *room)
    place = shown.place_in(where)
    assert (place.width(), place.height()) == made
    assert where.contains(place)
    assert abs(place.center().x() - where.center().x()) <= 1
    canvas = QImage(room[0] + 10, room[1] + 10, QImage.Format.Format_RGB32)
    canvas.fill(GROUND)
    painter = QPainter(canvas)
    shown.paint(painter, where, where, TileView())
    painter.end()
    column = [
        canvas.pixelColor(place.center().x(), y).red() for y in range(place.top(), place.bottom())
    ]
    assert column == [255 * (row % 2) for row in range(len(column))]


@pytest.mark.parametrize(
    ("made", "room", "seen"),
    [((320, 180), (640, 400), (640, 360)), ((640, 360), (320, 200), (320, 180))],
)
def test_any_other_is_scaled_to_its_room(
    made: tuple[int, int], room: tuple[int, int], seen: tuple[int, int]
) -> None:
    place = of_size(*made).place_in(QRect(0, 0, *room))
    assert (place.width(), place.height()) == seen
