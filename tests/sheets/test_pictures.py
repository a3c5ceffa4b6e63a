"""A picture goes into a paper whole, or is known to be damaged before it does."""

from __future__ import annotations

import base64

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.sheets.pictures import as_drawing
from tests.sheets.material import a_png
from tests.sheets.test_press import a_jpeg

PNG, JPEG = a_png(31, 7), a_jpeg()


@pytest.mark.parametrize(
    ("data", "size", "media"), [(PNG, (31, 7), "png"), (JPEG, (160, 120), "jpeg")]
)
def test_a_photograph_is_drawn_in_its_own_size_and_is_in_it_byte_for_byte(
    data: bytes, size: tuple[int, int], media: str
) -> None:
    drawing = as_drawing(data).decode()
    assert f'width="{size[0]}" height="{size[1]}" viewBox="0 0 {size[0]} {size[1]}"' in drawing
    inside = drawing.partition(f"data:image/{media};base64,")[2].partition('"')[0]
    assert base64.b64decode(inside) == data


def test_bytes_after_the_end_of_a_jpeg_are_what_some_cameras_write() -> None:
    assert as_drawing(JPEG + b"\0" * 16).startswith(b"<svg")


def test_a_drawing_is_handed_on_as_it_is() -> None:
    svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">ก</svg>'.encode()
    assert as_drawing(svg) == svg
    with pytest.raises(ValueError, match="utf-8"):
        as_drawing(b"<svg>\xff</svg>")


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8", b"\xff\xd8\xff\xd9", PNG[:8]])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"picture|JPEG|PNG"):
        as_drawing(data)


@given(st.integers(1, len(PNG) - 1))
def test_a_png_that_was_cut_short_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=r"picture|PNG"):
        as_drawing(PNG[:length])


@given(st.integers(8, len(PNG) - 1), st.integers(1, 255))
def test_a_png_with_another_byte_is_refused(at: int, changed: int) -> None:
    data = bytearray(PNG)
    data[at] ^= changed
    with pytest.raises(ValueError, match=r"PNG|chunk"):
        as_drawing(bytes(data))


@given(st.integers(2, len(JPEG) - 80))
def test_a_jpeg_that_was_cut_short_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="JPEG"):
        as_drawing(JPEG[:length])


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_draw_or_be_refused(data: bytes) -> None:
    assume(b"<svg" not in data)  # what is wrong in a drawing's text the typesetter refuses
    for begin in (b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(ValueError):
            as_drawing(begin + data)
