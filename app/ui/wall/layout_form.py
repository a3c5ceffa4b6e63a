"""One line over the wall that asks for a layout's name, or whether to remove it. Knows no log.

Not a dialog: an alarm may ring while it stands open.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from app.cameras.wall_layouts import NAME_LIMIT
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.keys import keeps_escape
from app.ui.widgets.labels import restate, voiced


class LayoutForm(QFrame):
    """Enter answers, Esc leaves. A refused answer stays typed, with the reason under it."""

    answered = Signal(str)  # the name; the empty string when no name was asked for
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "raised")
        self.setProperty("edge", "bottom")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 5, 8, 5)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._question = voiced("", "strong")
        self.line = QLineEdit()
        self.line.setMaxLength(NAME_LIMIT)
        self.line.installEventFilter(self)
        self.line.returnPressed.connect(self._on_answered)
        self.answer = KeyButton(theme, tr("Save"), key="Enter", primary=True)
        self.answer.clicked.connect(self._on_answered)
        self._leave = KeyButton(theme, tr("Cancel"), key="Esc")
        self._leave.clicked.connect(self.leave)
        row.addWidget(self._question)
        row.addWidget(self.line, 1)
        row.addStretch(0)
        row.addWidget(self.answer)
        row.addWidget(self._leave)
        column.addLayout(row)
        self._complaint = voiced("", "second", "red")
        self._complaint.setWordWrap(True)
        self._complaint.hide()
        column.addWidget(self._complaint)
        self.hide()

    def ask_name(self, question: str, name: str) -> None:
        """A name, with this one typed already."""
        self._open(question, tr("Save"), asks_name=True)
        self.line.setText(name)
        self.line.selectAll()
        self.line.setFocus()

    def ask_whether(self, question: str, answer: str) -> None:
        """Only yes or no."""
        self._open(question, answer, asks_name=False)
        self.answer.setFocus()

    def _open(self, question: str, answer: str, *, asks_name: bool) -> None:
        self._question.setText(question)
        self._question.setWordWrap(not asks_name)
        self.line.setVisible(asks_name)
        self.line.setAccessibleName(question)
        self.answer.show_words(answer, "Enter")
        restate(self.answer, "primary", asks_name)
        self._complaint.hide()
        self.show()

    def complain(self, words: str) -> bool:
        """Why the answer will not do; False if nothing is being asked."""
        if self.isVisible():
            self._complaint.setText(words)
            self._complaint.show()
            return True
        return False

    def leave(self) -> None:
        """Ask no more."""
        self.hide()
        self.left.emit()

    def _on_answered(self) -> None:
        self.answered.emit(self.line.text() if self.line.isVisible() else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if keeps_escape(event):
            return True
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.leave()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.line.isHidden():  # the line has answered already, and passes it on
            self._on_answered()
        else:
            super().keyPressEvent(event)
