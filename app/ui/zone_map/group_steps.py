"""Picking one of many incidents on the map: what a group holds, and what becomes of the choice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF

from app.incidents.deadlines import Urgency
from app.incidents.incident import Incident
from app.map.canvas import CLOSEST_PX_PER_M
from app.map.view import MapView
from app.thai.dates import short_date, short_time
from app.thai.translation import language, tr
from app.ui.selection import Selection
from app.ui.widgets.suggest_field import Suggestion
from app.ui.words import state_name
from app.ui.zone_map.group_list import GroupList
from app.ui.zone_map.incident_marks import IncidentMarks

HELD = 30  # more than anybody reads; who wants the others comes closer
_ICONS = {
    Urgency.ACT_NOW: "triangle-alert",
    Urgency.WATCH: "clock",
    Urgency.IN_HAND: "circle-dot",
    Urgency.CLOSED: "check",
}
_COLOURS = {Urgency.ACT_NOW: "red", Urgency.WATCH: "amber"}


class GroupSteps(QObject):
    """One list at a time; the one selection hears what is taken."""

    def __init__(
        self, view: MapView, card: GroupList, incidents: IncidentMarks, selection: Selection
    ) -> None:
        super().__init__()
        self._view, self._card = view, card
        self._incidents, self._selection = incidents, selection
        self._at = QPointF()
        view.group_clicked.connect(self._on_group)
        view.view_moved.connect(self._on_view_moved)
        card.taken.connect(self._on_taken)
        card.zoom_requested.connect(self._on_zoom)
        card.left.connect(view.setFocus)

    def show_in_sight(self) -> None:
        """I: everything in the picture, for who has no mouse in the hand."""
        marked = self._incidents.by_urgency(self._view.incidents_in_sight())
        title = tr("{count} incidents in sight", count=len(marked))
        self._show(marked, title, QPointF(self._view.rect().center()))

    def leave(self) -> bool:
        """Take the list away; whether it was there."""
        return self._card.leave()

    def _on_group(self, ids: Sequence[str], at: QPointF) -> None:
        marked = self._incidents.by_urgency(ids)
        self._show(marked, tr("{count} incidents here", count=len(marked)), at)

    def _show(self, marked: Sequence[tuple[Incident, Urgency]], title: str, at: QPointF) -> None:
        """List these beside a pixel of the map, the most pressing first."""
        if not marked:
            return
        self._at = at
        is_closest = self._view.view_state().px_per_m >= CLOSEST_PX_PER_M
        held = marked if is_closest else marked[:HELD]
        more = ""
        if len(held) < len(marked):
            more = tr(
                "The list holds {held} of {count}; come closer for the others.",
                held=len(held),
                count=len(marked),
            )
        self._card.zoom.setVisible(not is_closest)
        rows = [_row(one, loud) for one, loud in held]
        self._card.open(rows, title, more, at.toPoint())

    def _on_taken(self, incident_id: str) -> None:
        self._selection.choose(incident_id)

    def _on_zoom(self) -> None:
        at = self._at
        self.leave()
        self._view.zoom_at(at)

    def _on_view_moved(self) -> None:
        """It stands beside a place: when that goes, so does the list."""
        self._card.leave()


def _row(one: Incident, loud: Urgency) -> Suggestion:
    when = f"{short_date(one.reported_at, language())} {short_time(one.reported_at)}"
    return Suggestion(
        value=one.id,
        title=f"{one.number} {one.category.name}",
        detail=f"{when} · {one.report.place}",
        right=state_name(one.state),
        icon=_ICONS[loud],
        icon_colour=_COLOURS.get(loud, "text_2"),
    )
