"""The amber card of the intake: this may be an incident that is open already. Three ways out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.incidents.duplicates import Likely
from app.thai.dates import elapsed
from app.thai.translation import language, tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import ElidedLabel, IconLabel, voiced


class SameCard(QFrame):
    """Attach this report to it, open it, or go on: it is another one."""

    attach_requested = Signal()
    look_requested = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("tint", "amber")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 10, 6)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconLabel(theme, "triangle-alert", "amber", 15))
        line.addWidget(voiced(tr("Perhaps the same"), "strong", "amber"))
        self._which = ElidedLabel("", "strong")
        self._how = voiced("", "second")
        line.addWidget(self._which, 1)
        line.addWidget(self._how)
        column.addLayout(line)
        row = QHBoxLayout()
        row.setSpacing(6)
        attach = KeyButton(theme, tr("Attach to it"), key="Alt D")
        look = KeyButton(theme, tr("Look at it"), key="Alt O", flat=True)
        other = KeyButton(theme, tr("It is another"), key="Alt X", flat=True)
        attach.clicked.connect(self.attach_requested)
        look.clicked.connect(self.look_requested)
        other.clicked.connect(self.dismissed)
        row.addWidget(attach)
        row.addWidget(look)
        row.addStretch(1)
        row.addWidget(other)
        column.addLayout(row)
        self.hide()

    def show_likely(self, likely: Likely | None) -> None:
        """The incident it may be; None hides the card."""
        self.setVisible(likely is not None)
        if likely is None:
            return
        incident = likely.incident
        self._which.setText(f"{incident.number} {incident.category.name}")
        ago = elapsed(likely.ago_s, language())
        if likely.away_m is None:
            self._how.setText(tr("the same place · {time} ago", time=ago))
        else:
            self._how.setText(
                tr("{distance:,.0f} m away · {time} ago", distance=likely.away_m, time=ago)
            )
