"""A picture is a picture up to its last column, whatever the width of its tile."""

from __future__ import annotations

import av
import numpy as np
import pytest
from av.video.reformatter import Interpolation, VideoReformatter

from app.video.picture import Size
from app.video.playback.decoder import Scaler


@pytest.mark.parametrize("width_px", [200, 210, 212, 226, 228, 274, 276, 340, 388, 402, 640])
def test_no_column_of_a_small_camera_is_what_lay_in_memory_before(width_px: int) -> None:
    """Its pictures stay as wide as they are; of larger ones only whole eights are made."""
    frame = av.VideoFrame(width_px, width_px * 9 // 32 * 2, "yuv420p")
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


@pytest.mark.parametrize("form", ["yuv420p", "yuvj420p"])
@pytest.mark.parametrize("size", [Size(640, 360), Size(402, 226)])
def test_its_colours_are_those_of_a_conversion_into_fresh_memory(form: str, size: Size) -> None:
    """Whatever standard the camera says its colours are coded by."""
    chance, scaler = np.random.default_rng(2), Scaler()
    for standard in (1, 2, 5, 9):
        for reach in (0, 1, 2):
            frame = av.VideoFrame(*size, form)
            for plane in frame.planes:
                plane.update(chance.integers(0, 255, plane.buffer_size, np.uint8).tobytes())
            frame.colorspace, frame.color_range = standard, reach
            way = Interpolation.POINT
            if size.width_px % 8:
                way |= Interpolation.ACCURATE_RND
            fresh = VideoReformatter().reformat(frame, format="bgra", interpolation=way, threads=1)
            pixels = scaler.pixels(scaler.keep(frame, size), ())
            assert np.array_equal(pixels, fresh.to_ndarray())


def test_a_picture_stays_what_it_is_while_others_are_made() -> None:
    frame, scaler = av.VideoFrame(402, 226, "yuv420p"), Scaler()
    shades = []
    for grey in (40, 120, 200):
        for plane, level in zip(frame.planes, (grey, 128, 128), strict=True):
            plane.update(bytes([level]) * plane.buffer_size)
        shades.append(scaler.pixels(scaler.keep(frame, Size(402, 226)), ()))
    assert len({int(pixels[100, 200, 0]) for pixels in shades}) == 3
