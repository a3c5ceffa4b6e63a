"""Letters as outlines, the same whatever was drawn before. Knows no label and no paper."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainterPath, QTransform

_LARGER = 64  # times


def outline(text: str, font: QFont, at: QPointF) -> QPainterPath:
    """The letters of a line, its baseline beginning at `at`; `font` has its size in pixels.

    An outline is rounded to a 64th of a pixel, which way depends on the sizes that this program has
    drawn before, and a paper shall be the same in every process: so the letters are taken large.
    """
    larger = QFont(font)
    larger.setPixelSize(font.pixelSize() * _LARGER)
    if font.letterSpacingType() is QFont.SpacingType.AbsoluteSpacing:
        larger.setLetterSpacing(font.letterSpacingType(), font.letterSpacing() * _LARGER)
    path = QPainterPath()
    path.addText(QPointF(), larger, text)
    return QTransform(1 / _LARGER, 0, 0, 1 / _LARGER, at.x(), at.y()).map(path)
