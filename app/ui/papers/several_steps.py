"""Several sheets: which incidents are offered, what typed numbers mean, and the batch itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.incidents.incident import Incident
from app.incidents.numbered import incidents_numbered
from app.thai.translation import tr
from app.ui.papers.order import INCIDENT, PrintChoice, SheetOrder
from app.ui.papers.papers_room import PapersRoom

if TYPE_CHECKING:
    from app.ui.papers.papers_place import PapersPlace

_NAMED = 6  # numbers that are named when they are unknown


class SeveralSteps(QObject):
    """Of one place."""

    def __init__(self, place: PapersPlace, room: PapersRoom) -> None:
        super().__init__(place)
        self._place, self._room = place, room
        pane = place.several
        pane.numbers_typed.connect(self.add_numbers)
        pane.ticks_changed.connect(self._on_ticks)
        pane.cancel_requested.connect(room.batch.cancel)
        room.batch.changed.connect(pane.show_progress)

    def open(self, incidents: Sequence[Incident], *, ticked: bool) -> None:
        """Choose among these; more by number."""
        place = self._place
        if place.stored is not None or place.sheet.kind != INCIDENT:
            place.show_kind(INCIDENT)
        if incidents or not place.several.chosen():
            place.several.show_incidents(incidents, ticked=ticked)
        place.middle.setCurrentWidget(place.several)
        place.several.show_progress(self._room.batch.progress)
        place.several.line.setFocus()
        place.show_acts()

    def add_numbers(self, typed: str) -> None:
        """Those that are typed, ticked; what is none is told and stays in the line."""
        desk, pane = self._room.desk, self._place.several
        with desk.parts.log.reading() as db:
            numbered = incidents_numbered(db, typed, desk.desk.now())
        pane.add_incidents(numbered.found)
        wrong = [*numbered.not_understood, *numbered.unknown]
        if not wrong:
            pane.line.clear()
            pane.tell(tr("{count} added.", count=len(numbered.found)))
            return
        pane.line.setText(", ".join(wrong))
        named = ", ".join(wrong[:_NAMED]) + ("…" if len(wrong) > _NAMED else "")
        pane.tell(
            tr("{count} added. There is no incident {numbers}.", count=len(numbered.found),
               numbers=named),
            "amber",
        )  # fmt: skip

    def print(self, choice: PrintChoice) -> None:
        """Those that are ticked, each with the options on the right. Raises KnownError."""
        place = self._place
        options = {**place.sheet.order().options}
        for own in ("stills", "hide"):  # each incident's own
            options[own] = None
        orders = [SheetOrder(INCIDENT, id_, options) for id_ in place.several.chosen()]
        if orders:
            self._room.batch.begin(orders, choice)

    def _on_ticks(self) -> None:
        if self._place.is_several:
            self._place.show_acts()
