"""A place that is not built yet: says so in plain words, and what will be there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.thai.translation import tr
from app.ui.rail import Place
from app.ui.theme import Theme
from app.ui.widgets.labels import frame, voiced
from app.ui.widgets.section_head import SectionHead


def what_comes(place_id: str) -> tuple[str, ...]:
    """What the officer will find in a place, line by line."""
    match place_id:
        case "papers":
            return (
                tr("The incident sheet, the shift handover, the day's summary, survey sheets."),
                tr("What is printed is what is shown, and can be printed again identically."),
                tr("Until then nothing can be printed from the console."),
            )
        case _:
            return ()


class ComingPlace(QFrame):
    """One card in the middle of the place."""

    def __init__(self, theme: Theme, place: Place) -> None:
        super().__init__()
        self.setProperty("ground", "bg")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(SectionHead(theme, place.icon, place.name))
        column.addStretch(1)
        card = frame("", "card")
        card.setFixedWidth(theme.px(620))
        lines = QVBoxLayout(card)
        lines.setContentsMargins(24, 20, 24, 22)
        lines.setSpacing(8)
        lines.addWidget(voiced(tr("Not built yet"), "title", "amber"))
        lines.addWidget(voiced(tr("What will be here:"), "second"))
        for sentence in what_comes(place.id):
            line = voiced("·  " + sentence)
            line.setWordWrap(True)
            lines.addWidget(line)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
