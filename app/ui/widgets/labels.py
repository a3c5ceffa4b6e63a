"""Labels: by voice, by chip, elided, and rules. Knows the theme's property names only."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.icons import paint_icon
from app.ui.theme import Theme

_ABOVE_PX, _BELOW_PX = 3, 2
"""Room for what Thai writes above and below its letters: Sarabun's tone over a vowel stands higher
than the font's ascent says, and a tight label cuts it off."""


def voiced(text: str, voice: str = "", state: str = "", *, wraps: bool = False) -> QLabel:
    """A label in one of the stylesheet's voices (`title`, `strong`, `second`, `hint`, …).

    `wraps`: over as many lines as it needs.
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("voice", voice)
    label.setProperty("state", state)
    label.setContentsMargins(0, _ABOVE_PX, 0, _BELOW_PX)
    label.setWordWrap(wraps)
    return label


def chip(text: str, look: str) -> QLabel:
    """A small bordered label: `red`, `amber`, `green`, `urgent`, `blue`, `plain`, `kbd`."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("chip", look)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return label


def restate(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property and let the stylesheet look again, if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def fit_height(card: QWidget) -> None:
    """As tall as its words need at the width it has; `adjustSize` reckons lines at a narrower one
    and leaves gaps between them."""
    layout = card.layout()
    if layout is not None:
        for label in card.findChildren(QLabel):
            label.ensurePolished()  # in the font that it will have
        layout.invalidate()
        wraps = layout.hasHeightForWidth()  # not if nothing that is shown now does
        tall = layout.totalHeightForWidth(card.width()) if wraps else layout.sizeHint().height()
        card.resize(card.width(), tall)


def measured_anew(widget: QWidget) -> QSize:
    """How large it should be, now that something in it came or went; it is laid out so."""
    layout = widget.layout()
    assert layout is not None, "nothing lays it out"
    layout.invalidate()
    layout.activate()
    return layout.sizeHint()


def rule(vertical: bool = False) -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setObjectName("rule")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def frame(ground: str = "", edge: str = "") -> QFrame:
    """A flat surface of the theme with a line on one edge."""
    made = QFrame()
    made.setProperty("ground", ground)
    made.setProperty("edge", edge)
    return made


class IconLabel(QWidget):
    """An icon, drawn when it is seen: one on a hidden place costs nothing."""

    def __init__(self, theme: Theme, name: str, token: str = "text_2", size: int = 15) -> None:
        super().__init__()
        self._theme = theme
        self._name, self._token = name, token
        self.setFixedSize(theme.px(size), theme.px(size))

    def show_icon(self, name: str, token: str) -> None:
        """Another icon, in the colour of another token."""
        if (name, token) != (self._name, self._token):
            self._name, self._token = name, token
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, self._name, self._theme.colour(self._token), QRectF(self.rect()))


def beside_first_line(theme: Theme, mark: QWidget, role: str = "small") -> QVBoxLayout:
    """A mark in the middle of the first line of the words beside it, however many lines follow."""
    line = QFontMetrics(theme.font(role)).height() + _ABOVE_PX + _BELOW_PX
    column = QVBoxLayout()
    column.setContentsMargins(0, max(0, (line - mark.height()) // 2), 0, 0)
    column.addWidget(mark)
    column.addStretch(1)
    return column


class ElidedLabel(QLabel):
    """A label that may be narrower than its text: it ends in … and tells all in its tool tip."""

    def __init__(self, text: str = "", voice: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("voice", voice)
        self.setContentsMargins(0, _ABOVE_PX, 0, _BELOW_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("…") * 3, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip("" if text == self.text() else self.text())
        painter.setPen(self.palette().windowText().color())
        painter.setFont(self.font())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
