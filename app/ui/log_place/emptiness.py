"""What stands in place of the table when nothing was found or is there: what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.incidents.asked import Asked, Understood
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.labels import voiced


class Emptiness(QFrame):
    """A few sentences in the middle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(8)
        column.addStretch(2)
        self.title = voiced("", "title", wraps=True)
        self.words = voiced("", "second", wraps=True)
        for label in (self.title, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(3)

    def explain(self, asked: Asked, understood: Understood, *, is_all: bool) -> None:
        """Why the table is empty."""
        if not is_all:
            self._say(tr("Searching…"), "")
        elif asked.is_empty:
            self._say(tr("No incident yet"), tr("F2 takes the first report."))
        else:
            self._say(tr("Nothing was found"), "\n".join(_advice(asked, understood)))

    def _say(self, title: str, words: str) -> None:
        self.title.setText(title)
        self.words.setText(words)
        self.words.setVisible(bool(words))


def _advice(asked: Asked, understood: Understood) -> list[str]:
    """What may help, the likeliest first."""
    advice = []
    if len(understood.words) > 1:
        advice.append(tr("Every word must be there: take one away."))
    if understood.span is not None:
        advice.append(tr("The time may be another: take its chip away."))
    if any((asked.states, asked.zones, asked.communities, asked.beats, asked.groups,
            asked.categories, asked.channels, asked.units, asked.officers)):  # fmt: skip
        advice.append(tr("Filters are ticked: “Clear” takes them all away."))
    if understood.words:
        advice.append(tr("A shorter piece of a word finds more."))
    return advice
