"""Puts sheets on paper: stores them, writes down who had them printed, hands them to the queue.

A paper is stored first, then recorded, then printed: nothing leaves without an entry. In the Qt
thread; knows no widget. What was done comes back as `told`, what could not be as `failed`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.errors import KnownError, msg
from app.log import Actor
from app.sheets import papers
from app.sheets.papers import How, Paper, SheetPrinted, SheetPrintedAgain
from app.sheets.press import Press
from app.thai.translation import tr
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.papers.order import PrintChoice, SheetOrder
from app.ui.papers.print_job import PaperToPrint
from app.ui.papers.print_queue import PrintQueue
from app.ui.papers.set_sheet import SetSheet, set_sheet
from app.ui.papers.sheet_parts import SheetParts

_SHORT_HASH = 12


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A printing of the past, and the bytes that went out then."""

    paper: Paper
    pdf: bytes


class PaperDesk(QObject):
    """One console's. It outlives its windows."""

    told = Signal(str)
    failed = Signal(object)  # KnownError
    recorded = Signal()  # something went out: lists of it are read again

    def __init__(
        self,
        desk: Desk,
        parts: SheetParts,
        press: Press,
        queue: PrintQueue,
        background: Background,
    ) -> None:
        super().__init__()
        self.desk, self.parts, self.press, self.queue = desk, parts, press, queue
        self._background = background
        self._folder = parts.folder.papers

    # What there is

    def set(self, order: SheetOrder) -> SetSheet:
        """Blocking, in any thread but the window's. Raises KnownError."""
        return set_sheet(self.parts, self.press, order)

    def printed(self, limit: int, before_seq: int | None = None) -> list[Paper]:
        """What went out, the newest first; `before_seq`: what stands before it in the log."""
        with self.parts.log.reading() as db:
            return papers.printed(db, limit, before_seq)

    def open_stored(self, paper: Paper, done: Callable[[StoredPaper], None]) -> None:
        """The bytes of a printing of the past, held against their hash."""

        def work() -> StoredPaper:
            return StoredPaper(paper, papers.stored(self._folder, paper.pdf_sha256))

        self._background.run(work, done, self.failed.emit)

    # What goes out

    def print_sheet(self, found: SetSheet, choice: PrintChoice) -> None:
        """The bytes that are shown. KnownError at once: no right, or no printer."""
        self._require(SheetPrinted.kind, choice)
        actor = self.desk.officer.actor

        def work() -> PaperToPrint:
            return self.keep(found, How.PRINTED, choice.printer, actor)

        self._background.run(
            work, functools.partial(self._on_kept, found.title, choice), self.failed.emit
        )

    def save_sheet(self, found: SetSheet, path: Path) -> None:
        """The same bytes as a file somewhere else. KnownError at once: no right."""
        self.desk.require_right(SheetPrinted.kind)
        actor = self.desk.officer.actor

        def work() -> Path:
            self.keep(found, How.SAVED, "", actor)
            self.parts.disk.write(path, found.typeset.pdf)
            return path

        self._background.run(work, self._on_saved, self.failed.emit)

    def print_again(self, stored: StoredPaper, choice: PrintChoice, *, as_copy: bool) -> None:
        """The bytes of then, or those with “สำเนา” laid over. KnownError at once."""
        self._require(SheetPrintedAgain.kind, choice)
        actor, name = self.desk.officer.actor, self.desk.officer.name
        paper = stored.paper

        def work() -> PaperToPrint:
            path = self._file_again(stored, name, as_copy=as_copy)
            papers.record_printed_again(
                self.parts.log, paper, How.PRINTED, to=choice.printer, is_copy=as_copy, actor=actor
            ).result()
            return _to_print(paper.sheet, paper.title, path, paper.pages)

        self._background.run(
            work, functools.partial(self._on_kept, paper.title, choice), self.failed.emit
        )

    def save_again(self, stored: StoredPaper, path: Path, *, as_copy: bool) -> None:
        """The same into a file. KnownError at once: no right."""
        self.desk.require_right(SheetPrintedAgain.kind)
        actor, name = self.desk.officer.actor, self.desk.officer.name

        def work() -> Path:
            pdf = self._file_again(stored, name, as_copy=as_copy).read_bytes()
            papers.record_printed_again(
                self.parts.log, stored.paper, How.SAVED, is_copy=as_copy, actor=actor
            ).result()
            self.parts.disk.write(path, pdf)
            return path

        self._background.run(work, self._on_saved, self.failed.emit)

    # In a thread of the background

    def keep(self, found: SetSheet, how: How, to: str, actor: Actor) -> PaperToPrint:
        """Store it and write it down; blocking. Raises KnownError: then nothing went out."""
        typeset = found.typeset
        path = papers.keep(self._folder, typeset, self.parts.disk)
        papers.record_printed(self.parts.log, typeset, how, to=to, actor=actor).result()
        return _to_print(typeset.sheet.kind, found.title, path, typeset.pages)

    def _file_again(self, stored: StoredPaper, name: str, *, as_copy: bool) -> Path:
        """The stored file itself; or, beside it and only until the console ends, one marked."""
        paper = stored.paper
        papers.stored(self._folder, paper.pdf_sha256)  # held against its hash once more
        if not as_copy:
            return papers.paper_file(self._folder, paper.pdf_sha256)
        marked = self.press.marked_as_copy(stored.pdf, self.parts.clock.now(), name)
        path = self._folder / f".copy-{paper.entry_id.replace(':', '-')}.pdf"
        self.parts.disk.write(path, marked, lasting=False)
        return path

    def clear_copies(self) -> None:
        """Marked copies are made anew whenever they are wanted; those of jobs that are yet to
        be printed stay."""
        wanted = {paper.path for job in self.queue.jobs if job.is_to_come for paper in job.papers}
        for path in set(self._folder.glob(".copy-*.pdf")) - wanted:
            path.unlink(missing_ok=True)

    # In the Qt thread

    def _require(self, kind: str, choice: PrintChoice) -> None:
        self.desk.require_right(kind)
        if not choice.printer:
            raise KnownError(
                msg("There is no printer at this computer."),
                safe=msg("The sheet is still shown."),
                do=msg("Save it as PDF (Ctrl S) and print that elsewhere."),
            )

    def _on_kept(self, title: str, choice: PrintChoice, paper: PaperToPrint) -> None:
        self.queue.add(title, (paper,), choice)
        self.recorded.emit()

    def _on_saved(self, path: Path) -> None:
        self.told.emit(tr("Saved as {file}; the log says who took it.", file=path.name))
        self.recorded.emit()


def _to_print(kind: str, title: str, path: Path, pages: int) -> PaperToPrint:
    """In the printer's own list a paper has its kind and its hash: no number and no name."""
    return PaperToPrint(title, f"{kind}-{path.stem.lstrip('.')[:_SHORT_HASH]}", path, pages)
