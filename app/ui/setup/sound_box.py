"""Setup › The console: the sound of overdue deadlines, tried, and muted for a named time only."""

from __future__ import annotations

import functools

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.duty.quiet import MINUTES_TO_MUTE
from app.thai.dates import short_time
from app.thai.translation import tr
from app.ui.live.overdue_watch import OverdueWatch
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced


class SoundBox(QWidget):
    """A button to hear it, one for each length of quiet, and what holds now."""

    def __init__(self, theme: Theme, overdue: OverdueWatch) -> None:
        super().__init__()
        self._overdue = overdue
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(voiced(tr("Sound of overdue deadlines"), "second"))
        row = QHBoxLayout()
        test = KeyButton(theme, tr("Test the sound"), icon="bell")
        test.clicked.connect(overdue.test)
        row.addWidget(test)
        row.addSpacing(8)
        row.addWidget(voiced(tr("Mute for"), "second"))
        for minutes in MINUTES_TO_MUTE:
            button = KeyButton(theme, tr("{minutes} min", minutes=minutes))
            button.clicked.connect(functools.partial(self._mute, minutes))
            row.addWidget(button)
        self._on = KeyButton(theme, tr("Let it be heard"), flat=True)
        self._on.clicked.connect(functools.partial(self._mute, 0))
        row.addWidget(self._on)
        row.addStretch(1)
        column.addLayout(row)
        self._words = voiced("", "hint", wraps=True)
        column.addWidget(self._words)
        overdue.sounded.connect(self._on_sounded)
        self.fill()

    def fill(self) -> None:
        """What holds now."""
        until = self._overdue.muted_until
        self._on.setVisible(until is not None)
        self._words.setText(
            tr("It is heard when a deadline is over; never a dialog.")
            if until is None
            else tr("Muted until {time}; it cannot be muted for good.", time=short_time(until))
        )

    def _mute(self, minutes: int, _checked: bool = False) -> None:
        self._overdue.mute(minutes)

    def _on_sounded(self, by: str) -> None:
        if not self.isVisible():
            return
        if by:
            self._words.setText(tr("Played by {program}.", program=by))
        else:
            self._words.setText(
                tr("This computer has no player for sounds: only its own beep is heard.")
            )
