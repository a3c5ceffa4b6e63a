"""Pixels become an image without a copy, whether their rows touch or lie apart."""

from __future__ import annotations

import numpy as np

from app.ui.picture_image import image_over


def test_rows_that_lie_apart_are_the_same_picture() -> None:
    wide = np.random.default_rng(3).integers(0, 255, (30, 64, 4), np.uint8)
    pixels = wide[:, :50]
    image = image_over(pixels)
    assert (image.width(), image.height()) == (50, 30)
    for x, y in ((0, 0), (49, 0), (25, 17), (49, 29)):
        colour = image.pixelColor(x, y)
        assert [colour.blue(), colour.green(), colour.red()] == pixels[y, x, :3].tolist()


def test_nothing_is_copied() -> None:
    pixels = np.zeros((8, 8, 4), np.uint8)
    image = image_over(pixels)
    pixels[3, 5] = (10, 20, 30, 255)
    assert image.pixelColor(5, 3).getRgb() == (30, 20, 10, 255)
