"""What can be chosen of every sheet: its digits, and whether it is marked as a copy."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.papers.order import ARABIC, THAI_DIGITS
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segments


class CommonOptions(QWidget):
    """One line."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.copy_mark = QCheckBox(tr("Mark it “สำเนา” (copy)"))
        row.addWidget(self.copy_mark, 1)
        self.digits = Segments(((ARABIC, "123"), (THAI_DIGITS, "๑๒๓")))
        self.digits.set_on(ARABIC)
        self.digits.setToolTip(tr("Digits"))
        row.addWidget(self.digits)
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
