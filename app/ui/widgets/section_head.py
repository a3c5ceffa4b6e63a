"""The 34 px bar over a pane: icon, title, and what stands to its right."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.theme import Theme
from app.ui.widgets.labels import IconLabel, voiced


class SectionHead(QFrame):
    """Add widgets with `add` (right of the title) and `add_right` (at the end)."""

    def __init__(self, theme: Theme, icon: str, title: str) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self.setProperty("edge", "bottom")
        self.setFixedHeight(theme.px(34))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 0, 8, 0)
        self._row.setSpacing(8)
        self._row.addWidget(IconLabel(theme, icon))
        self.title = voiced(title, "strong")
        self._row.addWidget(self.title)
        self._row.addStretch(1)
        self._left = 2

    def add(self, widget: QWidget) -> None:
        """Put a widget behind the title."""
        self._row.insertWidget(self._left, widget)
        self._left += 1

    def add_right(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self._row.addWidget(widget)

    def needed_px(self) -> int:
        """How wide it has to be for all that is shown in it."""
        self._row.invalidate()
        return self._row.sizeHint().width()
