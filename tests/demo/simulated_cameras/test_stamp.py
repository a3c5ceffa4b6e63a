"""A stamp is read back exactly, or not at all."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.demo.simulated_cameras.spec import StreamSize
from app.demo.simulated_cameras.stamp_picture import StampPainter
from app.demo.simulated_cameras.stamp_reading import Stamp, read_stamp


def painted(size: StreamSize, number: int, unix_ms: int, camera: int = 3) -> np.ndarray:
    yuv = StampPainter(size, camera).paint(number, unix_ms / 1000)
    return np.asarray(cv2.cvtColor(yuv, cv2.COLOR_YUV2BGR_I420), np.uint8)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 2**24 - 1),
    st.integers(1_700_000_000_000, 4_000_000_000_000),
    st.sampled_from([(1280, 720), (640, 360), (352, 288), (320, 180)]),
)
def test_number_and_time_are_read_back_at_every_size(
    number: int, unix_ms: int, size: tuple[int, int]
) -> None:
    picture = painted(StreamSize(*size, 15), number, unix_ms)
    assert read_stamp(picture) == Stamp(number, 3, unix_ms)


@pytest.mark.parametrize("shown", [(480, 270), (320, 180), (300, 169), (1117, 640)])
def test_a_scaled_dimmed_or_grey_picture_still_tells_its_time(shown: tuple[int, int]) -> None:
    picture = painted(StreamSize(640, 360, 15), 77, 1_795_319_191_123)
    scaled = cv2.resize(picture, shown, interpolation=cv2.INTER_LINEAR)
    expected = Stamp(77, 3, 1_795_319_191_123)
    assert read_stamp(scaled) == expected
    assert read_stamp((scaled * 0.34).astype(np.uint8)) == expected
    assert read_stamp(cv2.cvtColor(scaled, cv2.COLOR_BGR2GRAY)) == expected
    assert read_stamp(cv2.cvtColor(scaled, cv2.COLOR_BGR2BGRA)) == expected


def test_one_wrong_cell_is_no_stamp() -> None:
    picture = painted(StreamSize(640, 360, 15), 77, 1_795_319_191_123)
    picture[85:105, 30:68] = 255 - picture[85:105, 30:68]
    assert read_stamp(picture) is None


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_what_is_no_stamp_is_not_read_as_one(seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (180, 320, 3), np.uint8)
    assert read_stamp(noise) is None


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_flat_picture_is_no_stamp(level: int) -> None:
    assert read_stamp(np.full((180, 320), level, np.uint8)) is None
    assert read_stamp(np.full((20, 20), level, np.uint8)) is None
