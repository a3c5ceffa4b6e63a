"""The line at the foot that says: this viewing is logged, since when, under whose name."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.thai.dates import clock_time
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.labels import ElidedLabel, IconLabel


class ViewingLine(QFrame):
    """Two small lines."""

    def __init__(self, theme: Theme, officer: str) -> None:
        super().__init__()
        self.setProperty("edge", "top")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 10, 5)
        row.setSpacing(8)
        row.addWidget(IconLabel(theme, "eye", "text_3"))
        column = QVBoxLayout()
        column.setSpacing(0)
        self._when = ElidedLabel(tr("Every viewing is written into the log"), "hint")
        self._who = ElidedLabel(officer, "hint")
        column.addWidget(self._when)
        column.addWidget(self._who)
        row.addLayout(column, 1)

    def show_officer(self, officer: str) -> None:
        """Whose viewing it is from now on."""
        self._who.setText(officer)

    def fit(self, small: bool) -> None:
        """A small screen has the name in its header only."""
        self._who.setVisible(not small)

    def show_logged(self, at: datetime) -> None:
        """The newest entry of this viewing."""
        self._when.setText(tr("This viewing was logged at {time}", time=clock_time(at)))
