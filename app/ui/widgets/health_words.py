"""A state of the header: its shape, and its words where there is room. Knows the theme only."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.theme import Theme
from app.ui.widgets.labels import IconLabel, restate, voiced


class HealthWords(QWidget):
    """A state's shape and its words: dot, triangle or cross beside a short text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._mark = IconLabel(theme, "dot", "text_3", 14)
        self._text = voiced("")
        row.addWidget(self._mark)
        row.addWidget(self._text)
        self._shown = ("", "")
        self._explained = ""
        self.hide()  # until there is something to say

    @property
    def text(self) -> str:
        """What is said; nothing while it is hidden."""
        return "" if self.isHidden() else self._shown[1]

    @property
    def is_wrong(self) -> bool:
        """Whether somebody should look: then the words stay beside the shape."""
        return bool(self._text.property("state"))

    def show_state(self, icon: str, colour: str, text: str, explained: str = "") -> None:
        """`icon` from Lucide, `colour` a token."""
        self._explained = explained
        if self._shown != (icon + colour, text):
            self._shown = (icon + colour, text)
            self._mark.show_icon(icon, colour)
            self._text.setText(text)
            restate(self._text, "state", colour if colour in ("red", "amber") else "")
        self._tell_on_hover()
        self.updateGeometry()
        self.show()

    def show_words(self, shown: bool) -> None:
        """The shape alone, where there is no room for its words."""
        self._text.setVisible(shown)
        self._tell_on_hover()
        self.updateGeometry()

    def _tell_on_hover(self) -> None:
        words = self._shown[1] if self._text.isHidden() else ""
        self.setToolTip("\n".join(part for part in (words, self._explained) if part))
