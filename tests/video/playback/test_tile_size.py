"""The size at which a recorded frame is kept: it fits its tile, and is made for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.video.picture import Size
from app.video.playback.decoder import tile_size

SOURCES = st.sampled_from([(1920, 1080), (640, 360), (704, 576), (2592, 1944), (1080, 1920)])


@given(SOURCES, st.integers(16, 3840), st.integers(16, 2160))
def test_it_is_never_larger_than_its_tile_and_little_smaller(
    source: tuple[int, int], width: int, height: int
) -> None:
    made = tile_size(Size(*source), Size(width, height))
    assert made.width_px <= width and made.height_px <= height
    if made == Size(*source):
        return
    fitting = Size(*source).inside(Size(width, height), largest_scale=1.0)
    assert 0 <= fitting.width_px - made.width_px < 8
    assert 0 <= fitting.height_px - made.height_px < 8 * source[1] / source[0] + 3
    assert made.width_px % 2 == made.height_px % 2 == 0
    if fitting.width_px >= 128:
        assert made.width_px % 8 == 0


def test_a_frame_that_is_smaller_than_its_tile_stays_as_it_is() -> None:
    assert tile_size(Size(350, 199), Size(900, 500)) == Size(350, 199)


def test_its_proportions_are_the_camera_s_own() -> None:
    assert tile_size(Size(1920, 1080), Size(1060, 610)) == Size(1056, 594)
    assert tile_size(Size(1920, 1080), Size(367, 199)) == Size(352, 198)
