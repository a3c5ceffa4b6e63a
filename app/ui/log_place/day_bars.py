"""How many were found day by day, as bars; a click on one asks for that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.thai.dates import short_date
from app.thai.translation import language, tr
from app.ui.theme import Theme

_GAP_PX = 3
_LEAST_PX = 2


@dataclass(frozen=True, slots=True)
class DayCount:
    """So many of one day; `asked`: it lies in the span that is asked for."""

    day: date
    count: int
    asked: bool


class DayBars(QWidget):
    """Bars over their first and last day."""

    day_chosen = Signal(object)  # date

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._days: tuple[DayCount, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("How many were found day by day"))

    @property
    def days(self) -> tuple[DayCount, ...]:
        """What is shown."""
        return self._days

    def show_days(self, days: Sequence[DayCount]) -> None:
        """Other days; without any it takes no room."""
        self._days = tuple(days)
        self.setVisible(bool(days))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(100, self._theme.px(54))

    def _bar(self, number: int) -> QRectF:
        """The whole room of a day's bar."""
        width = self.width() / max(1, len(self._days))
        height = self.height() - self._theme.px(18)
        gap = _GAP_PX if width > 3 * _GAP_PX else 1.0
        return QRectF(number * width, 0, max(1.0, width - gap), height)

    def _at(self, x: float) -> DayCount | None:
        number = int(x * len(self._days) / max(1, self.width()))
        return self._days[number] if 0 <= number < len(self._days) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._days:
            return
        painter, theme = QPainter(self), self._theme
        is_all = all(one.asked for one in self._days)
        asked = "line_check" if is_all else "blue"  # blue: selected, while others are not
        most = max(1, *(one.count for one in self._days)) if self._days else 1
        for number, one in enumerate(self._days):
            room = self._bar(number)
            height = max(_LEAST_PX, room.height() * one.count / most) if one.count else 1.0
            bar = QRectF(room.left(), room.bottom() - height, room.width(), height)
            lit = one.asked and one.count > 0
            painter.fillRect(bar, theme.colour(asked if lit else "line_control"))
        painter.setPen(theme.colour("text_3"))
        painter.setFont(theme.font("hint"))
        below = self.rect().adjusted(0, self.height() - theme.px(17), 0, 0)
        for one, side in ((self._days[0], Qt.AlignmentFlag.AlignLeft),
                          (self._days[-1], Qt.AlignmentFlag.AlignRight)):  # fmt: skip
            words = short_date(one.day, language()).rsplit(" ", 1)[0]
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | side, words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        one = self._at(event.position().x())
        if one is not None and event.button() == Qt.MouseButton.LeftButton:
            self.day_chosen.emit(one.day)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            one = self._at(event.pos().x())
            words = (
                tr("{day}: {count:,}", day=short_date(one.day, language()), count=one.count)
                if one is not None
                else ""
            )
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)
