"""A list exactly as tall as its rows, up to a number of them. Knows nothing of what is in them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget

_FRAME_PX = 2


class FittedList(QListWidget):
    """Hidden while it is empty. How high a row is, the stylesheet says: asked when it is seen."""

    def __init__(self, name: str, most_rows: int) -> None:
        super().__init__()
        self._most_rows = most_rows
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fit()

    def fit(self) -> None:
        """As tall as the rows it has now."""
        rows = min(self.count(), self._most_rows)
        self.setVisible(rows > 0)
        self.setFixedHeight(rows * max(0, self.sizeHintForRow(0)) + _FRAME_PX)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.fit()
