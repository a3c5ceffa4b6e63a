"""The caption of a review tile: id, name, the camera's clock, the picture's own time. No camera.

The time changes with every frame; the rest is laid out once.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from app.thai.translation import tr
from app.ui.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class CaptionWords:
    """What it says from left to right; `said` takes the room of the name for a moment."""

    camera_id: str
    name: str
    clock: str
    time: str
    said: str = ""
    is_selected: bool = False


def clock_words(clock_ahead_ms: int | None) -> str:
    """`นาฬิกากล้อง +0.3 วิ`: the camera's own clock against this computer's; nothing if unknown."""
    if clock_ahead_ms is None:
        return ""
    ahead = f"{clock_ahead_ms / 1000:+.1f}".replace("-", "−").replace("+0.0", "0.0")
    return tr("camera clock {ahead} s", ahead=ahead.replace("−0.0", "0.0"))


class CaptionPainter:
    """Paints it; the room that is left is the name's."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._id = theme.font("small", 600)
        self._name = theme.font("small")
        self._clock = theme.font("hint")
        self._time = theme.font("body", 600)
        self._elided: tuple[str, int, str] = ("", -1, "")

    def paint(self, painter: QPainter, bar: QRect, words: CaptionWords) -> None:
        """The whole bar."""
        ground = "selected" if words.is_selected else "raised"
        painter.fillRect(bar, self._theme.colour(ground))
        left, right = bar.left() + 9, bar.right() - 8
        right = self._right(painter, bar, right, words.time, self._time, "text")
        quiet = "selected_text_2" if words.is_selected else "text_3"
        if bar.width() > self._theme.px(330):
            right = self._right(painter, bar, right, words.clock, self._clock, quiet)
        painter.setFont(self._id)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(QRect(left, bar.top(), right - left, bar.height()), _LEFT, words.camera_id)
        left += QFontMetrics(self._id).horizontalAdvance(words.camera_id) + 7
        font = self._id if words.said else self._name
        painter.setFont(font)
        painter.setPen(self._theme.colour("blue" if words.said else "text"))
        name = self._fitting(words.said or words.name, font, right - left)
        painter.drawText(QRect(left, bar.top(), right - left, bar.height()), _LEFT, name)

    def _right(
        self, painter: QPainter, bar: QRect, right: int, text: str, font: QFont, token: str
    ) -> int:
        if not text:
            return right
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        width = QFontMetrics(font).horizontalAdvance(text) + 2
        painter.drawText(QRect(right - width, bar.top(), width, bar.height()), _RIGHT, text)
        return right - width - 8

    def _fitting(self, text: str, font: QFont, width: int) -> str:
        if self._elided[:2] != (text, width):
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._elided = (text, width, cut)
        return self._elided[2]
