"""What the lines and colours that come and go mean, in the map's corner; away while there are none.

Knows how they look, not where they lie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.map.marks import LayerLook, MapLayer
from app.thai.translation import tr
from app.ui.theme import Theme

EDGE_PX = 12
_PADDING_PX, _SIGN_PX, _GAP_PX, _BETWEEN_PX = 10, 22, 7, 16
_SEEN, _SEEN_TWICE = 0.45, 0.85  # as strong as they come out upon the map's ground


@dataclass(frozen=True, slots=True)
class _Entry:
    words: str
    sign: Callable[[QPainter, QRectF, Theme], None]


class Legend(QWidget):
    """One line of signs and words over the map. Takes no mouse."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._theme = theme
        self._is_drawing = self._shows_coverage = False
        self._entries: tuple[_Entry, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_layers(self, looks: Iterable[LayerLook]) -> None:
        """Which layers are on the map."""
        self._shows_coverage = any(look.shown for look in looks if look.layer is MapLayer.COVERAGE)
        self._arrange()

    def show_drawing(self, is_drawing: bool) -> None:
        """Whether outlines are being drawn anew."""
        self._is_drawing = is_drawing
        self._arrange()

    def _arrange(self) -> None:
        entries: list[_Entry] = []
        if self._is_drawing:
            entries += [_Entry(tr("New outline"), _new), _Entry(tr("As saved"), _saved)]
        if self._shows_coverage:
            entries += [
                _Entry(tr("≥ 1 camera"), _seen),
                _Entry(tr("≥ 2 cameras"), _seen_twice),
                _Entry(tr("Blind"), _blind),
            ]
        self._entries = tuple(entries)
        self.setVisible(bool(entries))
        self.setGeometry(EDGE_PX, EDGE_PX, self.sizeHint().width(), self.sizeHint().height())
        self.setAccessibleName(" · ".join(entry.words for entry in entries))
        self.update()

    @property
    def words(self) -> tuple[str, ...]:
        """What is explained now."""
        return tuple(entry.words for entry in self._entries)

    def sizeHint(self) -> QSize:
        letters = QFontMetrics(self._theme.font("hint"))
        wide = sum(_SIGN_PX + _GAP_PX + letters.horizontalAdvance(one) for one in self.words)
        wide += _BETWEEN_PX * max(0, len(self._entries) - 1) + 2 * _PADDING_PX
        return QSize(wide, self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line_control"), 1))
        painter.setBrush(theme.colour("bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        letters = QFontMetrics(theme.font("hint"))
        left, middle = float(_PADDING_PX), self.height() / 2
        for entry in self._entries:
            entry.sign(painter, QRectF(left, middle - 5, _SIGN_PX, 10), theme)
            left += _SIGN_PX + _GAP_PX
            width = letters.horizontalAdvance(entry.words)
            painter.setFont(theme.font("hint"))
            painter.setPen(theme.colour("text_2"))
            where = QRectF(left, 0, width + 2, self.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, entry.words)
            left += width + _BETWEEN_PX


def _new(painter: QPainter, box: QRectF, theme: Theme) -> None:
    _line(painter, box, QPen(theme.colour("blue"), 2.4))


def _saved(painter: QPainter, box: QRectF, theme: Theme) -> None:
    dashes = QPen(theme.colour("text_3"), 1.2)
    dashes.setDashPattern([4.0, 3.0])
    _line(painter, box, dashes)


def _line(painter: QPainter, box: QRectF, pen: QPen) -> None:
    painter.setPen(pen)
    middle = box.center().y()
    painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))


def _seen(painter: QPainter, box: QRectF, theme: Theme) -> None:
    _fill(painter, box, theme, _SEEN)


def _seen_twice(painter: QPainter, box: QRectF, theme: Theme) -> None:
    _fill(painter, box, theme, _SEEN_TWICE)


def _fill(painter: QPainter, box: QRectF, theme: Theme, strength: float) -> None:
    green = theme.colour("green")
    green.setAlphaF(strength)
    painter.fillRect(box, green)


def _blind(painter: QPainter, box: QRectF, theme: Theme) -> None:
    painter.fillRect(box, theme.colour("amber_tint"))
    painter.fillRect(box, QBrush(theme.colour("amber"), Qt.BrushStyle.BDiagPattern))
