"""The one selection every pane shares: an incident chosen anywhere is chosen everywhere."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """Which incident everyone is looking at, if any."""

    changed = Signal(str)  # incident id; empty when nothing is chosen

    def __init__(self) -> None:
        super().__init__()
        self._incident_id = ""

    @property
    def incident_id(self) -> str:
        return self._incident_id

    def choose(self, incident_id: str) -> None:
        """Choose an incident, or with the empty string none. Silent when it is chosen already."""
        if incident_id != self._incident_id:
            self._incident_id = incident_id
            self.changed.emit(incident_id)
