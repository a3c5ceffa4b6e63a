"""The line with the playhead's date and time: shows it, and takes another one, in either era."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from app.clock import Clock
from app.errors import KnownError
from app.thai.dates import date_time, to_local
from app.thai.translation import language, tr
from app.thai.typed_dates import read_date_time
from app.ui.theme import Theme
from app.ui.widgets.keys import keeps_escape

_WIDEST = "28 ม.ค. 2569 20:40:00"


class TimeField(QLineEdit):
    """While nobody types it follows the playhead; Enter goes there, Esc leaves all as it was."""

    typed = Signal(object)  # datetime
    failed = Signal(object)  # KnownError
    left = Signal()

    def __init__(self, theme: Theme, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._shown = ""
        self.setAccessibleName(tr("Date and time of the footage"))
        self.setToolTip(tr("Date and time in either era: 21/11/2569 21:40"))
        self.setMaxLength(60)
        self.setFont(theme.font("field", 600))
        width = theme.words_px("field", _WIDEST, 600)
        self.setFixedWidth(width + theme.px(30))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.returnPressed.connect(self._on_return)

    def show_time(self, at: datetime) -> None:
        """Where the playhead stands."""
        self._shown = date_time(at, language())
        if not self.hasFocus() and self.text() != self._shown:
            self.setText(self._shown)

    def ask(self) -> None:
        """Ctrl+G: type another time."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    @property
    def typed_text(self) -> str:
        """What is typed and not taken yet; empty otherwise."""
        return self.text() if self.hasFocus() and self.isModified() else ""

    def _on_return(self) -> None:
        today = to_local(self._clock.now()).date()
        try:
            at = read_date_time(self.text(), today)
        except KnownError as error:
            self.failed.emit(error)
            return
        self.setModified(False)
        self.typed.emit(at)
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        if keeps_escape(event):
            self.setText(self._shown)
            self.setModified(False)
            self.left.emit()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.setText(self._shown)
