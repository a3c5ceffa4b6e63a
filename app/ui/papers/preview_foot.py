"""Under the preview: what the clerk should know before it goes to paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme import Theme
from app.ui.widgets.labels import IconLabel, voiced

_MOST = 4


class PreviewFoot(QFrame):
    """A line a fact: good ones side by side, each note in amber on a line of its own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "panel")
        self.setProperty("edge", "top")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 3, 12, 3)
        self._column.setSpacing(0)
        self._rows: list[QWidget] = []

    def show_facts(self, good: Sequence[str], notes: Sequence[str]) -> None:
        """`notes`: what could not be used, or is missing."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        if good:
            self._add([("check", "green", words, False) for words in good])
        for words in notes[:_MOST]:
            self._add([("triangle-alert", "amber", words, True)])
        self.setVisible(bool(self._rows))

    def _add(self, facts: Sequence[tuple[str, str, str, bool]]) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for icon, colour, words, wraps in facts:
            row.addWidget(IconLabel(self._theme, icon, colour, 14))
            row.addWidget(voiced(words, "second", wraps=wraps), 1 if wraps else 0)
            row.addSpacing(12)
        row.addStretch(0 if facts[0][3] else 1)
        self._column.addWidget(line)
        self._rows.append(line)
