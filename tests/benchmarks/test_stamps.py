"""The judge finds stamps wherever a wall puts them, and takes nothing else for one."""

from __future__ import annotations

import zlib
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.clips import GOP_S, ClipForm, make_clips, paint_stamp
from benchmarks.screen import Pixels
from benchmarks.stamps import Bar, Stamp, StampReader, decoded, find_bars

SMALL = (640, 360)


def picture(camera: int, number: int, size: tuple[int, int] = SMALL) -> Pixels:
    """A camera's picture, BGRA, on a ground of noise."""
    width, height = size
    yuv = np.full((height * 3 // 2, width), 128, np.uint8)
    yuv[:height] = np.random.default_rng(1).integers(40, 200, (height, width))
    paint_stamp(yuv, camera, number)
    return np.asarray(cv2.cvtColor(yuv, cv2.COLOR_YUV2BGRA_I420), np.uint8)


def screen_with(*tiles: tuple[Pixels, int, int, int]) -> Pixels:
    """A dark screen with pictures at (left, top), each scaled to a width."""
    screen = np.full((1080, 1920, 4), 20, np.uint8)
    for shown, left, top, width in tiles:
        height = round(width * shown.shape[0] / shown.shape[1])
        scaled = cv2.resize(shown, (width, height), interpolation=cv2.INTER_LINEAR)
        screen[top : top + height, left : left + width] = scaled
    return screen


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 35), st.integers(0, 2**24 - 1), st.integers(128, 1200),
    st.integers(0, 700), st.integers(0, 400), st.sampled_from([SMALL, (1280, 720)]),
)  # fmt: skip
def test_a_stamp_is_read_wherever_and_however_large_its_tile_is(
    camera: int, number: int, width: int, left: int, top: int, size: tuple[int, int]
) -> None:
    screen = screen_with((picture(camera, number, size), left, top, width))
    reader = StampReader(find_bars(screen), screen)
    assert [stamp for _, stamp in reader.look()] == [Stamp(camera, number)]
    assert reader.look() == []  # it is still the same


def test_each_of_many_tiles_is_read_and_only_what_changed_is_told() -> None:
    tiles = [
        (picture(number, 7), 20 + 310 * (number % 6), 40 + 170 * (number // 6), 290)
        for number in range(36)
    ]
    screen = screen_with(*tiles)
    reader = StampReader(find_bars(screen), screen)
    assert sorted(stamp.camera for _, stamp in reader.look()) == list(range(36))
    screen[:] = screen_with(*tiles[:5], (picture(5, 8), *tiles[5][1:]), *tiles[6:])
    assert [stamp for _, stamp in reader.look()] == [Stamp(5, 8)]


def test_a_picture_half_painted_is_read_when_it_is_whole() -> None:
    before, after = picture(1, 100), picture(1, 155)
    screen = screen_with((before, 100, 100, 480))
    reader = StampReader(find_bars(screen), screen)
    assert reader.look() == [(0, Stamp(1, 100))]
    half = before.copy()
    half[:230] = after[:230]
    screen[:] = screen_with((half, 100, 100, 480))
    assert reader.look() == []
    screen[:] = screen_with((after, 100, 100, 480))
    assert reader.look() == [(0, Stamp(1, 155))]


def test_nothing_is_read_from_a_dimmed_or_covered_picture() -> None:
    screen = screen_with((picture(1, 100), 100, 100, 480))
    bars = find_bars(screen)
    dimmed = screen // 5
    assert StampReader(bars, dimmed).look() == []
    screen[290:310, 250:300] = 255
    assert StampReader(bars, screen).look() == []
    assert StampReader([Bar(500, 700, 740, 718)], screen).look() == []


def test_a_screen_without_stamps_has_none() -> None:
    noise = np.random.default_rng(2).integers(0, 256, (1080, 1920, 4)).astype(np.uint8)
    assert find_bars(noise) == []
    assert StampReader([], noise).look() == []


@pytest.mark.parametrize("bit", range(0, 56, 5))
def test_one_wrong_cell_spoils_a_stamp(bit: int) -> None:
    said = bytes([0, 1, 2, 3])
    code = said + (zlib.crc32(said) & 0xFF_FFFF).to_bytes(3, "big")
    assert decoded(code) == Stamp(camera=3, number=258)
    wrong = int.from_bytes(code, "big") ^ 1 << bit
    assert decoded(wrong.to_bytes(7, "big")) is None


def test_a_clip_is_what_a_camera_sends(tmp_path: Path) -> None:
    form = ClipForm(320, 180, 10, 4, seed=1)
    path = make_clips(tmp_path, 2, form)[1]
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
    assert len(frames) == form.pictures == 40
    assert [n for n, frame in enumerate(frames) if frame.key_frame] == [0, round(GOP_S * 10)]
    rate = path.stat().st_size * 8 / 4
    assert 0.7 * form.bits_per_s < rate < 1.4 * form.bits_per_s
    for number, frame in enumerate(frames):
        screen = screen_with((frame.to_ndarray(format="bgra"), 50, 60, 240))
        found = StampReader(find_bars(screen), screen).look()
        assert found == [(0, Stamp(1, number))]
