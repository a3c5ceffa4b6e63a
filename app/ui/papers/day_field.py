"""A line for a day, typed in either era, with a step back and forth; says how it was understood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.errors import KnownError
from app.thai.dates import FULL_MONTHS, buddhist_year, short_date, weekday_date
from app.thai.translation import explain, language, tr
from app.thai.typed_dates import read_date
from app.ui.theme import Theme
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import restate, voiced

_DAY = timedelta(days=1)


class DayField(QWidget):
    """Tells `chosen` when another day is meant. With `by_months` it steps and speaks of months."""

    chosen = Signal()

    def __init__(self, theme: Theme, name: str, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._day: date | None = None
        self._by_months = False
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setMaxLength(60)
        self.back = IconButton(theme, "chevron-left", tr("Earlier"))
        self.forth = IconButton(theme, "chevron-right", tr("Later"))
        self._words = voiced("", "hint", wraps=True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.back)
        row.addWidget(self.line, 1)
        row.addWidget(self.forth)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._words)
        self.line.textEdited.connect(self._on_typed)
        self.back.clicked.connect(self._on_back)
        self.forth.clicked.connect(self._on_forth)

    @property
    def day(self) -> date | None:
        """What is meant; None while what is typed is no day."""
        return self._day

    def show_day(self, day: date) -> None:
        """This one; nobody is told."""
        self._day = day
        self.line.setText(short_date(day, language()))
        self._say()

    def set_by_months(self, by_months: bool) -> None:
        """Whether a whole month is meant, in which the day lies."""
        self._by_months = by_months
        self._say()

    def _say(self) -> None:
        restate(self._words, "state", "")
        if self._day is None:
            return
        month = FULL_MONTHS[language()][self._day.month - 1]
        words = f"{month} {buddhist_year(self._day)}"
        self._words.setText(words if self._by_months else weekday_date(self._day, language()))

    def _on_typed(self, text: str) -> None:
        try:
            self._day = read_date(text, self._today())
        except KnownError as error:
            self._day = None
            restate(self._words, "state", "red")
            self._words.setText(explain(error).split("\n")[0] if text.strip() else "")
        else:
            self._say()
        self.chosen.emit()

    def _on_back(self) -> None:
        self._step(-1)

    def _on_forth(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        day = self._day or self._today()
        if not self._by_months:
            day += by * _DAY
        elif by < 0:
            day = day.replace(day=1) - _DAY
        else:
            day = (day.replace(day=28) + 4 * _DAY).replace(day=1)
        self.show_day(day)
        self.chosen.emit()
