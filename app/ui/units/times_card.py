"""Time to the scene as the 191 report wants it: by unit, by beat, by month, against the target."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import msg
from app.incidents.runs import Run
from app.incidents.time_to_scene import By, SceneTimes, scene_times
from app.thai.dates import MONTHS, countdown
from app.thai.translation import language, say, tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton, Segments
from app.ui.widgets.labels import voiced
from app.ui.widgets.word_table import WordColumn, WordRow, WordTable

DAYS = 92
"""How far back it looks: a quarter of a year."""


def times_row(times: SceneTimes, by: By) -> WordRow:
    """`มุกดา 21`, sent 34, came 33, median 05:40, slowest 14:02, within the target 91 %."""
    median, slowest, within = times.median_s, times.slowest_s, times.share_within
    return WordRow(
        times.name,
        (
            _name(times.name, by),
            str(times.sent),
            str(times.arrived),
            countdown(median) if median is not None else "–",
            countdown(slowest) if slowest is not None else "–",
            f"{100 * within:.0f} %" if within is not None else "–",
        ),
    )


def _columns() -> tuple[WordColumn, ...]:
    figures = (tr("Sent"), tr("Came"), tr("Median"), tr("Slowest"), tr("Within the target"))
    return (WordColumn(""), *(WordColumn(head, figures=True) for head in figures))


_FIRST = {By.UNIT: msg("Unit"), By.BEAT: msg("Beat"), By.MONTH: msg("Month")}


def _name(name: str, by: By) -> str:
    """`2569-11` as `พ.ย. 2569`; units of no beat together."""
    if by is By.MONTH:
        year, _, month = name.partition("-")
        return f"{MONTHS[language()][int(month) - 1]} {year}"
    return name or tr("no beat of its own")


class TimesCard(QWidget):
    """Esc leads back. Reckons from the orders it was given."""

    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._runs: Sequence[Run] = ()
        self._target_s = 0.0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(14, 0, 14, 0)
        self._title = voiced("", "strong")
        self.by = Segments(
            (
                (By.UNIT.value, tr("By unit")),
                (By.BEAT.value, tr("By beat")),
                (By.MONTH.value, tr("By month")),
            )
        )
        self.by.set_on(By.UNIT.value)
        self.by.chosen.connect(self._on_by)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.by)
        column.addLayout(head)
        self.table = WordTable(theme, tr("Time to the scene"), _columns())
        column.addWidget(self.table, 1)
        self._empty = voiced(tr("No unit was sent in these days."), "second")
        self._empty.setIndent(14)
        column.addWidget(self._empty)
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        back = KeyButton(theme, tr("Back"), key="Esc", flat=True)
        back.clicked.connect(self.cancelled)
        row.addWidget(back)
        row.addStretch(1)
        column.addLayout(row)

    def show_runs(self, runs: Sequence[Run], target_s: float) -> None:
        """The orders of the last `DAYS`; the keyboard to the list."""
        self._runs, self._target_s = runs, target_s
        self._title.setText(
            tr(
                "Time to the scene, {days} days, target {minutes:.0f} min",
                days=DAYS,
                minutes=target_s / 60,
            )
        )
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        by = By(self.by.current())
        rows = [times_row(one, by) for one in scene_times(self._runs, by, self._target_s)]
        self.table.name_columns([say(_FIRST[by]), *(one.head for one in _columns()[1:])])
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)

    def _on_by(self, _choice: str, _on: bool) -> None:
        self._show()
