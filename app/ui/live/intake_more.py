"""What else a report may hold: when and where exactly, people, vehicles, the daily log. Unfolded
with one key, so that the panel stays calm. Saves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from app.clock import from_stored
from app.errors import KnownError
from app.incidents.happened import happened_words, read_happened, stored
from app.incidents.incident import Report
from app.thai.plates import plate_words
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.labels import voiced

_LINES_PX = 50


class MoreFields(QWidget):
    """The fields that not every call needs, in the order of the station's own sheet."""

    edited = Signal()

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self._now = theme, now
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.happened = self._line(tr("Happened"), tr("10:20-10:45 or a date and time"))
        self.address = self._line(tr("House no., lane, road"))
        self.victims = self._text(tr("Injured party"))
        self.suspects = self._text(tr("Suspects: looks, clothes"))
        self.vehicles = self._line(tr("Vehicles"), tr("plate, province, colour"))
        self.daily_log = self._line(tr("Daily log no."))
        for number, (left, right) in enumerate(
            (
                (self.happened, self.address),
                (self.victims, self.suspects),
                (self.vehicles, self.daily_log),
            )
        ):
            for column, field in enumerate((left, right)):
                grid.addWidget(voiced(field.accessibleName(), "second"), 2 * number, column)
                grid.addWidget(field, 2 * number + 1, column)
        self._read = voiced("", "hint", wraps=True)
        grid.addWidget(self._read, 6, 0, 1, 2)
        for before, after in zip(self._fields(), self._fields()[1:], strict=False):
            QWidget.setTabOrder(before, after)
        self.vehicles.textChanged.connect(self._show_read)
        self.happened.textChanged.connect(self._show_read)

    def _line(self, name: str, placeholder: str = "") -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setPlaceholderText(placeholder)
        line.setMaxLength(4000)
        line.textEdited.connect(self.edited)
        return line

    def _text(self, name: str) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setAccessibleName(name)
        text.setTabChangesFocus(True)
        text.setFixedHeight(self._theme.px(_LINES_PX))
        text.textChanged.connect(self.edited)
        return text

    def _fields(self) -> Sequence[QWidget]:
        return (
            self.happened, self.address, self.victims, self.suspects, self.vehicles,
            self.daily_log,
        )  # fmt: skip

    # In and out

    def added_to(self, report: Report, now: datetime, *, strict: bool = True) -> Report:
        """The report with what stands here. A time that cannot be read is a KnownError; left out
        if not `strict`.
        """
        try:
            begins, ends = stored(read_happened(self.happened.text(), now))
        except KnownError:
            if strict:
                raise
            begins = ends = None
        vehicles = self.vehicles.text().strip()
        return replace(
            report,
            happened_from=begins,
            happened_to=ends,
            address=self.address.text().strip(),
            victims=self.victims.toPlainText().strip(),
            suspects=self.suspects.toPlainText().strip(),
            vehicles=vehicles,
            plates=plate_words(vehicles),
            daily_log=self.daily_log.text().strip(),
        )

    def fill(self, report: Report, happened_text: str, now: datetime) -> None:
        """What another form held; the words of a time are put back as they were typed."""
        begins, ends = (from_stored(at) if at else None for at in
                        (report.happened_from, report.happened_to))  # fmt: skip
        self.happened.setText(happened_text or happened_words(begins, ends, now))
        self.address.setText(report.address)
        self.victims.setPlainText(report.victims)
        self.suspects.setPlainText(report.suspects)
        self.vehicles.setText(report.vehicles)
        self.daily_log.setText(report.daily_log)

    def clear(self) -> None:
        """Empty."""
        for line in (self.happened, self.address, self.vehicles, self.daily_log):
            line.clear()
        self.victims.clear()
        self.suspects.clear()

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in any of them."""
        lines = (self.happened, self.address, self.vehicles, self.daily_log)
        texts = (self.victims, self.suspects)
        return not any(line.text() for line in lines) and not any(
            text.toPlainText() for text in texts
        )

    def _show_read(self, _text: str) -> None:
        """What is understood of the words, before it is saved."""
        self._read.setText("\n".join(filter(None, (self._time_words(), self._plate_words()))))

    def _time_words(self) -> str:
        """Only of a day that is not today: `05:00` in the night is perhaps yesterday's."""
        now = self._now()
        try:
            begins, ends = read_happened(self.happened.text(), now)
        except KnownError:
            return ""  # half typed
        read = happened_words(begins, ends, now)
        return tr("Happened: {time}", time=read) if " " in read else ""

    def _plate_words(self) -> str:
        text = self.vehicles.text()
        read = plate_words(text)
        if read:
            return tr("Plates read: {plates}", plates=" · ".join(read))
        return tr("No plate was read; the words are kept as they are.") if text.strip() else ""
