"""What goes over the timeline's still picture: the playhead with its time, the pointer's line."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from app.thai.dates import precise_time
from app.ui.review.timeline_layout import TimelineLayout
from app.ui.review.timeline_scale import TimelineScale, instant
from app.ui.theme import Theme


class PlayheadPainter:
    """Paints both, and says what of the widget they cover."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint(
        self, painter: QPainter, layout: TimelineLayout, scale: TimelineScale, at_s: float
    ) -> None:
        """White, with the time to a tenth of a second on the ruler."""
        tag = self.tag(layout, scale, at_s)
        if tag.isEmpty():
            return
        x = round(layout.names_px + scale.x(at_s))
        white = self._theme.colour("primary_text")
        painter.fillRect(x - 1, layout.ruler_top, 2, layout.height_px, white)
        painter.fillRect(tag, white)
        painter.setPen(self._theme.colour("bg"))
        painter.setFont(self._theme.font("small", 700))
        words = precise_time(instant(at_s))[:-2]
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)

    def paint_pointer(self, painter: QPainter, layout: TimelineLayout, x: float) -> None:
        """A thin line under the pointer."""
        if x >= layout.names_px:
            line = QRect(round(x), layout.ruler_top, 1, layout.height_px)
            painter.fillRect(line, self._theme.colour("text_3"))

    def line(self, layout: TimelineLayout, scale: TimelineScale, at_s: float) -> QRect:
        """What the line of a playhead at this instant covers, and a little more."""
        return QRect(round(layout.names_px + scale.x(at_s)) - 3, 0, 6, layout.height_px)

    def tag(self, layout: TimelineLayout, scale: TimelineScale, at_s: float) -> QRect:
        """What its time covers; nothing where it is not in view."""
        x, width = round(layout.names_px + scale.x(at_s)), self._theme.px(84)
        if not layout.names_px <= x <= layout.width_px:
            return QRect()
        left = min(max(x - width // 2, layout.names_px), layout.width_px - width)
        return QRect(left, layout.ruler_top + 2, width, layout.ruler_px - 4)
