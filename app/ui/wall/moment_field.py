"""One line under the cameras after a moment was marked: what was to be seen, or take it back.

The mark is in the log already; leaving the line empty is an answer too.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app.cameras.bookmarks import NOTE_LIMIT
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.keys import keeps_escape
from app.ui.widgets.labels import ElidedLabel, IconLabel

_LEFT_ALONE_MS = 12_000
_LINE_LEAST_PX = 150


@dataclass(frozen=True, slots=True)
class BegunNote:
    """A mark whose line is open, and what is typed in it."""

    mark_id: str
    words: str
    text: str


class MomentField(QFrame):
    """Takes the keyboard when it appears, and gives it back. Goes by itself if nothing is typed."""

    note_written = Signal(str, str)  # mark id, what was to be seen
    unmark_requested = Signal(str)  # mark id

    def __init__(self, theme: Theme, under: QWidget) -> None:
        super().__init__(under)
        self._theme = theme
        self._under = under
        self._mark_id = ""
        self._before: QWidget | None = None
        self.setProperty("edge", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(IconLabel(theme, "bookmark", "blue"))
        self._words = ElidedLabel("", "strong")
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        row.addWidget(self._words)
        self.line = _Line()
        self.line.setMaxLength(NOTE_LIMIT)
        self.line.setPlaceholderText(tr("What was to be seen? Enter saves"))
        self.line.setAccessibleName(tr("What was to be seen?"))
        self.line.setMinimumWidth(theme.px(_LINE_LEAST_PX))
        row.addWidget(self.line, 1)
        self.undo = KeyButton(theme, tr("Take the mark back"), flat=True)
        row.addWidget(self.undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LEFT_ALONE_MS)
        self._timer.timeout.connect(self._on_left_alone)
        self.line.returnPressed.connect(self._on_return)
        self.line.escaped.connect(self.leave)
        self.line.textEdited.connect(self._on_edited)
        self.undo.clicked.connect(self._on_undo)
        under.installEventFilter(self)
        self.hide()

    def ask(self, mark_id: str, words: str) -> None:
        """Offer a line for this mark; what was typed for the one before is saved."""
        self.finish()
        self._mark_id = mark_id
        self._words.setText(words)
        self.line.clear()
        if not self.isVisible():
            self._before = self.window().focusWidget()  # never one of a window that is going
        self.place()
        self.show()
        self.raise_()
        self.line.setFocus()
        self._timer.start()

    def begun(self) -> BegunNote | None:
        """The line that is open."""
        if not self._mark_id or self.isHidden():
            return None
        return BegunNote(self._mark_id, self._words.text(), self.line.text())

    def go_on(self, begun: BegunNote) -> None:
        """The line another window had open."""
        self.ask(begun.mark_id, begun.words)
        self.line.setText(begun.text)
        if begun.text:
            self._on_edited()

    def finish(self) -> None:
        """Save what is typed, if anything is."""
        if self._mark_id and self.line.text().strip():
            self.note_written.emit(self._mark_id, self.line.text())
        self._mark_id = ""

    def leave(self) -> None:
        """Go without a note; the mark stays."""
        self._mark_id = ""
        self._timer.stop()
        had_keyboard = self.isAncestorOf(QApplication.focusWidget() or self.window())
        self.hide()
        if had_keyboard and self._before is not None:
            self._before.setFocus()

    def place(self) -> None:
        """At the head of what lies under the cameras: no picture is covered."""
        width = min(self._theme.px(760), self._under.width() - 12)
        self.setGeometry(6, 4, width, self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def _on_return(self) -> None:
        self.finish()
        self.leave()

    def _on_undo(self) -> None:
        mark_id = self._mark_id
        self.leave()
        if mark_id:
            self.unmark_requested.emit(mark_id)

    def _on_edited(self) -> None:
        self._timer.stop()  # who types is not hurried

    def _on_left_alone(self) -> None:
        self.leave()


class _Line(QLineEdit):
    """A line that keeps Esc for itself."""

    escaped = Signal()

    def event(self, event: QEvent) -> bool:
        if keeps_escape(event):
            self.escaped.emit()
            return True
        return super().event(event)
