"""The print queue: jobs of stored papers, one paper after the other, each watched to its end.

A printer that stops, vanishes or is silent fails the job with its reason; what has not come out can
be printed after all, there or elsewhere. It outlives the window that began it. Knows no widget.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.clock import Clock
from app.errors import KnownError, Message, msg
from app.platform.printers import JobReport, JobState, PrintOrder
from app.ui.background import Background
from app.ui.papers.order import PrintChoice, shown_name
from app.ui.papers.print_job import PaperToPrint, PrintJob, PrintState
from app.ui.papers.printing import Printing

_LOOK_EVERY_MS = 700
_SILENT_MOST_S = 20.0
_KEPT = 20  # jobs that have ended
_SAFE = msg("The papers are stored; none is lost.")


@dataclass(frozen=True, slots=True)
class _Step:
    """What one look at the printer found: the job's name there, and its report."""

    ticket: str
    report: JobReport


class PrintQueue(QObject):
    """Add, watch, cancel, go on. `printing` is whoever does it."""

    changed = Signal()
    finished = Signal(object)  # PrintJob, whatever became of it

    def __init__(
        self,
        printing: Printing,
        clock: Clock,
        *,
        look_every_ms: int = _LOOK_EVERY_MS,
        silent_most_s: float = _SILENT_MOST_S,
    ) -> None:
        super().__init__()
        self.printing, self._clock = printing, clock
        self._silent_most_s = silent_most_s
        self._line = Background(workers=2)
        self._jobs: dict[str, PrintJob] = {}
        self._silent_since: dict[str, float] = {}
        self._looking: set[str] = set()
        self._numbers = itertools.count(1)
        self._timer = QTimer(self)
        self._timer.setInterval(look_every_ms)
        self._timer.timeout.connect(self._look)

    @property
    def jobs(self) -> tuple[PrintJob, ...]:
        """All of this session, the newest first."""
        return tuple(reversed(self._jobs.values()))

    def add(self, title: str, papers: Sequence[PaperToPrint], choice: PrintChoice) -> str:
        """Print these; the job's id."""
        job = PrintJob(
            f"print-{next(self._numbers)}", title, tuple(papers), choice, self._clock.now()
        )
        self._jobs[job.id] = job
        self._begin(job.id)
        return job.id

    def restore(self, jobs: Sequence[PrintJob]) -> None:
        """Jobs of the console before this one. None is sent: somebody decides."""
        for job in jobs:
            job = replace(job, id=f"print-{next(self._numbers)}")
            self._jobs[job.id] = job

    def cancel(self, job_id: str) -> None:
        """Print no more of it. What has come out already has."""
        job = self._jobs.get(job_id)
        if job is not None and job.is_under_way:
            self._take_back(job)
            self._end(replace(job, state=PrintState.CANCELLED, ticket="", words=None))

    def go_on(self, job_id: str, printer: str = "") -> None:
        """Print what has not come out, there or on another printer."""
        job = self._jobs.get(job_id)
        if job is None or not job.can_go_on:
            return
        choice = replace(job.choice, printer=printer or job.choice.printer)
        self._jobs[job_id] = replace(
            job, choice=choice, state=PrintState.WAITING, ticket="", words=None, error=None
        )
        self._begin(job_id)

    def forget(self, job_id: str) -> None:
        """Take a job that has ended off the list."""
        job = self._jobs.get(job_id)
        if job is not None and not job.is_under_way:
            del self._jobs[job_id]
            self.changed.emit()

    def stop(self) -> None:
        """The console ends. What the printer has already, it prints."""
        self._timer.stop()
        self._line.stop()

    # One look at a time for each job

    def _begin(self, job_id: str) -> None:
        self._silent_since.pop(job_id, None)
        self.changed.emit()
        self._look_at(job_id)
        self._timer.start()

    def _look(self) -> None:
        under_way = [job.id for job in self._jobs.values() if job.is_under_way]
        for job_id in under_way:
            self._look_at(job_id)
        if not under_way:
            self._timer.stop()

    def _look_at(self, job_id: str) -> None:
        if job_id in self._looking:
            return
        self._looking.add(job_id)
        job = self._jobs[job_id]
        self._line.run(
            self._work_of(job),
            functools.partial(self._on_looked, job),
            functools.partial(self._on_failed, job),
        )

    def _work_of(self, job: PrintJob) -> Callable[[], _Step]:
        """In a thread of the line: send the next paper, or ask after the one that was sent."""
        printing, choice = self.printing, job.choice
        paper = job.papers[job.done]

        def work() -> _Step:
            if job.ticket:
                return _Step(job.ticket, printing.report(choice.printer, job.ticket))
            ticket = printing.send(
                PrintOrder(
                    paper.path, paper.name, choice.printer, choice.copies, choice.paper,
                    choice.two_sided,
                )
            )  # fmt: skip
            return _Step(ticket, JobReport(JobState.WAITING))

        return work

    # In the Qt thread

    def _current(self, asked: PrintJob) -> PrintJob | None:
        """The job if it still is where it was when it was asked after."""
        self._looking.discard(asked.id)
        job = self._jobs.get(asked.id)
        if job is None or (job.done, job.ticket) != (asked.done, asked.ticket):
            return None
        return job if job.is_under_way else None

    def _on_looked(self, asked: PrintJob, step: _Step) -> None:
        job = self._current(asked)
        if job is None:
            if not asked.ticket:
                self._line.run(functools.partial(self.printing.cancel, step.ticket), _no, _no)
            return
        self._silent_since.pop(job.id, None)
        self._follow(replace(job, ticket=step.ticket), step.report)

    def _on_failed(self, asked: PrintJob, error: KnownError) -> None:
        job = self._current(asked)
        if job is None:
            return
        since_s = self._silent_since.setdefault(job.id, self._clock.monotonic())
        if job.ticket and self._clock.monotonic() - since_s < self._silent_most_s:
            self._show(replace(job, words=error.what))
            return
        self._end(replace(job, state=PrintState.FAILED, words=None, error=error))

    def _follow(self, job: PrintJob, report: JobReport) -> None:
        match report.state:
            case JobState.WAITING:
                self._show(replace(job, words=report.words))
            case JobState.PRINTING:
                self._show(replace(job, state=PrintState.PRINTING, words=report.words))
            case JobState.DONE:
                self._paper_came(job)
            case JobState.CANCELLED:
                self._end(replace(job, state=PrintState.CANCELLED, ticket="", words=None))
            case _:
                self._take_back(job)
                error = _failure(job, report)
                self._end(replace(job, state=PrintState.FAILED, ticket="", error=error))

    def _paper_came(self, job: PrintJob) -> None:
        job = replace(job, done=job.done + 1, ticket="", words=None)
        if job.done < len(job.papers):
            self._show(job)
            self._look_at(job.id)  # at once: the printer need not wait
        else:
            self._end(replace(job, state=PrintState.DONE))

    def _take_back(self, job: PrintJob) -> None:
        """Else it comes out one day, when somebody starts the printer again."""
        if job.ticket:
            self._line.run(functools.partial(self.printing.cancel, job.ticket), _no, _no)

    def _show(self, job: PrintJob) -> None:
        if self._jobs[job.id] != job:
            self._jobs[job.id] = job
            self.changed.emit()

    def _end(self, job: PrintJob) -> None:
        self._jobs[job.id] = job
        ended = [one.id for one in self._jobs.values() if not one.is_under_way]
        for old in ended[: max(0, len(ended) - _KEPT)]:
            del self._jobs[old]
        self.changed.emit()
        self.finished.emit(job)


def _failure(job: PrintJob, report: JobReport) -> KnownError:
    """Why it did not come out, in the printer's words as far as it gave any."""
    what: Message
    printer = shown_name(job.choice.printer)
    if report.words is not None:
        what = report.words
    elif report.state is JobState.UNKNOWN:
        what = msg("The printer no longer knows of this job.")
    else:
        what = msg("The printer gave the job up.")
    return KnownError(
        what,
        safe=_SAFE,
        do=msg("See what came out of {printer}, then print the rest.", printer=printer),
    )


def _no(_: object) -> None:
    """Nobody waits for that."""
