"""A small form in the selected incident: a few named fields, save, back. Not a dialog.

Ctrl+Enter saves from anywhere in it, Enter in a line of one, Esc goes back. On a small screen it
scrolls. Saves nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_letters import make_form
from app.ui.widgets.labels import voiced

_SMALLEST = QSize(160, 90)


class ActForm(QScrollArea):
    """Fields are added in the order in which they are filled."""

    saved = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, title: str, button: str, icon: str = "check") -> None:
        super().__init__()
        self._theme = theme
        self._saving = False
        self._fields: list[QWidget] = []
        self._labels: list[QLabel] = []
        make_form(self)
        self.setAccessibleName(title)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 2, 4, 0)
        column.setSpacing(4)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(3)
        self._rows.setColumnStretch(1, 1)
        column.addLayout(self._rows)
        self._problem = voiced("", "", "red", wraps=True)
        self._problem.hide()
        column.addWidget(self._problem)
        column.addLayout(self._build_buttons(theme, button, icon))
        column.addStretch(1)
        self.setWidget(page)

    def _build_buttons(self, theme: Theme, button: str, icon: str) -> QHBoxLayout:
        row = QHBoxLayout()
        save = KeyButton(theme, button, key="Ctrl Enter", icon=icon, primary=True)
        save.clicked.connect(self.save)
        back = KeyButton(theme, tr("Back"), key="Esc", flat=True)
        back.clicked.connect(self.cancelled)
        row.addWidget(save)
        row.addWidget(back)
        row.addStretch(1)
        return row

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST  # it scrolls: the incident under it keeps its height

    # Fields

    def add_line(self, name: str, placeholder: str = "") -> QLineEdit:
        """One line, its name beside it."""
        line = QLineEdit()
        line.setPlaceholderText(placeholder)
        line.setMaxLength(20_000)
        line.returnPressed.connect(self.save)
        self._add(name, line)
        return line

    def add_text(self, name: str) -> QPlainTextEdit:
        """Several lines."""
        text = QPlainTextEdit()
        text.setTabChangesFocus(True)
        text.setFixedHeight(self._theme.px(64))
        self._add(name, text)
        return text

    def add_choice(self, name: str, choices: Sequence[tuple[str, str]] = ()) -> QComboBox:
        """One of several: pairs of what it means and its words."""
        box = QComboBox()
        self._add(name, box)
        fill_choice(box, choices)
        return box

    def add_hint(self, words: str) -> None:
        """What this form is not for, and where that is done."""
        self._rows.addWidget(voiced(words, "hint", wraps=True), self._rows.rowCount(), 1)

    def _add(self, name: str, field: QWidget) -> None:
        field.setAccessibleName(name)
        label = voiced(name, "second")
        label.setBuddy(field)
        row = len(self._fields)
        is_high = isinstance(field, QPlainTextEdit)
        side = Qt.AlignmentFlag.AlignTop if is_high else Qt.AlignmentFlag.AlignVCenter
        self._rows.addWidget(label, row, 0, side)
        self._rows.addWidget(field, row, 1)
        self._fields.append(field)
        self._labels.append(label)

    def show_field(self, field: QWidget, shown: bool) -> None:
        """A field that is not always asked, with its name."""
        field.setVisible(shown)
        self._labels[self._fields.index(field)].setVisible(shown)

    # Its life

    def begin(self) -> None:
        """Empty, the keyboard in the first field."""
        self._saving = False
        self._problem.hide()
        for field in self._fields:
            if isinstance(field, QLineEdit | QPlainTextEdit):
                field.clear()
        self._fields[0].setFocus()

    def complain(self, sentence: str) -> None:
        """Say why it was not saved; what was typed stays."""
        self._saving = False
        self._problem.setText(sentence)
        self._problem.show()
        self.ensureWidgetVisible(self._problem)

    def save(self) -> None:
        """Once: a key that bounces must not write twice."""
        if not self._saving:
            self._saving = True
            self._problem.hide()
            self.saved.emit()

    def texts(self) -> tuple[str, ...]:
        """What is typed, field by field, to be kept over a change of language."""
        return tuple(_text(field) for field in self._fields)

    def put_back(self, texts: Sequence[str]) -> None:
        """What `texts` gave."""
        for field, text in zip(self._fields, texts, strict=False):
            if isinstance(field, QLineEdit):
                field.setText(text)
            elif isinstance(field, QPlainTextEdit):
                field.setPlainText(text)
            elif isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(text)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


def fill_choice(box: QComboBox, choices: Sequence[tuple[str, str]]) -> None:
    """Other choices, the first one chosen."""
    box.clear()
    for value, words in choices:
        box.addItem(words, value)


def _text(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return str(field.currentData()) if isinstance(field, QComboBox) else ""
