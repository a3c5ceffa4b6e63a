"""The print queue as people read it: each job, how far it is, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.thai.dates import clock_time, short_date, short_time
from app.thai.translation import language, say, tr
from app.ui.papers.order import shown_name
from app.ui.papers.print_job import PrintJob, PrintState
from app.ui.theme import Theme
from app.ui.widgets.buttons import IconButton, KeyButton
from app.ui.widgets.labels import ElidedLabel, IconLabel, chip, voiced
from app.ui.widgets.scrolling import scrolled
from app.ui.widgets.section_head import SectionHead

_MARKS = {
    PrintState.WAITING: ("clock", "text_2"),
    PrintState.PRINTING: ("printer", "blue"),
    PrintState.DONE: ("check", "green"),
    PrintState.FAILED: ("x", "red"),
    PrintState.CANCELLED: ("x", "text_3"),
    PrintState.NOT_SENT: ("triangle-alert", "amber"),
}


def state_words(state: PrintState) -> str:
    """One word for how far a job is."""
    match state:
        case PrintState.WAITING:
            return tr("waiting")
        case PrintState.PRINTING:
            return tr("printing")
        case PrintState.DONE:
            return tr("done")
        case PrintState.FAILED:
            return tr("not printed")
        case PrintState.CANCELLED:
            return tr("cancelled")
        case PrintState.NOT_SENT:
            return tr("not sent")


def job_words(job: PrintJob) -> str:
    """The second line: which printer, how much of it, and what keeps it."""
    parts = [shown_name(job.choice.printer)]
    count = len(job.papers)
    if job.error is not None:
        parts.append(say(job.error.what))
    elif job.words is not None:
        parts.append(say(job.words))
    elif count > 1 and job.is_under_way:
        parts.append(tr("sheet {number} of {count}", number=job.done + 1, count=count))
    else:
        parts.append(tr("pages: {count}", count=job.pages))
    if job.state is PrintState.DONE:
        parts.insert(0, clock_time(job.at))
    elif job.state is PrintState.NOT_SENT:
        parts.insert(0, f"{short_date(job.at, language())} {short_time(job.at)}")
    return " · ".join(parts)


def rest_words(job: PrintJob) -> str:
    """The button that prints what has not come out: `Print 13–40`, `Print again`."""
    count = len(job.papers)
    if count > 1 and job.done:
        if job.done + 1 == count:
            return tr("Print {last}", last=count)
        return tr("Print {first}–{last}", first=job.done + 1, last=count)
    return tr("Print") if job.state is PrintState.NOT_SENT else tr("Print it anew")


class _JobRow(QFrame):
    """One job."""

    def __init__(self, theme: Theme, job: PrintJob) -> None:
        super().__init__()
        self.setProperty("edge", "bottom")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 10, 5)
        row.setSpacing(9)
        icon, colour = _MARKS[job.state]
        row.addWidget(IconLabel(theme, icon, colour, 16), 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        first = QHBoxLayout()
        first.addWidget(ElidedLabel(job.title, "strong"), 1)
        first.addWidget(voiced(state_words(job.state), "second", _label_state(colour)))
        lines.addLayout(first)
        second = voiced(job_words(job), "second", wraps=True)
        lines.addWidget(second)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(6)
        self._buttons.addStretch(1)
        lines.addLayout(self._buttons)
        self._lines = lines
        row.addLayout(lines, 1)

    def add(self, button: KeyButton) -> None:
        """An act, at the left of the third line."""
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    def add_last(self, button: IconButton) -> None:
        """An act at the right end of it."""
        self._buttons.addWidget(button)

    def add_below(self, button: KeyButton) -> None:
        """An act on a line of its own: the column is narrow."""
        self._lines.addSpacing(4)
        self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _label_state(colour: str) -> str:
    return colour if colour in ("red", "amber", "green", "blue") else ""


class QueueList(QWidget):
    """Emits what shall be done with which job."""

    cancel_requested = Signal(str)
    go_on_requested = Signal(str)
    elsewhere_requested = Signal(str)  # on the printer that is chosen now
    forget_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = SectionHead(theme, "list", tr("Print queue"))
        self.alarm = chip("", "red")
        head.add_right(self.alarm)
        column.addWidget(head)
        self._area = scrolled()
        column.addWidget(self._area, 1)
        self.show_jobs((), "")

    def show_jobs(self, jobs: Sequence[PrintJob], printer: str) -> None:
        """These, the newest first; `printer` is the one that is chosen now."""
        if (shown := (tuple(jobs), printer)) == self._shown:
            return
        self._shown = shown
        failed = sum(job.wants_somebody for job in jobs)
        self.alarm.setText(tr("{count} to put right", count=failed))
        self.alarm.setVisible(failed > 0)
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        ordered = _urgent_first(jobs)
        for number, job in enumerate(ordered):
            key = "R" if number == 0 and job.wants_somebody else ""  # R is about the first one
            rows.addWidget(self._row(job, printer, key))
        if not jobs:
            none = voiced(tr("Nothing is waiting to be printed."), "hint", wraps=True)
            none.setContentsMargins(14, 8, 12, 8)
            rows.addWidget(none)
        rows.addStretch(1)
        self._area.setWidget(page)

    def _row(self, job: PrintJob, printer: str, key: str) -> _JobRow:
        row = _JobRow(self._theme, job)
        if job.is_under_way:
            row.add(self._button(tr("Cancel"), self.cancel_requested, job.id))
            return row
        if job.can_go_on:
            row.add(self._button(rest_words(job), self.go_on_requested, job.id, key))
            if printer and printer != job.choice.printer:
                words = tr("On the chosen printer")
                button = self._button(words, self.elsewhere_requested, job.id)
                button.setToolTip(shown_name(printer))
                row.add_below(button)
            gone = IconButton(self._theme, "x", tr("Take off the list"))
            gone.clicked.connect(lambda _checked=False: self.forget_requested.emit(job.id))
            row.add_last(gone)
        return row

    def _button(self, words: str, signal: SignalInstance, job_id: str, key: str = "") -> KeyButton:
        button = KeyButton(self._theme, words, key=key)
        button.setProperty("slim", True)
        button.clicked.connect(lambda _checked=False: signal.emit(job_id))
        return button


def _urgent_first(jobs: Sequence[PrintJob]) -> list[PrintJob]:
    """What failed or was not sent, then what is under way, then the rest; each the newest first."""
    return sorted(jobs, key=lambda job: 0 if job.wants_somebody else 1 if job.is_under_way else 2)
