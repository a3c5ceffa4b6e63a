"""Print and save: what the two buttons do with what is shown, and the print queue's own buttons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import KnownError
from app.sheets.papers import SheetPrinted
from app.thai.translation import explain, tr
from app.ui.file_choice import choose_new_file

if TYPE_CHECKING:
    from app.ui.papers.papers_place import PapersPlace

_LONGEST_NAME = 80


class PrintingSteps(QObject):
    """F9 and Ctrl+S. A sheet that is being set yet is printed as soon as it is shown."""

    def __init__(self, place: PapersPlace) -> None:
        super().__init__(place)
        self._place = place
        self._is_wanted = False
        column, queue = place.column, place.desk.queue
        column.print_requested.connect(self.print)
        column.save_requested.connect(self.save)
        place.view.entered.connect(self.print)
        column.printer.changed.connect(self.show_queue)
        column.queue.cancel_requested.connect(queue.cancel)
        column.queue.go_on_requested.connect(queue.go_on)
        column.queue.elsewhere_requested.connect(self._on_elsewhere)
        column.queue.forget_requested.connect(queue.forget)
        queue.changed.connect(self.show_queue)
        place.room.printers_read.connect(self._on_printers)
        self.show_queue()

    # What can be done

    def show_acts(self) -> None:
        """The words of the buttons, whether they do, and why they do not."""
        place, column = self._place, self._place.column
        is_there = place.stored is not None or place.sheet.found is not None
        words, count = tr("Print"), 1
        if place.is_several:
            count = len(place.several.chosen())
            words = tr("Print {count} sheets", count=count)
            is_there = count > 0
        elif place.stored is not None:
            words = tr("Print again")
        why = self._refusal()
        has_printer = column.printer.printer is not None
        can_print = not why and has_printer and not place.is_history
        busy = place.sheet.is_busy and place.stored is None and not place.is_several
        column.show_acts(
            words,
            can_print=can_print and (is_there or busy),
            can_save=not why and is_there and not place.is_several and not place.is_history,
            why_not=why,
        )

    def _refusal(self) -> str:
        """Why the officer at the desk may print nothing; empty if that is no question."""
        try:
            self._place.desk.desk.require_right(SheetPrinted.kind)
        except KnownError as error:
            return explain(error)
        return ""

    def print(self) -> None:
        """What is shown, to the printer that is chosen."""
        place = self._place
        choice = place.column.printer.choice()
        try:
            if place.is_several:
                place.severals.print(choice)
            elif place.is_history:
                place.history.go_to_rows()
            elif place.stored is not None:
                as_copy = place.column.stored.as_copy.isChecked()
                place.desk.print_again(place.stored, choice, as_copy=as_copy)
            else:
                self._print_new()
        except KnownError as error:
            place.failed.emit(error)

    def _print_new(self) -> None:
        """A sheet from a while ago is set anew first: its time of print stands on it."""
        place, sheet = self._place, self._place.sheet
        if sheet.found is not None and sheet.is_fresh():
            self._is_wanted = False
            place.desk.print_sheet(sheet.found, place.column.printer.choice())
            sheet.keep_habit()
            place.room.remembered.save_quietly()
        elif sheet.found is not None or sheet.is_busy:
            place.desk.desk.require_right(SheetPrinted.kind)
            self._is_wanted = True
            if not sheet.is_busy:
                sheet.ask(at_once=True)
        elif not sheet.try_again():
            place.to_options()

    def on_set(self) -> None:
        """The sheet is shown: print it if that was asked for meanwhile."""
        if self._is_wanted:
            self._is_wanted = False
            self.print()

    def on_not_set(self) -> None:
        """It cannot be: then it is not wanted any more."""
        self._is_wanted = False

    def save(self) -> None:
        """Ask where to, then write it there."""
        place = self._place
        found, stored = place.sheet.found, place.stored
        if place.is_several or place.is_history or (found is None and stored is None):
            return
        try:
            place.desk.desk.require_right(SheetPrinted.kind)
        except KnownError as error:
            place.failed.emit(error)
            return
        title = stored.paper.title if stored is not None else found.title if found else ""
        name = f"{file_name(title)}.pdf"
        choose_new_file(
            place, tr("Save the sheet as PDF"), name, {"PDF (*.pdf)": "pdf"}, self.save_as
        )

    def save_as(self, path: Path) -> None:
        """Write what is shown there."""
        place = self._place
        try:
            if place.stored is not None:
                as_copy = place.column.stored.as_copy.isChecked()
                place.desk.save_again(place.stored, path, as_copy=as_copy)
            elif place.sheet.found is not None:
                place.desk.save_sheet(place.sheet.found, path)
        except KnownError as error:
            place.failed.emit(error)

    # The queue

    def show_queue(self) -> None:
        """The jobs as they stand."""
        column = self._place.column
        printer = column.printer.printer
        name = printer.name if printer is not None else ""
        column.queue.show_jobs(self._place.desk.queue.jobs, name)

    def go_on(self) -> None:
        """R: print the rest of the job that failed last, or was not sent."""
        queue = self._place.desk.queue
        failed = next((job for job in queue.jobs if job.wants_somebody), None)
        if failed is not None:
            queue.go_on(failed.id)

    def _on_elsewhere(self, job_id: str) -> None:
        printer = self._place.column.printer.printer
        if printer is not None:
            self._place.desk.queue.go_on(job_id, printer.name)

    def _on_printers(self, _printers: object) -> None:
        self.show_acts()
        self.show_queue()


def file_name(title: str) -> str:
    """A sheet's title as the name of a file: `ใบรับแจ้งเหตุ 1284-2569`."""
    plain = title.replace("/", "-").replace(":", ".")
    kept = "".join(one for one in plain if one.isprintable() and one not in '\\*?"<>|')
    return " ".join(kept.split())[:_LONGEST_NAME].strip(" .") or "sheet"
