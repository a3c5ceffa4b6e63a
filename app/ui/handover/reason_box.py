"""Asks for a reason under the buttons: why a handover is given back, or a shift begun without."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.setup.field_box import FieldBox
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.keys import keeps_escape


class ReasonBox(QWidget):
    """Enter gives the reason, Esc leaves."""

    given = Signal(str, str)  # what for, reason

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._what = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 4, 14, 6)
        column.setSpacing(4)
        self.reason = FieldBox("")
        self.reason.line.installEventFilter(self)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        self.confirm = KeyButton(theme, "", key="Enter")
        self.confirm.clicked.connect(self._on_given)
        self._leave = KeyButton(theme, tr("Back"), key="Esc", flat=True)
        self._leave.clicked.connect(self.hide)
        row.addWidget(self.confirm)
        row.addWidget(self._leave)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def ask(self, what: str, question: str, deed: str) -> None:
        """`what` comes back with the reason; `deed` is the button's word."""
        self._what = what
        self.reason.name.setText(question)
        self.reason.line.setAccessibleName(question)
        self.reason.fill("")
        self.confirm.show_words(deed, "Enter")
        self.show()
        self.reason.line.setFocus()

    def complain(self, sentence: str) -> None:
        """What was typed stays."""
        self.reason.tell(sentence, "red")

    def _on_given(self) -> None:
        self.given.emit(self._what, self.reason.text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if keeps_escape(event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.hide()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_given()
                return True
        return super().eventFilter(watched, event)
