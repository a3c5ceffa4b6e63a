"""Several sheets of one kind: set, stored and written down one after another, then one print job.

One batch at a time, in the background; it can be cancelled: what is set by then is printed. Knows
no widget.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import KnownError, msg
from app.log import Actor
from app.sheets.papers import How, SheetPrinted
from app.thai.translation import tr
from app.ui.background import Background
from app.ui.papers.order import PrintChoice, SheetOrder
from app.ui.papers.paper_desk import PaperDesk
from app.ui.papers.print_job import PaperToPrint

MOST = 200
"""Sheets in one batch: a pack of paper."""


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How far it is; `total` is 0 when nothing is being set."""

    done: int = 0
    total: int = 0

    @property
    def is_running(self) -> bool:
        return self.total > 0


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was set, and what could not be: which order, and why."""

    papers: tuple[PaperToPrint, ...]
    failed: tuple[tuple[SheetOrder, KnownError], ...]


class BatchJob(QObject):
    """Begins, shows how far, cancels."""

    changed = Signal(object)  # BatchProgress
    told = Signal(str)
    failed = Signal(object)  # KnownError
    _set_one = Signal(int)  # from the job's thread

    def __init__(self, desk: PaperDesk, background: Background) -> None:
        super().__init__()
        self._desk, self._background = desk, background
        self._cancelled = threading.Event()
        self.progress = BatchProgress()
        self._set_one.connect(self._on_set_one, Qt.ConnectionType.QueuedConnection)

    def begin(self, orders: Sequence[SheetOrder], choice: PrintChoice) -> None:
        """Print these, in this order. KnownError at once: no right, no printer, too many."""
        self._desk.desk.require_right(SheetPrinted.kind)
        self._require(orders, choice)
        self._cancelled = cancelled = threading.Event()
        actor = self._desk.desk.officer.actor

        def work() -> _Outcome:
            return self._work(tuple(orders), choice, actor, cancelled)

        def done(outcome: _Outcome) -> None:
            self._on_done(outcome, choice, len(orders))

        self._show(BatchProgress(0, len(orders)))
        self._background.run(work, done, self._on_failed)

    def cancel(self) -> None:
        """Set no more of them."""
        self._cancelled.set()

    def _require(self, orders: Sequence[SheetOrder], choice: PrintChoice) -> None:
        if not choice.printer:
            raise KnownError(
                msg("There is no printer at this computer."),
                do=msg("Save sheets one by one as PDF (Ctrl S) and print them elsewhere."),
            )
        if self.progress.is_running:
            raise KnownError(
                msg("Sheets are being set already."),
                do=msg("Wait until they are done, or cancel them."),
            )
        if not 0 < len(orders) <= MOST:
            raise KnownError(
                msg("Between one and {most} sheets can be printed at once.", most=MOST),
                do=msg("Choose fewer, and the others after that."),
            )

    def _work(
        self,
        orders: Sequence[SheetOrder],
        choice: PrintChoice,
        actor: Actor,
        cancelled: threading.Event,
    ) -> _Outcome:
        """In the job's thread."""
        kept: list[PaperToPrint] = []
        failed: list[tuple[SheetOrder, KnownError]] = []
        for number, order in enumerate(orders, 1):
            if cancelled.is_set():
                break
            try:
                found = self._desk.set(order)
                kept.append(self._desk.keep(found, How.PRINTED, choice.printer, actor))
            except KnownError as error:
                failed.append((order, error))
            self._set_one.emit(number)
        return _Outcome(tuple(kept), tuple(failed))

    # In the Qt thread

    def _on_set_one(self, done: int) -> None:
        if self.progress.is_running:
            self._show(BatchProgress(done, self.progress.total))

    def _on_done(self, outcome: _Outcome, choice: PrintChoice, wanted: int) -> None:
        self._show(BatchProgress())
        papers = outcome.papers
        if papers:
            more = tr("{title} and {count} more", title=papers[0].title, count=len(papers) - 1)
            title = papers[0].title if len(papers) == 1 else more
            self._desk.queue.add(title, papers, choice)
            self._desk.recorded.emit()
        if outcome.failed:
            self.failed.emit(_some_failed(outcome, wanted))
        elif len(papers) < wanted:
            words = tr("Cancelled: {count} of {wanted} are being printed.", count=len(papers),
                       wanted=wanted)  # fmt: skip
            self.told.emit(words)
        else:
            self.told.emit(tr("{count} sheets are being printed.", count=len(papers)))

    def _on_failed(self, error: KnownError) -> None:
        self._show(BatchProgress())
        self.failed.emit(error)

    def _show(self, progress: BatchProgress) -> None:
        self.progress = progress
        self.changed.emit(progress)


def _some_failed(outcome: _Outcome, wanted: int) -> KnownError:
    _, error = outcome.failed[0]
    return KnownError(
        msg(
            "{failed} of {wanted} sheets could not be set. The first: {why}",
            failed=len(outcome.failed),
            wanted=wanted,
            why=error.what,
        ),
        safe=msg("The others are being printed."),
        do=error.do,
    )
