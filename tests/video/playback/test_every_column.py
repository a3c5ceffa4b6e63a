"""A picture is a picture up to its last column, whatever the width of its tile."""

from __future__ import annotations

import av
import numpy as np
import pytest

from app.video.picture import Size
from app.video.playback.decoder import Scaler


@pytest.mark.parametrize("width_px", [200, 210, 212, 226, 228, 274, 276, 340, 388, 402, 640])
def test_no_column_of_a_tile_is_what_lay_in_memory_before(width_px: int) -> None:
    frame = av.VideoFrame(640, 360, "yuv420p")
    for plane in frame.planes:
        plane.update(bytes([128]) * plane.buffer_size)
    for seed in range(3):
        rubbish = np.random.default_rng(seed).integers(0, 255, 1_000_000, np.uint8)
        del rubbish
        scaler = Scaler()
        pixels = scaler.pixels(scaler.keep(frame, Size(width_px, 10_000)), ())
        grey = pixels[:, :, :3].astype(int)
        assert pixels.shape[1] == width_px
        assert np.abs(grey - grey[0, 0]).max() <= 3


@pytest.mark.parametrize("size", [Size(850, 480), Size(1284, 720)])
def test_nor_of_a_camera_with_an_unusual_size(size: Size) -> None:
    frame = av.VideoFrame(size.width_px, size.height_px, "yuv420p")
    for plane in frame.planes:
        plane.update(bytes([128]) * plane.buffer_size)
    scaler = Scaler()
    pixels = scaler.pixels(scaler.keep(frame, Size(3840, 2160)), ())
    grey = pixels[:, :, :3].astype(int)
    assert pixels.shape[:2] == (size.height_px, size.width_px)
    assert np.abs(grey - grey[0, 0]).max() <= 3
