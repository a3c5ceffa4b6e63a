"""What one window shows of the papers: the place, F9 from anywhere, what became of a print job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import KnownError
from app.incidents.incident import Incident
from app.incidents.search import hits_of
from app.sheets.papers import SheetPrinted
from app.thai.translation import explain, tr
from app.ui.papers.order import INCIDENT
from app.ui.papers.papers_room import PapersRoom
from app.ui.papers.print_job import PrintJob, PrintState
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.live.live_place import LiveParts
    from app.ui.main_window import MainWindow
    from app.ui.papers.papers_place import PapersPlace

PLACE = "papers"
_HANDOVER = "handover"
_ZONE_MAP = "zone_map"
_MOST_FOUND = 200
_MOST_NAMED = 3


class PapersOfWindow(QObject):
    """The place is built when it is first wanted."""

    def __init__(
        self, window: MainWindow, theme: Theme, room: PapersRoom, parts: LiveParts
    ) -> None:
        super().__init__(window)
        self._window, self._theme, self.room = window, theme, room
        self._desk, self._selection = parts.desk, parts.selection
        self._came_from = "live"
        room.queue.finished.connect(self._on_finished)
        self._desk.officer_changed.connect(self._tell_not_sent)
        for part in (room.desk, room.batch):
            part.told.connect(window.notice.tell)
            part.failed.connect(window.notice.warn)

    def new_place(self) -> PapersPlace:
        """For the window's stack."""
        from app.ui.papers.papers_place import PapersPlace  # no start waits for it

        self.room.warm()
        place = PapersPlace(self._theme, self.room, self._selection)
        place.told.connect(self._window.notice.tell)
        place.failed.connect(self._window.notice.warn)
        return place

    def open_sheet(self, kind: str, about: str = "") -> None:
        """Show this sheet, about this; from anywhere."""
        self._remember()
        self._window.show_place(PLACE)
        self._window.papers.open_sheet(kind, about)

    def print(self) -> None:
        """F9: print what the place shows; elsewhere, show the sheet of what is being looked at."""
        window = self._window
        if window.place_id == PLACE:
            window.papers.steps.print()
        elif window.place_id == _HANDOVER:
            self.print_handover()
        elif self._selection.incident_id:
            self.open_sheet(INCIDENT, self._selection.incident_id)
        elif window.place_id == "map":
            self.open_zone_map()
        else:
            window.notice.warn_of(tr("Choose an incident first; its sheet is then shown here."))
            self._remember()
            window.show_place(PLACE)

    def open_zone_map(self) -> None:
        """The sheet of the zone on the map."""
        self.open_sheet(_ZONE_MAP)

    def print_handover(self) -> None:
        """The sheet of the handover that is being read."""
        handover_id = self._window.duty.place.printable_id
        if handover_id:
            self.open_sheet(_HANDOVER, handover_id)
        else:
            self._window.notice.warn_of(tr("A handover can be printed once it is signed."))

    def print_several(self) -> None:
        """A list to tick: what the Log place has found, else the open incidents."""
        window = self._window
        from_log = window.place_id == "log"
        incidents = self._found() if from_log else self._desk.open_incidents()
        self._remember()
        window.show_place(PLACE)
        window.papers.severals.open(incidents, ticked=from_log)

    def back(self) -> None:
        """Esc: out of what is open, then to the place one came from."""
        if not self._window.papers.back():
            self._window.show_place(self._came_from)

    def _found(self) -> Sequence[Incident]:
        """The newest of what the Log place has found."""
        answer = self._window.log.asking.answer
        if answer is None:
            return ()
        with self.room.desk.parts.log.reading() as db:
            return [hit.incident for hit in hits_of(db, answer.keys[:_MOST_FOUND].tolist())]

    def _remember(self) -> None:
        if self._window.place_id != PLACE:
            self._came_from = self._window.place_id

    def _tell_not_sent(self) -> None:
        """To the first officer who may print: the console before this one was closed too soon."""
        titles = self.room.take_not_sent() if self._may_print() else ()
        if titles:
            self._window.notice.warn_of(
                tr(
                    "Print jobs that the console no longer sent when it was closed: {count}. "
                    "They wait in Papers (Ctrl 5).\n{titles}",
                    count=len(titles),
                    titles=", ".join(titles[:_MOST_NAMED]),
                )
            )

    def _may_print(self) -> bool:
        try:
            self._desk.require_right(SheetPrinted.kind)
        except KnownError:
            return False
        return True

    def _on_finished(self, job: PrintJob) -> None:
        """Whoever had it printed may be anywhere by now; in this place the queue says it."""
        if self._window.place_id == PLACE and job.state is PrintState.FAILED:
            return
        if job.state is PrintState.DONE:
            self._window.notice.tell(tr("Printed: {title}", title=job.title))
        elif job.state is PrintState.FAILED and job.error is not None:
            words = tr("Not printed: {title}", title=job.title)
            self._window.notice.warn_of(f"{words}\n{explain(job.error)}")
