"""Words whose letters know their places: shaped once, then only drawn. Knows no row, no column.

To find where each letter of Thai goes takes longer than to draw it, and Qt does it anew whenever
it is asked for a width and whenever it draws a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QGlyphRun,
    QPainter,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from app.thai.text import CLUSTER

_TAIL = "…"
_SHORT = 48  # letters: states, types, who took it and where, the same ones in row after row
_MOST_KEPT = 512
_USUAL = "ผู้แจ้งพบว่ารถจักรยานยนต์ที่จอดไว้หน้าตลาดหายไปเมื่อเวลา 22.15 น."
_FEW = 12  # letters: some clusters
_CONSONANT = re.compile("[ก-ฮ]")  # a cluster begins with it, wherever it stands
_ONE_LINE = QTextOption()
_ONE_LINE.setWrapMode(QTextOption.WrapMode.NoWrap)  # else Qt seeks where each word ends
_ONE_LINE.setFlags(QTextOption.Flag.IncludeTrailingSpaces)  # other words may follow

Placed = tuple[QPointF, QGlyphRun]
"""Glyphs, and where they go."""


@dataclass(frozen=True, slots=True)
class LaidWords:
    """Words of one font, and how wide they are in pixels; `is_cut`: not all of those wanted, and …
    after them.
    """

    text: str
    width: float
    is_cut: bool
    _glyphs: Sequence[QGlyphRun]
    _ascent: float
    _tail: LaidWords | None = None

    def placed(self, x: float, baseline: float) -> list[Placed]:
        """What `QPainter.drawGlyphRun` draws them with, in the colour of its pen."""
        at = QPointF(x, baseline - self._ascent)
        placed = [(at, glyphs) for glyphs in self._glyphs]
        if self._tail is not None:
            placed += self._tail.placed(x + self.width - self._tail.width, baseline)
        return placed

    def draw(self, painter: QPainter, x: float, baseline: float) -> None:
        """In the colour of the painter's pen."""
        for at, glyphs in self.placed(x, baseline):
            painter.drawGlyphRun(at, glyphs)


class Letters:
    """One font. Short words are remembered: the same ones stand in row after row."""

    def __init__(self, font: QFont) -> None:
        self._layout = QTextLayout("", font)
        self._layout.setTextOption(_ONE_LINE)
        self._layout.setCacheEnabled(True)
        metrics = QFontMetricsF(font)
        self.middle_px = (metrics.ascent() - metrics.descent()) / 2
        self._usual_px = metrics.horizontalAdvance(_USUAL) / len(_USUAL)
        self._kept: dict[str, LaidWords] = {}
        self._tail = self._laid_whole(_TAIL, self._line(_TAIL))
        self.tail_px = self._tail.width

    def laid(self, words: str, room_px: float) -> LaidWords | None:
        """The words, or so many of their clusters that there is room for them and an ellipsis; None
        when there is room for nothing.
        """
        kept = self._kept.get(words)
        if kept is not None and kept.width <= room_px:
            return kept
        some, line = self._enough(words, room_px)
        if line.naturalTextWidth() > room_px:
            return self._laid_cut(some, line, room_px)
        laid = self._laid_whole(words, line)
        if len(words) <= _SHORT:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[words] = laid
        return laid

    def _enough(self, words: str, room_px: float) -> tuple[str, QTextLine]:
        """All of them, or a few more than there is room for: what nobody will see is not shaped,
        for that costs as much as drawing it."""
        count = 6 + int(1.03 * room_px / self._usual_px)
        while True:
            some = words[:count]
            line = self._line(some)
            if len(some) == len(words) or line.naturalTextWidth() > room_px:
                return some, line
            count += 6 + count // 5

    def _line(self, words: str) -> QTextLine:
        """It holds until the next one is asked for."""
        layout = self._layout
        layout.setText(words)
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        return line

    def _laid_whole(self, words: str, line: QTextLine) -> LaidWords:
        glyphs = self._layout.glyphRuns()
        return LaidWords(words, line.naturalTextWidth(), False, glyphs, line.ascent())

    def _laid_cut(self, words: str, line: QTextLine, room_px: float) -> LaidWords | None:
        """Up to the last border of clusters before there is no more room for the ellipsis."""
        left_px = room_px - self.tail_px
        near = len(_first_units(words, line.xToCursor(left_px)))
        for border in _borders_back_from(words, near):
            shown = words[:border].rstrip()
            width = _x_of(line, _units(shown))
            if 0 < width <= left_px:
                glyphs = line.glyphRuns(0, _units(shown))
                wide = width + self.tail_px
                return LaidWords(shown + _TAIL, wide, True, glyphs, line.ascent(), self._tail)
        return None


def _borders_back_from(words: str, at: int) -> Iterator[int]:
    """The borders of clusters up to `at`, the last one first, back to the space before it: those
    behind the last few letters without a look at the rest, if they can be told so."""
    near = _CONSONANT.search(words, max(0, at - _FEW), at)
    if near is not None:
        yield from _borders_between(words, near.start(), at)
    yield from _borders_between(words, max(0, words.rfind(" ", 0, at)), at)


def _borders_between(words: str, begins: int, at: int) -> list[int]:
    borders = [begins]
    for found in CLUSTER.finditer(words, begins):
        if found.end() > at:
            break
        borders.append(found.end())
    return borders[::-1]


def _x_of(line: QTextLine, units: int) -> float:
    found: Any = line.cursorToX(units)  # with the units themselves, which PySide's types do not say
    return float(found[0])


def _units(words: str) -> int:
    """How long they are, as Qt counts: in 16 bits."""
    return len(words.encode("utf-16-le")) // 2


def _first_units(words: str, count: int) -> str:
    """Half a letter at the end is left out."""
    return words.encode("utf-16-le")[: 2 * count].decode("utf-16-le", "ignore")
