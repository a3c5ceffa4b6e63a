"""What is not for everybody's eyes while the console is locked: a plain surface over a pane."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.labels import IconLabel, voiced


class Cover(QFrame):
    """As large as the pane it lies on, whatever happens to that."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addStretch(1)
        column.addWidget(
            IconLabel(theme, "eye-off", "text_3", 22), 0, Qt.AlignmentFlag.AlignHCenter
        )
        words = voiced(tr("Hidden while the console is locked"), "hint", wraps=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(words)
        column.addStretch(1)
        over.installEventFilter(self)
        self.hide()

    def lay(self, is_laid: bool) -> None:
        """Over the pane, or away."""
        if is_laid:
            self.setGeometry(self._over.rect())
            self.raise_()
        self.setVisible(is_laid)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False
