"""The foot of the intake panel: the number it will get, and the two ways to save."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced

_ROOMY_PX = 480


class IntakeFoot(QFrame):
    """`save` keeps the report; `save_and_send` keeps it and asks which unit goes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._roomy_px = theme.px(_ROOMY_PX)
        self.setProperty("ground", "panel")
        self.setProperty("edge", "top")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(8)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(voiced(tr("Number on saving"), "hint"))
        self.number = voiced("", "title")
        column.addWidget(self.number)
        row.addLayout(column)
        row.addStretch(1)
        self.save = KeyButton(theme, tr("Save"), key="Ctrl Enter")
        self.save_and_send = KeyButton(theme, tr("Save and send"), key="Ctrl D", primary=True)
        for button in (self.save, self.save_and_send):
            button.setMinimumHeight(theme.px(36))
            row.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The icon only where there is room for it."""
        self.save_and_send.show_icon("send" if self.width() >= self._roomy_px else "")
