"""The six stages of an incident in one bar, with the time each began. Painted, not clicked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.incidents.incident import IncidentState
from app.ui.theme import Theme
from app.ui.words import state_name


class StageBar(QWidget):
    """Past stages light, the present one blue, what is still to come an outline."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._state = IncidentState.NEW
        self._times: Mapping[IncidentState, str] = {}
        self._ended_as = ""
        self.setFixedHeight(theme.px(24))

    def show_stage(
        self, state: IncidentState, times: Mapping[IncidentState, str], ended_as: str = ""
    ) -> None:
        """The present stage, `HH:MM` of those that began; `ended_as`: how a closed one ended."""
        self._state, self._times, self._ended_as = state, times, ended_as
        self.setAccessibleName(state_name(state))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        stages = list(IncidentState)
        widths = self._widths(stages)
        left = 0
        for stage, width in zip(stages, widths, strict=True):
            self._paint_stage(painter, stage, QRect(left, 0, width - 2, self.height() - 1))
            left += width

    def _widths(self, stages: list[IncidentState]) -> list[int]:
        """Each stage gets what its words need, and an equal part of what is left."""
        needs = [self._metrics().horizontalAdvance(self._text(stage)) + 12 for stage in stages]
        spare = max(0, self.width() - sum(needs)) // len(stages)
        return [need + spare for need in needs]

    def _text(self, stage: IncidentState) -> str:
        """With its time where all fit, without where they do not."""
        name, time = state_name(stage), self._times.get(stage, "")
        if stage is IncidentState.CLOSED and self._ended_as:
            name = self._ended_as
        roomy = self.width() >= self._theme.px(560)
        return f"{name} {time}" if time and roomy else name

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font("hint", 600))

    def _paint_stage(self, painter: QPainter, stage: IncidentState, where: QRect) -> None:
        order = list(IncidentState)
        ahead = order.index(stage) - order.index(self._state)
        ground, line, text = (
            ("control", "line_control", "text")
            if ahead < 0
            else (("selected", "blue", "selected_text") if ahead == 0 else ("bg", "line", "text_3"))
        )
        painter.fillRect(where, self._theme.colour(ground))
        painter.setPen(self._theme.colour(line))
        painter.drawRect(where)
        painter.setPen(self._theme.colour(text))
        painter.setFont(self._theme.font("hint", 600 if ahead == 0 else 400))
        words = self._metrics().elidedText(
            self._text(stage), Qt.TextElideMode.ElideRight, where.width() - 4
        )
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)
