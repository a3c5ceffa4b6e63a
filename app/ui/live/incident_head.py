"""The head of the selected incident: its mark, number, type, priority, and the running deadline."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.incidents.categories import Priority
from app.incidents.deadlines import Targets, Urgency, next_deadline, urgency
from app.incidents.incident import Incident
from app.map.shapes import draw_incident
from app.map.style import MapStyle
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.labels import ElidedLabel, chip, restate, voiced
from app.ui.words import (
    channel_name,
    deadline_words,
    group_name,
    map_urgency,
    priority_name,
)


class UrgencyMark(QWidget):
    """The diamond of the incident's urgency."""

    def __init__(self, theme: Theme, style: MapStyle) -> None:
        super().__init__()
        self._style = style
        self._urgency = Urgency.IN_HAND
        self.setFixedSize(theme.px(22), theme.px(22))

    def show_urgency(self, urgency: Urgency) -> None:
        self._urgency = urgency
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(self.width() / 2, self.height() / 2)
        draw_incident(painter, centre, map_urgency(self._urgency), self._style, 9.0)


class IncidentHead(QFrame):
    """One line; a narrow one drops where it came from, and what its clock is about."""

    def __init__(self, theme: Theme, style: MapStyle) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self.setProperty("edge", "bottom")
        self.setFixedHeight(theme.px(34))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 12, 0)
        row.setSpacing(8)
        self._mark = UrgencyMark(theme, style)
        self.number = voiced("", "title")
        self._is_awaited = False
        self._category = ElidedLabel("", "title")
        self._priority = chip("", "plain")
        self._source = voiced("", "second")
        self._due = voiced("", "second")
        self._countdown = voiced("", "countdown")
        for widget in (self._mark, self.number):
            row.addWidget(widget)
        row.addWidget(self._category, 1)
        for widget in (self._priority, self._source, self._due, self._countdown):
            row.addWidget(widget)

    def show_nothing(self) -> None:
        """No incident is chosen."""
        for label in (self.number, self._source, self._due, self._countdown):
            label.setText("")
        self.number.hide()  # an empty one would push the words aside
        self._category.setText(tr("No incident chosen"))
        self._priority.hide()
        self._mark.hide()

    def show_incident(self, incident: Incident) -> None:
        """Everything but the running clock; another one's is painted with its first `tick`."""
        report = incident.report
        self._mark.show()
        self.number.show()
        self._is_awaited |= incident.number != self.number.text()
        self.number.setText(incident.number)
        self._category.setText(incident.category.name)
        self._priority.setText(priority_name(report.priority))
        look = "urgent" if report.priority is Priority.URGENT else "plain"
        restate(self._priority, "chip", look)
        self._priority.show()
        source = f"{channel_name(report.channel)} · {group_name(incident.category.group)}"
        self._source.setText("" if incident.erased else source)

    def tick(self, incident: Incident, now: datetime, targets: Targets) -> None:
        """Once a second: the clock of the next deadline."""
        pressing = urgency(incident, now, targets)
        self._mark.show_urgency(pressing)
        deadline = next_deadline(incident, targets)
        if deadline is None:
            self._due.setText("")
            self._countdown.setText("")
            self._show_at_once()
            return
        words = deadline_words(deadline, now)
        self._countdown.setText(words.figure)
        self._due.setText(
            tr("{what} overdue", what=words.label)
            if words.over
            else tr("{what} within", what=words.label)
        )
        colour = {Urgency.ACT_NOW: "red", Urgency.WATCH: "amber"}.get(pressing, "")
        state = colour if words.over or pressing is Urgency.WATCH else ""
        restate(self._countdown, "state", state)
        restate(self._due, "state", state)
        self._show_at_once()

    def _show_at_once(self) -> None:
        """Before table, map and story are painted: the caller waits for the number."""
        layout = self.layout()
        if self._is_awaited and layout is not None:
            layout.activate()
            self.repaint()
        self._is_awaited = False

    def fit(self, *, wide: bool, roomy: bool) -> None:
        """What there is room for."""
        self._source.setVisible(wide)
        self._due.setVisible(roomy)
