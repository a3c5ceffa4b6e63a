"""A line in which an incident is chosen: by its number, among the open ones, or the selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.incidents.incident import Incident
from app.thai.dates import short_date
from app.thai.translation import language, tr
from app.ui.desk import Desk
from app.ui.theme import Theme
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.suggest_field import SuggestField, Suggestion
from app.ui.words import state_name

_MOST = 6


class IncidentField(QWidget):
    """Type a number; ↓ lists the newest open ones. Tells the id of what was taken."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.incident_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.field = SuggestField(theme, tr("Number: 1284, 1284/2569"), tr("Incident"))
        self._about = ElidedLabel("", "second")
        column.addWidget(self.field)
        column.addWidget(self._about)
        self.field.edited.connect(self._on_edited)
        self.field.focused.connect(self._on_focused)
        self.field.taken.connect(self._on_taken)

    def choose(self, incident_id: str) -> None:
        """Show this incident; nobody is told."""
        self.incident_id = incident_id
        found = self._desk.incident(incident_id) if incident_id else None
        self.field.line.setText(found.number if found is not None else "")
        self._about.setText(_about(found) if found is not None else "")

    def _on_focused(self) -> None:
        self.field.line.selectAll()

    def _on_edited(self, text: str) -> None:
        typed = text.strip()
        found: Sequence[Incident] = (
            self._desk.find_incidents(typed, _MOST)
            if typed
            else self._desk.open_incidents()[:_MOST]
        )
        self.field.offer([_row(one, len(typed)) for one in found])

    def _on_taken(self, incident_id: object) -> None:
        self.choose(str(incident_id))
        self.chosen.emit(self.incident_id)


def _about(one: Incident) -> str:
    return f"{one.category.name} · {one.report.place}"


def _row(one: Incident, typed: int) -> Suggestion:
    return Suggestion(
        value=one.id,
        title=one.number,
        detail=f"{_about(one)} · {short_date(one.reported_at, language())}",
        right=state_name(one.state),
        icon="notebook-text",
        spans=((0, min(typed, len(one.number))),) if typed else (),
    )
