"""A form of Setup for one record: a head, its fields, and a foot with a sentence over the buttons.

What the fields are and what is saved is the heirs'.
"""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import KnownError
from app.thai.translation import explain, tr
from app.ui.setup.save_button import save_button
from app.ui.theme import Theme
from app.ui.widgets.labels import restate, voiced
from app.ui.widgets.section_head import SectionHead


class RecordForm(QFrame):
    """An heir makes its fields and buttons, then lays them out."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme = theme
        self._is_asked = False
        self.setProperty("ground", "panel")
        self.head = SectionHead(theme, icon, "")
        self.words = voiced("", wraps=True)
        self.words.hide()
        self.save = save_button(theme, self, tr("Save"), self.ask_to_save)

    @abstractmethod
    def ask_to_save(self) -> None:
        """Save, or say what is wrong."""

    def _lay_out(
        self,
        fields: QVBoxLayout,
        *buttons: QWidget,
        grows: bool = False,
        asks: QWidget | None = None,
    ) -> None:
        """`buttons` stand left of Save; the fields take the room that is left if they can use it;
        `asks` stands under the sentence."""
        fields.setContentsMargins(16, 8, 16, 8)
        fields.setSpacing(4)
        foot = QFrame()
        foot.setProperty("edge", "top")
        inner = QVBoxLayout(foot)
        inner.setContentsMargins(16, 8, 16, 10)
        inner.setSpacing(6)
        inner.addWidget(self.words)
        if asks is not None:
            inner.addWidget(asks)
        row = QHBoxLayout()
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.save)
        inner.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(fields, 1 if grows else 0)
        if not grows:
            column.addStretch(1)
        column.addWidget(foot)

    def tell(self, words: str, state: str) -> None:
        """A sentence over the buttons."""
        self._is_asked = False
        restate(self.words, "state", state)
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def show_failure(self, error: KnownError) -> None:
        """It was not saved; what was typed stays."""
        self.tell(explain(error), "red")

    def _is_sure(self, what_follows: str) -> bool:
        """Asked twice: the first press says what follows, the second one is the answer."""
        if self._is_asked:
            return True
        self.tell(what_follows, "amber")
        self._is_asked = True
        return False

    def _on_edited(self) -> None:
        self.tell("", "")
