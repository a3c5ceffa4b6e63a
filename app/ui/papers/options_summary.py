"""Which day or month is summed up, and whether its incidents are listed one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QCheckBox

from app.duty.period import today
from app.duty.shift_log import shift_table
from app.thai.dates import to_local
from app.thai.translation import tr
from app.ui.papers.day_field import DayField
from app.ui.papers.options_pane import OptionsPane, PaneParts
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segments
from app.ui.widgets.labels import voiced

DAY, MONTH = "day", "month"


class SummaryPane(OptionsPane):
    """Begins with the day before this one: it is over."""

    def __init__(self, theme: Theme, parts: PaneParts) -> None:
        super().__init__(theme, parts)
        self._was_chosen = False
        self.add_label(tr("Summary of"))
        self.period = Segments(((DAY, tr("A day")), (MONTH, tr("A month"))))
        self.period.set_on(DAY)
        self.add(self.period)
        self.day = DayField(theme, tr("Day of the summary"), self._wall_day)
        self.add(self.day)
        self.with_list = QCheckBox(tr("List the incidents one by one"))
        self.with_list.setChecked(True)
        self.add(self.with_list)
        self.add(
            voiced(tr("A night shift counts to the date on which it begins."), "hint", wraps=True)
        )
        self.period.chosen.connect(self._on_period)
        self.day.chosen.connect(self._on_day)
        self.with_list.clicked.connect(self._on_chosen)

    def about(self) -> str:
        day = self.day.day
        if day is None:
            return ""
        return f"{day:%Y-%m}" if self.period.current() == MONTH else day.isoformat()

    def missing(self) -> str:
        return "" if self.day.day is not None else tr("Type a day: 22/11/2569.")

    def options(self) -> dict[str, Any]:
        return {"list": self.with_list.isChecked()}

    def habit(self) -> dict[str, Any]:
        return {"period": self.period.current()}

    def show_about(self, about: str) -> None:
        """`2026-11-22` or `2026-11`."""
        is_month = len(about) == len("2026-11")
        try:
            day = date.fromisoformat(f"{about}-01" if is_month else about)
        except ValueError:
            return
        self._was_chosen = True
        self._show_period(MONTH if is_month else DAY)
        self.day.show_day(day)

    def show_options(self, options: Mapping[str, Any]) -> None:
        if options.get("period") in (DAY, MONTH):
            self._show_period(str(options["period"]))
        if isinstance(options.get("list"), bool):
            self.with_list.setChecked(options["list"])

    def fill(self) -> None:
        if self._was_chosen:
            return
        with self.parts.log.reading() as db:
            day = today(self.parts.desk.now(), shift_table(db)) - timedelta(days=1)
        if self.day.day != day:
            self.day.show_day(day)

    def _wall_day(self) -> date:
        return to_local(self.parts.desk.now()).date()

    def _show_period(self, period: str) -> None:
        self.period.set_on(period)
        self.day.set_by_months(period == MONTH)
        self.with_list.setChecked(period == DAY)  # a month's list is long

    def _on_period(self, period: str, _on: bool) -> None:
        self._show_period(period)
        self._on_day()

    def _on_day(self) -> None:
        self._was_chosen = True
        self.changed.emit()

    def _on_chosen(self, *_: object) -> None:
        self.changed.emit()
