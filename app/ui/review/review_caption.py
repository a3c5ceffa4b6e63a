"""The caption of a review tile: id, name, the camera's clock, the picture's own time. No camera.

The time changes with every frame, in a room of its own (`time_rect`); the rest seldom does, and is
painted only where it has to be.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QRegion

from app.thai.translation import tr
from app.ui.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_BESIDE_PX = 8  # between two texts, and at the right edge


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
        letters = QFontMetrics(self._time)
        digit_px = max(letters.horizontalAdvance(digit) for digit in "0123456789")
        self._time_px = letters.horizontalAdvance("::.") + 9 * digit_px + 2
        self._colours = {
            name: theme.colour(name)
            for name in ("selected", "raised", "text", "selected_text_2", "text_3", "blue")
        }
        self._elided: tuple[str, int, str] = ("", -1, "")

    def time_rect(self, bar: QRect) -> QRect:
        """Where the time stands, whatever it is."""
        right = bar.right() - _BESIDE_PX
        return QRect(right - self._time_px, bar.top(), self._time_px, bar.height())

    def paint(self, painter: QPainter, bar: QRect, words: CaptionWords, exposed: QRegion) -> None:
        """What of the bar is exposed; the painter paints nowhere else."""
        colours, time_rect = self._colours, self.time_rect(bar)
        painter.fillRect(bar, colours["selected" if words.is_selected else "raised"])
        self._write(painter, time_rect, _RIGHT, self._time, "text", words.time)
        rest = QRect(bar.topLeft(), time_rect.bottomLeft())
        if exposed.intersects(rest):
            self._paint_rest(painter, rest, words, wide=bar.width() > self._theme.px(330))

    def _paint_rest(
        self, painter: QPainter, rest: QRect, words: CaptionWords, *, wide: bool
    ) -> None:
        left, right = rest.left() + 9, rest.right() - _BESIDE_PX
        if wide and words.clock:
            width = QFontMetrics(self._clock).horizontalAdvance(words.clock) + 2
            where = QRect(right - width, rest.top(), width, rest.height())
            quiet = "selected_text_2" if words.is_selected else "text_3"
            self._write(painter, where, _RIGHT, self._clock, quiet, words.clock)
            right -= width + _BESIDE_PX
        where = QRect(left, rest.top(), right - left, rest.height())
        self._write(painter, where, _LEFT, self._id, "text", words.camera_id)
        where.setLeft(left + QFontMetrics(self._id).horizontalAdvance(words.camera_id) + 7)
        font, token = (self._id, "blue") if words.said else (self._name, "text")
        name = self._fitting(words.said or words.name, font, where.width())
        self._write(painter, where, _LEFT, font, token, name)

    def _write(
        self,
        painter: QPainter,
        where: QRect,
        align: Qt.AlignmentFlag,
        font: QFont,
        token: str,
        text: str,
    ) -> None:
        painter.setFont(font)
        painter.setPen(self._colours[token])
        painter.drawText(where, align, text)

    def _fitting(self, text: str, font: QFont, width: int) -> str:
        if self._elided[:2] != (text, width):
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._elided = (text, width, cut)
        return self._elided[2]
