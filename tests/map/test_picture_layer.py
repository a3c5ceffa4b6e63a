"""Two still pictures pressed as one look as they do one upon the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from app.map.frame import Frame
from app.map.picture_layer import PictureLayer

VIEW = Frame(0.0, 0.0, 0.5, 300, 200)
LOTS = np.random.default_rng(5)


def lot(frame: Frame, image_format: QImage.Format) -> QImage:
    """A picture of random pixels, seen through where it may be."""
    width, height = frame.device_px
    pixels = LOTS.integers(0, 255, (height, width, 4), np.uint8)
    pixels[:, :, :3] = pixels[:, :, :3] * (pixels[:, :, 3:] / 255)  # premultiplied
    return QImage(pixels.data, width, height, 4 * width, image_format).copy()


def painted(view: Frame, *layers: PictureLayer) -> bytes:
    image = QImage(*view.device_px, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    for layer in layers:
        painter.setTransform(view.transform)
        layer.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    return bytes(image.constBits())


@pytest.mark.parametrize("zoom", [1.0, 1.25, 0.8])
def test_a_hand_moves_both_as_one(zoom: float) -> None:
    ground = PictureLayer()
    scene = PictureLayer(ground)
    frames = (VIEW.grown(1.5), replace(VIEW, px_per_m=0.4).grown(1.5))  # one around the other
    for frame in reversed(frames):
        ground.show_picture(lot(frame, QImage.Format.Format_RGB32), frame)
        scene.show_picture(lot(frame, QImage.Format.Format_ARGB32_Premultiplied), frame)
    moved = replace(VIEW, x_m=200.0, px_per_m=0.5 * zoom)  # beyond the newer one's edge
    apart = painted(moved, ground, scene)
    scene.join_below()
    assert painted(moved, ground, scene) == apart
    assert painted(VIEW, ground) == painted(VIEW, ground, scene), "the lower shows both"
    scene.part()
    assert painted(VIEW, ground) != painted(VIEW, ground, scene)


def test_what_comes_while_they_are_one_is_seen() -> None:
    ground = PictureLayer()
    scene = PictureLayer(ground)
    for layer, image_format in (
        (ground, QImage.Format.Format_RGB32),
        (scene, QImage.Format.Format_ARGB32_Premultiplied),
    ):
        scene.join_below()  # nothing to join yet
        layer.show_picture(lot(VIEW, image_format), VIEW)
    for layer, image_format in (
        (scene, QImage.Format.Format_ARGB32_Premultiplied),
        (ground, QImage.Format.Format_RGB32),
    ):
        scene.join_below()
        before = painted(VIEW, ground, scene)
        layer.show_picture(lot(VIEW, image_format), VIEW)
        now = painted(VIEW, ground, scene)
        assert now != before
        scene.join_below()
        assert painted(VIEW, ground, scene) == now


def test_pictures_of_different_ground_stay_apart() -> None:
    ground = PictureLayer()
    scene = PictureLayer(ground)
    ground.show_picture(lot(VIEW, QImage.Format.Format_RGB32), VIEW)
    aside = replace(VIEW, x_m=40.0)
    scene.show_picture(lot(aside, QImage.Format.Format_ARGB32_Premultiplied), aside)
    before = painted(VIEW, ground, scene)
    scene.join_below()
    assert painted(VIEW, ground, scene) == before
