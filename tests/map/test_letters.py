"""Letters as outlines: those of the font, and the same whatever was drawn before."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QImage, QPainter, QPainterPath

from app.map.labels import spread
from app.map.letters import outline
from app.map.style import NIGHT

WORDS = "0123456789/ABม ชุมชนศรีบุญเรือง เจ็ดห้อง"
WEIGHTS = (QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.Bold)
SIZES_PX = (9, 10, 11, 13, 14, 22)


def corners(path: QPainterPath) -> list[tuple[float, float]]:
    elements = (path.elementAt(number) for number in range(path.elementCount()))
    return [(one.x, one.y) for one in elements]


def draw(size_px: int, weight: QFont.Weight) -> None:
    picture = QImage(600, 60, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.setFont(NIGHT.font(size_px, weight))
    painter.drawText(QPointF(5, 40), WORDS)
    painter.end()


@pytest.mark.parametrize("weight", WEIGHTS)
def test_they_are_the_same_whatever_was_drawn_before(weight: QFont.Weight) -> None:
    """Qt's own are not: those of 10 px differ when letters of another size came between."""
    fonts = [NIGHT.font(size_px, weight) for size_px in SIZES_PX]
    before = [corners(outline(WORDS, font, QPointF())) for font in fonts]
    for size_px, other in itertools.product(SIZES_PX, WEIGHTS):
        draw(size_px, other)
        assert [corners(outline(WORDS, font, QPointF())) for font in fonts] == before


@pytest.mark.parametrize("spread_px", [0.0, 2.5])
def test_they_stand_where_those_of_the_font_do(spread_px: float) -> None:
    font, at = spread(NIGHT.font(12), spread_px), QPointF(30.25, 17.5)
    usual = QPainterPath()
    usual.addText(at, font, WORDS)
    ours, theirs = outline(WORDS, font, at).boundingRect(), usual.boundingRect()
    assert ours.getCoords() == pytest.approx(theirs.getCoords(), abs=0.3)
    assert ours.width() == pytest.approx(theirs.width(), abs=0.3)


def test_nothing_is_an_empty_outline() -> None:
    assert outline("", NIGHT.font(12), QPointF(5, 5)).isEmpty()
