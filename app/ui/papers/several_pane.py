"""Several incident sheets at once: those found in the Log place, or numbers that are typed.

A list with boxes; what is ticked is printed, in the order of the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from app.incidents.incident import Incident
from app.thai.dates import short_date
from app.thai.translation import language, tr
from app.ui.papers.batch_job import BatchProgress
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import IconLabel, restate, voiced
from app.ui.widgets.tick_list import TickList, TickRow
from app.ui.words import state_name


class SeveralPane(QFrame):
    """Emits what was typed, and that something was ticked."""

    numbers_typed = Signal(str)
    ticks_changed = Signal()
    cancel_requested = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._incidents: dict[str, Incident] = {}
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_bar())
        column.addWidget(self._build_line())
        self.list = TickList(theme, tr("Incidents whose sheets are printed"))
        self.list.ticks_changed.connect(self._on_ticks)
        column.addWidget(self.list, 1)
        column.addWidget(self._build_progress())
        self.show_incidents((), ticked=True)
        self.show_progress(BatchProgress())

    def _build_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("edge", "bottom")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 4, 10, 4)
        row.setSpacing(8)
        row.addWidget(IconLabel(self._theme, "printer"))
        row.addWidget(voiced(tr("Several incident sheets"), "strong"))
        self._tally = voiced("", "second")
        row.addWidget(self._tally)
        row.addStretch(1)
        every = KeyButton(self._theme, tr("Tick all"), flat=True)
        none = KeyButton(self._theme, tr("Tick none"), flat=True)
        back = KeyButton(self._theme, tr("Back"), key="Esc", icon="chevron-left")
        every.clicked.connect(self._on_every)
        none.clicked.connect(self._on_none)
        back.clicked.connect(self.left)
        for button in (every, none, back):
            row.addWidget(button)
        return bar

    def _build_line(self) -> QFrame:
        box = QFrame()
        box.setProperty("edge", "bottom")
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(3)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Numbers: 1281–1290, 1266, 12/2568"))
        self.line.setAccessibleName(tr("Numbers of incidents"))
        self.line.setMaxLength(500)
        self.line.returnPressed.connect(self._on_typed)
        add = KeyButton(self._theme, tr("Add them"), key="Enter", icon="plus")
        add.clicked.connect(self._on_typed)
        row.addWidget(self.line, 1)
        row.addWidget(add)
        column.addLayout(row)
        self._said = voiced(
            tr("A span needs a dash; without a year it is this year. Space ticks a row."), "hint"
        )
        self._said.setWordWrap(True)
        column.addWidget(self._said)
        return box

    def _build_progress(self) -> QWidget:
        self._strip = QFrame()
        self._strip.setProperty("ground", "raised")
        self._strip.setProperty("edge", "top")
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(10)
        self._done = voiced("", "second")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        cancel = KeyButton(self._theme, tr("Cancel"))
        cancel.clicked.connect(self.cancel_requested)
        row.addWidget(self._done)
        row.addWidget(self._bar, 1)
        row.addWidget(cancel)
        return self._strip

    # What is chosen

    def chosen(self) -> list[str]:
        """The ids of the incidents that are ticked, in the order of the list."""
        ticked = self.list.ticked()
        return [id_ for id_ in self._incidents if id_ in ticked]

    def ids(self) -> tuple[str, ...]:
        """The incidents in the list."""
        return tuple(self._incidents)

    # What it is told

    def show_incidents(self, incidents: Sequence[Incident], *, ticked: bool) -> None:
        """These and no others."""
        self._incidents = {one.id: one for one in incidents}
        self.list.show_rows([_row(one, ticked=ticked) for one in incidents])

    def add_incidents(self, incidents: Sequence[Incident]) -> None:
        """These too, ticked; those that are there already are ticked where they stand."""
        wanted = set(self.chosen()) | {one.id for one in incidents}
        self._incidents |= {one.id: one for one in incidents}
        rows = [_row(one, ticked=one.id in wanted) for one in self._incidents.values()]
        self.list.show_rows(rows)

    def tell(self, words: str, state: str = "") -> None:
        """What became of the numbers that were typed."""
        restate(self._said, "state", state)
        self._said.setText(words)

    def show_progress(self, progress: BatchProgress) -> None:
        """How many sheets are set; nothing when none is being set."""
        self._strip.setVisible(progress.is_running)
        if progress.is_running:
            self._bar.setRange(0, progress.total)
            self._bar.setValue(progress.done)
            words = tr("Set {done} of {total}", done=progress.done, total=progress.total)
            self._done.setText(words)

    # Slots

    def _on_typed(self) -> None:
        if self.line.text().strip():
            self.numbers_typed.emit(self.line.text())

    def _on_ticks(self) -> None:
        count = tr("{ticked} of {count} ticked", ticked=len(self.chosen()),
                   count=len(self._incidents))  # fmt: skip
        self._tally.setText(count)
        self.ticks_changed.emit()

    def _on_every(self) -> None:
        self.list.tick(True)

    def _on_none(self) -> None:
        self.list.tick(False)


def _row(one: Incident, *, ticked: bool) -> TickRow:
    day = short_date(one.reported_at, language())
    words = f"{one.number} · {day} · {one.category.name} · {one.report.place}"
    return TickRow(one.id, f"{words} · {state_name(one.state)}", ticked=ticked)
