"""What pdfium shows of a paper: true to scale, the same in parts as whole."""

from __future__ import annotations

import numpy as np
import pytest

from app.errors import KnownError
from app.sheets.pages import PagePicture, Pages, PartPx
from app.sheets.press import Press
from tests.sheets.material import handover_paper, pressed

DARK = 128


def longest_line_px(seen: PagePicture) -> int:
    """The longest run of dark pixels in a row."""
    pixels = np.frombuffer(seen.pixels, np.uint8).reshape(seen.height_px, seen.width_px, 4)
    dark = pixels[:, :, 0] < DARK
    rows = dark[np.argsort(dark.sum(axis=1))[-200:]]  # where most is dark
    edges = np.diff(np.pad(rows, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    begins, ends = np.nonzero(edges == 1), np.nonzero(edges == -1)
    return int((ends[1] - begins[1]).max())


def test_the_check_line_is_100_mm_long(press: Press) -> None:
    made = pressed(press, handover_paper("ตลาด"))
    with Pages(made.pdf) as pages:
        assert (
            pytest.approx(longest_line_px(pages.picture(0, 600)) / 600 * 25.4, rel=0.003) == 100.0
        )


def test_a_part_is_that_part_of_the_whole(press: Press) -> None:
    made = pressed(press, handover_paper("ตลาด"))
    part = PartPx(130, 200, 300, 90)
    with Pages(made.pdf) as pages:
        whole, seen = pages.picture(0, 96), pages.picture(0, 96, part)
        assert pages.size_px(0, 96) == (whole.width_px, whole.height_px) == (794, 1123)
    rows = (
        whole.pixels[4 * (whole.width_px * y + part.x) :][: 4 * part.width]
        for y in range(part.y, part.y + part.height)
    )
    same = b"".join(rows)
    assert len(seen.pixels) == len(same) and len(set(seen.pixels)) > 2
    others = sum(abs(one - other) > 8 for one, other in zip(seen.pixels, same, strict=True))
    assert others < 0.01 * len(same)  # pdfium smooths a few edges of letters otherwise


@pytest.mark.parametrize("pdf", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_refused_in_words(pdf: bytes) -> None:
    with pytest.raises(KnownError, match="cannot be read as a PDF"):
        Pages(pdf)


def test_a_paper_without_data_has_no_attachment(press: Press) -> None:
    made = pressed(press, handover_paper("ตลาด"))
    with Pages(made.pdf) as pages:
        assert pages.attachment("other.json") is None
    pages.close()
