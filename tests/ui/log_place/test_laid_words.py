"""Words laid out once: as wide and as they look when Qt draws them, cut between clusters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, Qt

from app.thai.text import CLUSTER
from app.ui.log_place.laid_words import Letters
from app.ui.theme import Theme

NARRATIVE = "ผู้แจ้งแจ้งว่าน้ำท่วมใต้สะพาน เวลา 00.36 น. ทะเบียน 7ถฎ 2631 😀😀 ทุบกระจกรถยนต์ที่จอดไว้"
WIDE = 5_000.0


@pytest.fixture
def font(theme: Theme) -> QFont:
    return theme.font("body")


@pytest.fixture
def letters(font: QFont) -> Letters:
    return Letters(font)


def picture(font: QFont, draw: Callable[[QPainter], object]) -> QImage:
    image = QImage(1000, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    painter.setPen(Qt.GlobalColor.white)
    painter.setFont(font)
    draw(painter)
    painter.end()
    return image


@pytest.mark.parametrize("words", [NARRATIVE, "29 พ.ย. 69 13:39", "กำลังไป", "–", "กระเป๋า  "])
@pytest.mark.parametrize("x", [10.0, 10.4, 33.7])
def test_they_look_as_qt_draws_them_and_are_as_wide(
    letters: Letters, font: QFont, words: str, x: float
) -> None:
    laid = letters.laid(words, WIDE)
    assert laid is not None and not laid.is_cut and laid.text == words
    assert laid.width == pytest.approx(QFontMetricsF(font).horizontalAdvance(words), abs=0.1)
    wanted = picture(font, lambda painter: painter.drawText(QPointF(x, 40), words))
    assert picture(font, lambda painter: laid.draw(painter, x, 40)) == wanted


@pytest.mark.parametrize("room_px", range(12, 536, 7))
def test_what_is_cut_ends_between_clusters_as_far_as_there_is_room(
    letters: Letters, font: QFont, room_px: int
) -> None:
    metrics = QFontMetricsF(font)
    borders = [0, *(found.end() for found in CLUSTER.finditer(NARRATIVE))]
    fitting = [
        border
        for border in borders
        if metrics.horizontalAdvance(NARRATIVE[:border].rstrip() + "…") <= room_px
    ]
    laid = letters.laid(NARRATIVE, room_px)
    if fitting[-1:] in ([], [0]):
        assert laid is None
        return
    assert laid is not None and laid.is_cut
    assert laid.text == NARRATIVE[: fitting[-1]].rstrip() + "…"
    assert laid.width == pytest.approx(metrics.horizontalAdvance(laid.text), abs=0.1)
    wanted = picture(font, lambda painter: painter.drawText(QPointF(10, 40), laid.text))
    assert picture(font, lambda painter: laid.draw(painter, 10, 40)) == wanted


def test_half_a_letter_is_never_shown(letters: Letters, font: QFont) -> None:
    one_px = QFontMetricsF(font).horizontalAdvance("😀")
    for tenths in range(10, 60):
        laid = letters.laid("😀" * 9, one_px * tenths / 10)
        assert laid is None or set(laid.text) == {"😀", "…"}


def test_short_words_are_laid_out_once_and_cut_anew_where_there_is_less_room(
    letters: Letters,
) -> None:
    first = letters.laid("ถึงที่เกิดเหตุ", WIDE)
    assert first is not None
    assert letters.laid("ถึงที่เกิดเหตุ", first.width) is first
    less = letters.laid("ถึงที่เกิดเหตุ", first.width - 1)
    assert less is not None and less.is_cut and less.width < first.width
    assert letters.laid("ถึงที่เกิดเหตุ", WIDE) is first
