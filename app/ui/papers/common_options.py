"""What can be chosen of every sheet: its digits, and whether it is marked as a copy."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.papers.order import ARABIC, THAI_DIGITS
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segments
from app.ui.widgets.labels import voiced


class CommonOptions(QWidget):
    """Two lines."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(voiced(tr("Digits"), "hint"), 1)
        self.digits = Segments(((ARABIC, "123"), (THAI_DIGITS, "๑๒๓")))
        self.digits.set_on(ARABIC)
        row.addWidget(self.digits)
        column.addLayout(row)
        self.copy_mark = QCheckBox(tr("Mark it “สำเนา” (copy)"))
        column.addWidget(self.copy_mark)
        self.digits.chosen.connect(self._on_chosen)
        self.copy_mark.clicked.connect(self._on_chosen)

    def options(self) -> dict[str, object]:
        """The choices, as JSON can hold them."""
        return {
            "digits": self.digits.current() or ARABIC,
            "copy": self.copy_mark.isChecked(),
        }

    def show_digits(self, digits: str) -> None:
        """What was chosen the last time."""
        self.digits.set_on(THAI_DIGITS if digits == THAI_DIGITS else ARABIC)

    def _on_chosen(self, *_: object) -> None:
        self.changed.emit()
