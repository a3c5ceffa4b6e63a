"""The preview shows the pages of what it says it shows, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.ui.papers.page_pictures import PagePictures, PictureWish

WISH = PictureWish(0, 36.0)


def pdf(width: int) -> bytes:
    """One empty page; pdfium finds its parts without a table of them."""
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d 200]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%%%EOF\n" % width
    )


@pytest.fixture
def pictures(qtbot: QtBot) -> Iterator[PagePictures]:
    made = PagePictures()
    yield made
    made.stop()


def show(pictures: PagePictures, qtbot: QtBot, width: int, of: str) -> None:
    with qtbot.waitSignal(pictures.opened):
        pictures.show(pdf(width), of)


def draw(pictures: PagePictures, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pictures.drawn):
        pictures.want([WISH])


def test_a_change_of_options_does_not_flash_but_another_sheet_never_shows_the_one_before(
    pictures: PagePictures, qtbot: QtBot
) -> None:
    show(pictures, qtbot, 200, "incident 1284/2569")
    draw(pictures, qtbot)
    assert pictures.best_of(0) is not None
    show(pictures, qtbot, 210, "incident 1284/2569")
    assert pictures.best_of(0) is not None, "the same sheet with other options: no flash"
    draw(pictures, qtbot)
    show(pictures, qtbot, 220, "incident 1285/2569")
    assert pictures.best_of(0) is None, "the page of another incident is no preview of this one"
    draw(pictures, qtbot)
    assert pictures.best_of(0) is not None
