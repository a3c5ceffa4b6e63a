"""The units of the selected incident, one by one: what each did and when, and its next step.

A panel in place of the story. Shows and asks; `DispatchSteps` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.incidents.runs import Run
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.units.unit_words import run_words
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced


def steps_of(run: Run) -> tuple[str, ...]:
    """What may be done next with one unit of an incident."""
    if not run.is_out:
        return ()
    if run.arrived_at is not None:
        return ("release",)
    return ("arrived", "release") if run.left_at is not None else (
        "on_the_way", "arrived", "release"
    )  # fmt: skip


class IncidentUnits(QWidget):
    """↑↓ choose a unit; G, A and F are steps of that one only."""

    step_requested = Signal(str, str, str)  # unit id; on_the_way, arrived or release; time as typed
    more_requested = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._runs: list[Run] = []
        self.earlier = QLineEdit()
        self.earlier.setPlaceholderText(tr("10:20, if it was earlier"))
        self.earlier.setAccessibleName(tr("10:20, if it was earlier"))
        self.earlier.setFixedWidth(theme.px(210))
        self.earlier.returnPressed.connect(self.begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(voiced(tr("Units of this incident"), "second"))
        head.addStretch(1)
        head.addWidget(self.earlier)
        column.addLayout(head)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Units of this incident"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(self._on_row)
        column.addWidget(self.list, 1)
        self._empty = voiced(tr("No unit has been sent to this incident."), wraps=True)
        column.addWidget(self._empty)
        self._problem = voiced("", "", "red", wraps=True)
        self._problem.hide()
        column.addWidget(self._problem)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.buttons = {
            "on_the_way": KeyButton(theme, tr("On the way"), key="G"),
            "arrived": KeyButton(theme, tr("Arrived"), key="A"),
            "release": KeyButton(theme, tr("Free again"), key="F"),
        }
        for step, button in self.buttons.items():
            button.setObjectName(step)
            button.clicked.connect(self._on_button)
            row.addWidget(button)
        self._more = KeyButton(theme, tr("Send a unit"), key="D", icon="send")
        self._more.clicked.connect(self.more_requested)
        back = KeyButton(theme, tr("Back"), key="Esc", flat=True)
        back.clicked.connect(self.cancelled)
        row.addWidget(self._more)
        self._more.hide()
        row.addWidget(back)
        row.addStretch(1)
        column.addLayout(row)
        self._on_row()

    def show_runs(self, runs: Sequence[Run], now: datetime, target_s: float) -> None:
        """The units in the order in which they were sent; the marked one stays marked."""
        marked = self.unit_id
        self._runs = list(runs)
        self.list.blockSignals(True)
        while self.list.count() > len(runs):
            self.list.takeItem(self.list.count() - 1)
        for number, run in enumerate(runs):
            if number >= self.list.count():
                self.list.addItem(QListWidgetItem())
            words, colour = run_words(run, now, target_s)
            item = self.list.item(number)
            item.setText(f"{run.call_sign} · {words}")
            item.setForeground(self._theme.colour(colour))
        rows = [run.unit_id for run in runs if run.is_out]
        wanted = marked if marked in rows else (rows[0] if rows else "")
        ids = [run.unit_id if run.is_out else "" for run in runs]
        self.list.setCurrentRow(ids.index(wanted) if wanted else len(runs) - 1)
        self.list.blockSignals(False)
        self.list.setVisible(bool(runs))
        for shown in (self._empty, self._more):
            shown.setVisible(not runs)
        self._on_row()

    def begin(self) -> None:
        """The keyboard to the list; without units, to the button that sends one."""
        (self.list if self._runs else self._more).setFocus()

    def clear(self) -> None:
        """No time and no complaint of before."""
        self.earlier.clear()
        self._problem.hide()

    @property
    def run(self) -> Run | None:
        """The marked one."""
        row = self.list.currentRow()
        return self._runs[row] if 0 <= row < len(self._runs) else None

    @property
    def unit_id(self) -> str:
        """The marked unit; empty for none."""
        return self.run.unit_id if self.run is not None else ""

    def ask(self, step: str) -> None:
        """A key or a button: asked for only where it is the next step."""
        run = self.run
        if run is not None and step in steps_of(run):
            self._problem.hide()
            self.step_requested.emit(run.unit_id, step, self.earlier.text().strip())

    def complain(self, sentence: str) -> None:
        """Say why a step was not written; the time that was typed stays."""
        self._problem.setText(sentence)
        self._problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _on_row(self, _row: int = -1) -> None:
        steps = steps_of(self.run) if self.run is not None else ()
        for step, button in self.buttons.items():
            button.setVisible(step in steps)

    def _on_button(self) -> None:
        button = self.sender()
        if isinstance(button, KeyButton):
            self.ask(button.objectName())
            self.begin()
