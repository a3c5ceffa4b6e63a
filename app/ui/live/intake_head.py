"""The head of the intake panel: how long the caller has been on the line, and that it is kept."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.thai.dates import clock_time, countdown
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.labels import IconLabel, chip, voiced


class IntakeHead(QFrame):
    """Told once a second how long it has been open, and when the draft was written."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self.setProperty("edge", "bottom")
        self.setFixedHeight(theme.px(34))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 10, 0)
        row.setSpacing(8)
        row.addWidget(voiced(tr("Take a report"), "title"))
        self._timer = chip("", "blue")
        row.addWidget(self._timer)
        row.addStretch(1)
        self._tick = IconLabel(theme, "check", "green", 14)
        self._kept = voiced("", "hint")
        row.addWidget(self._tick)
        row.addWidget(self._kept)
        row.addWidget(chip("Esc", "kbd"))
        self._timer.hide()
        self.show_kept(None)

    def show_line(self, seconds: float) -> None:
        """How long the panel has been open for this caller."""
        self._timer.setText(tr("On the line {time}", time=countdown(seconds)))
        self._timer.show()

    def show_earlier(self) -> None:
        """What stands in the form was typed before it was opened now: perhaps another caller's."""
        self._tick.hide()
        self._kept.setText(tr("typed earlier · Alt Z throws it away"))

    def show_kept(self, at: datetime | None) -> None:
        """When what was typed was last written to the disk; None: nothing is."""
        self._tick.setVisible(at is not None)
        words = tr("put aside") if at is None else tr("draft kept {time}", time=clock_time(at))
        self._kept.setText(words)
