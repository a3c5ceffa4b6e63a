"""The open incidents' pane: its head with the counts that press, and the table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.incidents.deadlines import Targets, Urgency, urgency
from app.incidents.incident import Incident
from app.thai.translation import tr
from app.ui.live.incident_table import IncidentTable
from app.ui.theme import Theme
from app.ui.widgets.labels import chip, voiced
from app.ui.widgets.section_head import SectionHead

_LEAST_PX = 384


class TablePane(QFrame):
    """How many are open, how many press, and each of them."""

    def __init__(self, theme: Theme, table: IncidentTable) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self.table = table
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = SectionHead(theme, "list", "")
        self._act_now = chip("", "red")
        self._watch = chip("", "amber")
        self._closed = voiced("", "hint")
        self._head.add(self._act_now)
        self._head.add(self._watch)
        self._head.add_right(self._closed)
        column.addWidget(self._head)
        column.addWidget(table, 1)
        self.setMinimumWidth(theme.px(_LEAST_PX))  # its head and its table fit themselves
        self._empty = voiced(tr("No open incident. F2 takes a report."), "second", wraps=True)
        self._counts = (0, 0)
        self._empty.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self._empty)
        for unknown in (self._act_now, self._watch, self._empty):
            unknown.hide()  # until the log has been read

    def show_incidents(
        self, incidents: Sequence[Incident], now: datetime, targets: Targets, chosen: str
    ) -> None:
        """Table and counts; called when something changed, and once a second."""
        self.table.show_incidents(incidents, now, targets, chosen)
        levels = [urgency(incident, now, targets) for incident in incidents]
        act_now, watch = levels.count(Urgency.ACT_NOW), levels.count(Urgency.WATCH)
        self._head.title.setText(tr("Open incidents {count}", count=len(incidents)))
        self._act_now.setText(tr("Act now {count}", count=act_now))
        self._watch.setText(tr("Deadline near {count}", count=watch))
        self._counts = (act_now, watch)
        self._fit_head()
        self._empty.setVisible(not incidents)

    def show_closed(self, count: int) -> None:
        """How many were closed in this shift."""
        self._closed.setText(tr("Closed this shift {count}", count=count))
        self._fit_head()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        """With little room what is closed is not counted, then what is only near its deadline."""
        act_now, watch = self._counts
        self._act_now.setVisible(act_now > 0)
        self._watch.setVisible(watch > 0)
        self._closed.show()
        for least in (self._closed, self._watch):
            if self._head.needed_px() <= self.width():
                break
            least.hide()
