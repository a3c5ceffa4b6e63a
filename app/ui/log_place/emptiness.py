"""What stands in place of the table when nothing was found or is there: what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.incidents.asked import Asked, Understood
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.labels import voiced

_MOST_LINES = 4
"""As many as there is advice."""


class Emptiness(QFrame):
    """A few sentences in the middle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(4)
        column.addStretch(2)
        self.title = voiced("", "title", wraps=True)
        self._lines = tuple(voiced("", "second", wraps=True) for _ in range(_MOST_LINES))
        for label in (self.title, *self._lines):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(3)

    def explain(self, asked: Asked, understood: Understood, *, is_all: bool) -> None:
        """Why the table is empty."""
        if not is_all:
            self._say(tr("Searching…"))
        elif asked.is_empty:
            self._say(tr("No incident yet"), tr("F2 takes the first report."))
        else:
            self._say(tr("Nothing was found"), *_advice(asked, understood))

    def _say(self, title: str, *sentences: str) -> None:
        self.title.setText(title)
        for number, label in enumerate(self._lines):
            label.setText(sentences[number] if number < len(sentences) else "")
            label.setVisible(number < len(sentences))


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
