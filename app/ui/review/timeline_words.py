"""The words of the timeline's ruler: each whole, or not at all.

They go over the still picture, since the playhead's time passes over them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from app.ui.review.timeline_ticks import Tick
from app.ui.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_BESIDE_PX = 4  # from a tick to its words


class _Word(NamedTuple):
    box: QRect
    tick: Tick


class RulerWords:
    """The words of one look of the timeline, in the widget's coordinates."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._fonts = {False: theme.font("hint"), True: theme.font("hint", 600)}
        self._metrics = {day: QFontMetrics(font) for day, font in self._fonts.items()}
        self._words: list[_Word] = []

    def place(self, ticks: Iterable[tuple[int, Tick]], room: QRect, taken: Iterable[QRect]) -> None:
        """The words of these ticks, each with its x. Those that would leave the room, or stand
        under what is taken, are left out."""
        taken = tuple(taken)
        words = [_Word(self._box(x, tick, room), tick) for x, tick in ticks]
        self._words = [
            word
            for word in words
            if word.box.right() < room.right()
            and not any(word.box.intersects(other) for other in taken)
        ]

    def under(self, tag: QRect) -> QRect:
        """The tag, and the words it covers a part of."""
        for word in self._words:
            if word.box.intersects(tag):
                tag = tag.united(word.box)
        return tag

    def paint(self, painter: QPainter, exposed: QRect, tag: QRect) -> None:
        """Those that are exposed, and not under the tag."""
        for box, tick in self._words:
            if box.intersects(exposed) and not box.intersects(tag):
                painter.setFont(self._fonts[tick.begins_day])
                painter.setPen(self._theme.colour("text" if tick.begins_day else "text_2"))
                painter.drawText(box, _LEFT, tick.text)

    def _box(self, x: int, tick: Tick, room: QRect) -> QRect:
        wide = self._metrics[tick.begins_day].horizontalAdvance(tick.text)
        return QRect(x + _BESIDE_PX, room.top(), wide + 1, room.height())
