"""The shift in six figures, over its page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from app.duty.handover_page import PageFigure
from app.ui.theme import Theme
from app.ui.widgets.labels import ElidedLabel, restate, voiced

_LEFT_PX, _GAP_PX, _RIGHT_PX = 14, 8, 8


class _Figure(QFrame):
    """Label above, the figure and its unit below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("edge", "right")
        column = QVBoxLayout(self)
        column.setContentsMargins(_LEFT_PX, 5, _RIGHT_PX, 4)
        column.setSpacing(0)
        self._label = ElidedLabel("", "second")
        column.addWidget(self._label)
        row = QHBoxLayout()
        row.setSpacing(_GAP_PX)
        self._value: QLabel = voiced("–", "figure")
        self._value.setMinimumHeight(theme.px(38))
        self._unit = ElidedLabel("", "hint")
        row.addWidget(self._value, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._unit, 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)

    def show_figure(self, figure: PageFigure) -> None:
        self._label.setText(figure.label)
        self._value.setText(figure.value)
        self._unit.setText(figure.unit)
        restate(self._value, "state", figure.state)

    @property
    def wanted_px(self) -> int:
        """What its label, or its figure with the unit, needs."""
        figure = self._value.sizeHint().width() + _GAP_PX + self._unit.sizeHint().width()
        return _LEFT_PX + max(self._label.sizeHint().width(), figure) + _RIGHT_PX


class FiguresStrip(QFrame):
    """As many cells as there are figures."""

    def __init__(self, theme: Theme, count: int = 6) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self.setProperty("edge", "bottom")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 1)
        row.setSpacing(0)
        self._row = row
        self._cells = [_Figure(theme) for _ in range(count)]
        for cell in self._cells:
            row.addWidget(cell, 1)

    def show_figures(self, figures: Sequence[PageFigure]) -> None:
        """The figures of a page, from left to right; each as wide as its words ask, beside the
        others: in a narrow strip none is cut while another has room to spare."""
        for cell, figure in zip(self._cells, figures, strict=False):
            cell.show_figure(figure)
        self._fit()

    def _fit(self) -> None:
        for number, cell in enumerate(self._cells):
            self._row.setStretch(number, cell.wanted_px)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()  # how wide words are is known once they are dressed
