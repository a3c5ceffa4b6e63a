"""Quiet notices at the foot of the window: saved, failed and why. They take no focus; a click puts
one away that has been read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.errors import KnownError
from app.thai.translation import explain
from app.ui.theme import Theme
from app.ui.widgets.labels import IconLabel, restate, voiced

_GOOD_MS = 6_000
_BAD_MS = 20_000
_CLEAR_SHARE = 0.42  # of the window, from the left, where nobody says better
_CLEAR_PX = 8
_RAIL_PX = 76
_AWAY_PX = 14


class Notice(QFrame):
    """One notice at a time, over the status bar; the newest wins."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._is_refusal = False
        self.clear_of: Callable[[], QWidget | None] = lambda: None
        """Which part of the window it stands to the left of, if that is to be seen."""
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        self._words = voiced("")
        self._words.setWordWrap(True)
        row.addWidget(self._words)
        row.addStretch(1)
        row.addWidget(IconLabel(theme, "x", "text_2", _AWAY_PX), 0, Qt.AlignmentFlag.AlignTop)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, or said last."""
        return self._words.text()

    def tell(self, text: str) -> None:
        """Something went well."""
        self._show(text, "green", _GOOD_MS)

    def warn(self, error: KnownError) -> None:
        """Something did not; with what is safe and what to do."""
        self._show(explain(error), "red", _BAD_MS)

    def refuse(self, error: KnownError) -> None:
        """What was to be done was not; until something else is."""
        self.warn(error)
        self._is_refusal = True

    def end_refusal(self) -> None:
        """Something was done: that it could not be is no news any more."""
        if self._is_refusal:
            self.hide()

    def warn_of(self, text: str) -> None:
        """Something did not, in a sentence of the program's own."""
        self._show(text, "red", _BAD_MS)

    def _show(self, text: str, tint: str, for_ms: int) -> None:
        self._is_refusal = False
        self._words.setText(text)
        restate(self, "tint", tint)
        self.place()
        self.show()
        self.raise_()
        self._timer.start(for_ms)

    def place(self) -> None:
        """Stand above the status bar, as wide as the words need, clear of the right columns, where
        in every place what can be done next stands."""
        needed = max(
            self._words.fontMetrics().horizontalAdvance(line)
            for line in (self._words.text() or " ").split("\n")
        )
        away = self._theme.px(_AWAY_PX) + 8
        left = self._theme.px(_RAIL_PX)
        clear = self._clear_px()
        width = min(self._theme.px(900), clear - left, needed + 36 + away)
        self._words.setFixedWidth(width - 30 - away)
        self.adjustSize()
        top = self._window.height() - self.height() - self._theme.px(34)
        self.move(max(left, clear - self.width()), top)

    def _clear_px(self) -> int:
        part = self.clear_of()
        if part is None or not part.isVisible():
            return round(self._window.width() * _CLEAR_SHARE)
        return part.mapTo(self._window, QPoint(0, 0)).x() - self._theme.px(_CLEAR_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """It was read."""
        self.hide()
