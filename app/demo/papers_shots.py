"""Pictures of the Papers place: every sheet there is, several at once, the queue, the history."""

from __future__ import annotations

from pathlib import Path

from app.demo.play import Play, Steps, Until
from app.errors import msg
from app.platform.printers import (
    JobReport,
    JobState,
    Printer,
    PrinterState,
    PrintOrder,
)
from app.sheets.catalogue import SHEETS
from app.ui.papers.order import INCIDENT
from app.ui.papers.papers_place import PapersPlace
from app.ui.papers.print_job import PrintState

_SET_S = 40.0
_ROOM, _OFFICE = "ห้องร้อยเวร_HP_M404", "ห้องธุรการ"


class SamplePrinters:
    """Two printers that print nothing: what is sent to the second stays stuck in it."""

    def __init__(self) -> None:
        self._sent = 0

    def printers(self) -> tuple[Printer, ...]:
        stuck = msg("It is out of paper.")
        return (
            Printer(_ROOM, is_default=True),
            Printer(_OFFICE, PrinterState.READY, False, "", stuck),
        )

    def send(self, order: PrintOrder) -> str:
        self._sent += 1
        return f"{order.printer}-{self._sent}"

    def report(self, printer: str, job: str) -> JobReport:
        if printer == _OFFICE:
            return JobReport(JobState.STOPPED, msg("It is out of paper."))
        return JobReport(JobState.DONE)

    def cancel(self, job: str) -> None:
        """Nothing is printed."""


class PapersShots:
    """Prints on sample printers: the station's own are left alone."""

    def __init__(self, play: Play, pictures: Path) -> None:
        self._play, self._pictures = play, pictures

    @property
    def _place(self) -> PapersPlace:
        return self._play.window.papers

    def take(self, name: str) -> Steps:
        """`name`: language and width, as in the other pictures' names."""
        play, window = self._play, self._play.window
        room = window.papers_room.room
        room.queue.printing = SamplePrinters()
        window.show_place("papers")
        room.read_printers()
        incident = play.console.desk.open_incidents()[0]
        window.papers_room.open_sheet(INCIDENT, incident.id)
        yield from self._is_set()
        self._picture("incident", name)
        if not room.queue.jobs:
            yield from self._print_some()
        for kind in SHEETS:
            if kind.code != INCIDENT:
                self._place.open_sheet(kind.code, "")
                yield from self._is_set()
                self._picture(kind.code, name)
        self._place.severals.open(play.console.desk.open_incidents()[:12], ticked=True)
        yield play.wait(0.3)
        self._picture("several", name)
        self._place.back()
        self._place.toggle_history()
        yield play.wait(0.4)
        self._picture("history", name)
        self._place.open_paper(self._place.desk.printed(1)[0])
        yield Until(lambda: self._place.stored is not None, "the stored paper was not shown")
        yield play.wait(1.0)
        self._picture("again", name)
        self._place.back()

    def _print_some(self) -> Steps:
        """One that comes out, and several of which the first is stuck."""
        place, queue = self._place, self._place.desk.queue
        place.steps.print()
        yield Until(
            lambda: any(job.state is PrintState.DONE for job in queue.jobs),
            "the sheet was not printed",
            _SET_S,
        )
        place.severals.open(self._play.console.desk.open_incidents()[:4], ticked=True)
        place.column.printer.choose(_OFFICE)
        place.steps.print()
        yield Until(
            lambda: any(job.state is PrintState.FAILED for job in queue.jobs),
            "the stuck job did not fail",
            _SET_S,
        )
        place.column.printer.choose(_ROOM)
        place.back()

    def _is_set(self) -> Steps:
        """The sheet is set, or says why it cannot be; and drawn."""
        sheet = self._place.sheet
        yield Until(lambda: not sheet.is_busy, "the sheet was not set", _SET_S)
        yield self._play.wait(1.2)

    def _picture(self, what: str, name: str) -> None:
        self._play.picture(self._pictures / f"papers_{what}_{name}.png")
