"""What pdfium shows of a paper: true to scale, the same in parts as whole."""

from __future__ import annotations

import pytest

from app.errors import KnownError
from app.sheets.pages import PagePicture, Pages, PartPx
from app.sheets.press import Press
from tests.sheets.material import handover_paper, pressed

DARK = 128


def longest_line_px(seen: PagePicture) -> int:
    """The longest run of dark pixels in a row."""
    longest = 0
    for y in range(seen.height_px):
        row = seen.pixels[4 * seen.width_px * y : 4 * seen.width_px * (y + 1) : 4]
        longest = max(longest, max((len(run) for run in _runs(row)), default=0))
    return longest


def _runs(row: bytes) -> list[bytes]:
    return bytes(1 if value < DARK else 0 for value in row).split(b"\x00")


def test_the_check_line_is_100_mm_long(press: Press) -> None:
    made = pressed(press, handover_paper("ตลาด"))
    with Pages(made.pdf) as pages:
        assert 100.0 == pytest.approx(
            longest_line_px(pages.picture(0, 600)) / 600 * 25.4, rel=0.003
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
    assert seen.pixels == b"".join(rows)
    assert len(set(seen.pixels)) > 2


@pytest.mark.parametrize("pdf", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_refused_in_words(pdf: bytes) -> None:
    with pytest.raises(KnownError, match="cannot be read as a PDF"):
        Pages(pdf)


def test_a_paper_without_data_has_no_attachment(press: Press) -> None:
    made = pressed(press, handover_paper("ตลาด"))
    with Pages(made.pdf) as pages:
        assert pages.attachment("other.json") is None
    pages.close()
