"""The station's shift table as one line to type, and what it would mean under it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.duty.shifts import ShiftTable
from app.duty.typed_shifts import read_table, table_text
from app.errors import KnownError
from app.thai.translation import explain, tr
from app.ui.setup.field_box import FieldBox
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton

_ANY_DAY = date(2026, 1, 1)


class ShiftHoursBox(QFrame):
    """Emits the table and the reason when it is to be saved."""

    save_requested = Signal(object, str)  # ShiftTable, reason

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._shown = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.hours = FieldBox(tr("When the shifts begin, with their names"), "00:00, 08:00, 16:00")
        self.hours.show_help(tr("Each lasts until the next begins. A name may stand behind it."))
        self.reason = FieldBox(tr("Why they change, and by whose order"))
        self.save = KeyButton(theme, tr("Change the hours"))
        self.hours.edited.connect(self._on_edited)
        self.save.clicked.connect(self._on_save)
        self.reason.line.returnPressed.connect(self._on_save)
        column.addWidget(self.hours)
        column.addWidget(self.reason)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_reason(False)

    def show_table(self, table: ShiftTable) -> None:
        """The table that holds now; what is being typed stays."""
        text = table_text(table)
        if self.hours.text == self._shown:
            self.hours.fill(text)
            self._show_reason(False)
        self._shown = text

    def saved(self) -> None:
        """It is in the log."""
        self._shown = self.hours.text
        self.reason.fill("")
        self._show_reason(False)

    def complain(self, error: KnownError) -> None:
        """Why it was not saved."""
        self.reason.tell(explain(error), "red")

    def _show_reason(self, on: bool) -> None:
        self.reason.setVisible(on)
        self.save.setVisible(on)

    def _on_edited(self) -> None:
        changed = self.hours.text != self._shown
        self._show_reason(changed)
        try:
            table = read_table(self.hours.text)
        except KnownError as error:
            self.hours.tell(explain(error), "red")
            self.save.setEnabled(False)
            return
        self.save.setEnabled(True)
        self.hours.tell(_meaning(table))

    def _on_save(self) -> None:
        try:
            table = read_table(self.hours.text)
        except KnownError as error:
            self.hours.tell(explain(error), "red")
            return
        self.save_requested.emit(table, self.reason.text)


def _meaning(table: ShiftTable) -> str:
    """`เวรดึก 00:00–08:00 · เวรเช้า 08:00–16:00`: any day will do."""
    return " · ".join(f"{one.called} {one.hours}" for one in table.of_day(_ANY_DAY))
