"""The bar over a handover: which shift goes to which, and how old the page is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.duty.handover_page import PageShift
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import ElidedLabel, IconLabel, chip, voiced


class HandoverBar(QFrame):
    """Tells; the one button asks for the handovers of the past, or leads back from one."""

    past_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self.setProperty("edge", "bottom")
        self.setFixedHeight(theme.px(46))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 10, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel(theme, "arrow-left-right", "text_2", 18))
        self.title = voiced("", "title")
        self._ending = chip("", "plain")
        self._arrow = IconLabel(theme, "arrow-right", "text_3", 15)
        self._beginning = chip("", "blue")
        self._told = ElidedLabel("", "hint")
        for widget in (self.title, self._ending, self._arrow, self._beginning):
            row.addWidget(widget)
        row.addWidget(self._told, 1)
        row.addStretch(0)
        self.past = KeyButton(theme, tr("Past handovers"), key="P", icon="history")
        self.past.clicked.connect(self.past_requested)
        row.addWidget(self.past)
        self.show_shifts(None, None)

    def show_shifts(
        self, ending: PageShift | None, beginning: PageShift | None, *, past: bool = False
    ) -> None:
        """The shift that ends, under the day on which it began, and the one that begins."""
        day = ending.day if ending is not None else ""
        title = tr("Handover {day}", day=day) if day else tr("Handover of the shift")
        self.title.setText(day if past and day else title)
        self._told.setVisible(not past)
        for label, shift in ((self._ending, ending), (self._beginning, beginning)):
            label.setText(f"{shift.name} {shift.hours}" if shift is not None else "")
            label.setVisible(shift is not None)
        self._arrow.setVisible(beginning is not None)

    def show_past(self, open_: bool) -> None:
        """The button leads there, or back."""
        self.past.show_words(tr("Back") if open_ else tr("Past handovers"), "P")

    def tell(self, words: str) -> None:
        """How old the page is, or how it ended."""
        self._told.setText(words)
