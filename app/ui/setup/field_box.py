"""A field of a form with its name over it and, under it, what is wrong or understood."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.ui.widgets.labels import restate, voiced


class FieldBox(QWidget):
    """Says when a person typed (`edited`) and when the field was left or Enter pressed (`left`)."""

    edited = Signal()
    left = Signal()

    def __init__(self, name: str, placeholder: str = "", *, secret: bool = False) -> None:
        super().__init__()
        self._help = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.name = voiced("", "second")
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        self.rename(name)
        self.line.setMaxLength(500)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.words = voiced("", "hint", wraps=True)
        self.words.hide()
        for widget in (self.name, self.line, self.words):
            column.addWidget(widget)
        column.addStretch(1)
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self.left)

    def rename(self, name: str) -> None:
        """What the field is for, over it."""
        self.name.setText(name)
        self.line.setAccessibleName(name)

    @property
    def text(self) -> str:
        """What stands in the field, without spaces around it."""
        return self.line.text().strip()

    def fill(self, text: str) -> None:
        """Other text, which nobody typed."""
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self.tell("")

    def tell(self, words: str, state: str = "") -> None:
        """A sentence under the field, `red` for what is wrong; nothing brings the help back."""
        restate(self.words, "state", state)
        self.words.setText(words or self._help)
        self.words.setVisible(bool(words or self._help))

    def show_help(self, words: str) -> None:
        """What stands under the field as long as there is nothing else to say."""
        self._help = words
        self.tell("")

    def _on_edited(self) -> None:
        self.tell("")
        self.edited.emit()
