"""The Log place in its window: made of what the window stands on, and joined to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.live.live_place import LiveParts
from app.ui.log_place.log_desk import LogDesk
from app.ui.log_place.log_place import LogParts, LogPlace
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def log_place_of(window: MainWindow, theme: Theme, parts: LiveParts, desk: LogDesk) -> LogPlace:
    """A new one; it begins drawing, and reads nothing until it is filled."""
    place = LogPlace(theme, LogParts(parts.desk, desk, parts.selection, parts.ground, parts.centre))

    def open_incident(incident_id: str) -> None:
        parts.selection.choose(incident_id)
        window.show_place("live")

    place.told.connect(window.notice.tell)
    place.failed.connect(window.notice.warn)
    place.incident_opened.connect(open_incident)
    place.footage_requested.connect(window.footage.incident)
    place.start()
    return place
