"""The small forms inside the selected incident: write a note, close with a result.

Panels, not dialogs: the map, the cameras and the list stay usable behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_letters import make_form
from app.ui.widgets.labels import voiced


@dataclass(frozen=True, slots=True)
class BegunForm:
    """A form that is open: what is typed in it, and which of the two it is."""

    text: str
    is_ticked: bool
    is_result: bool
    lines: tuple[str, ...] = ()


_NOTHING = BegunForm("", False, False)
_MOST_LEFT = 20  # incidents about which something was typed and not saved


class TextForm(QWidget):
    """A few words to add: a note, or the result that closes the incident."""

    saved = Signal(str, bool)  # text, the box ticked
    cancelled = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        button: str,
        tick: str = "",
        lines: Sequence[str] = (),
    ) -> None:
        """`tick`: what the box says; `lines`: what each line under the text asks."""
        super().__init__()
        make_form(self)
        self._saving = False
        self._of = ""
        self._left: dict[str, BegunForm] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        self._title = voiced(title, "second")
        column.addWidget(self._title)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(title)
        column.addWidget(self.text, 1)
        self._tick = QCheckBox(tick)
        self._tick.setVisible(bool(tick))
        self._tick.setMinimumHeight(theme.px(20))
        self._lines = [_line(name) for name in lines]
        small = QHBoxLayout()
        small.setSpacing(8)
        small.addWidget(self._tick)
        for line in self._lines:
            small.addWidget(line, 1)
        column.addLayout(small)
        self._problem = QLabel()
        self._problem.setProperty("state", "red")
        self._problem.setWordWrap(True)
        self._problem.hide()
        column.addWidget(self._problem)
        row = QHBoxLayout()
        save = KeyButton(theme, button, key="Ctrl Enter", icon="check", primary=True)
        save.clicked.connect(self._on_save)
        back = KeyButton(theme, tr("Back"), key="Esc", flat=True)
        back.clicked.connect(self.cancelled)
        row.addWidget(save)
        row.addWidget(back)
        row.addStretch(1)
        column.addLayout(row)

    def line_texts(self) -> tuple[str, ...]:
        """What is typed in the lines under the text."""
        return tuple(line.text() for line in self._lines)

    def begin(self, of: str) -> None:
        """Ready to type about this incident: what was typed about it and left without saving (Esc
        is pressed in a hurry, another incident is chosen) is still there; else empty."""
        if not self._saving and (self.text.toPlainText() or any(self.line_texts())):
            self._left[self._of] = self.begun(is_result=False)
        self._saving, self._of = False, of
        self._fill(self._left.pop(of, _NOTHING))
        if len(self._left) > _MOST_LEFT:
            del self._left[next(iter(self._left))]
        self._problem.hide()
        self._title.show()
        self.text.setFocus()

    def _fill(self, begun: BegunForm) -> None:
        self.text.setPlainText(begun.text)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self._tick.setChecked(begun.is_ticked)
        for line, text in zip(self._lines, begun.lines or repeat(""), strict=False):
            line.setText(text)

    def begun(self, *, is_result: bool) -> BegunForm:
        """What is typed so far."""
        return BegunForm(
            self.text.toPlainText(), self._tick.isChecked(), is_result, self.line_texts()
        )

    def go_on(self, begun: BegunForm, of: str) -> None:
        """Ready to type on where another form was left."""
        self.begin(of)
        self._fill(begun)

    def complain(self, sentence: str) -> None:
        """Say why it was not saved; what was typed stays."""
        self._saving = False
        self._problem.setText(sentence)
        self._problem.show()
        self._title.hide()  # what is wrong needs its room

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_save()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _on_save(self) -> None:
        if not self._saving:  # a key that bounces must not write twice
            self._saving = True
            self.saved.emit(self.text.toPlainText(), self._tick.isChecked())


def _line(name: str) -> QLineEdit:
    """Its name stands in it as long as nothing is typed."""
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(name)
    line.setMaxLength(500)
    return line
