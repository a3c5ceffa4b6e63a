"""The card of a wall that is drawn: how long it is, what it is, why; save, leave or remove."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import IconLabel, chip, rule, voiced
from app.ui.zone_map.edit_card import WIDTH_PX

_LIMIT = 300


class WallCard(QFrame):
    """Over the map's lower corner while a wall is in the hand."""

    save_requested = Signal(str, str)  # what it is, the reason
    removal_requested = Signal(str)  # the reason
    discard_requested = Signal()
    place_typed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("edge", "edit")
        self.setFixedWidth(theme.px(WIDTH_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 12)
        column.setSpacing(5)
        head = QHBoxLayout()
        head.addWidget(IconLabel(theme, "route", "blue"))
        self._title = voiced("", "strong", wraps=True)
        head.addWidget(self._title, 1)
        self._version = chip("", "blue")
        head.addWidget(self._version)
        column.addLayout(head)
        column.addWidget(rule())
        self._figures = voiced("", wraps=True)
        self._hint = voiced("", "second", wraps=True)
        column.addWidget(self._figures)
        column.addWidget(self._hint)
        self.place = _line(column, tr("Corner to typed coordinates · Enter"))
        self.note = _line(column, tr("What it is, for instance a hoarding"))
        self.reason = _line(column, tr("Reason, required"))
        self._wrong = voiced("", "hint", "red", wraps=True)
        column.addWidget(self._wrong)
        column.addLayout(self._build_foot(theme))
        self.place.returnPressed.connect(self._on_place)
        self.reason.textChanged.connect(self._on_typed)
        self._can_save = False
        self.hide()

    def _build_foot(self, theme: Theme) -> QHBoxLayout:
        foot = QHBoxLayout()
        self.discard = KeyButton(theme, tr("Discard"), key="Esc", flat=True)
        self.discard.clicked.connect(self.discard_requested)
        self.remove = KeyButton(theme, tr("Remove…"), icon="trash-2", flat=True)
        self.remove.clicked.connect(self._on_remove)
        self.save = KeyButton(theme, tr("Save"), key="Ctrl S", icon="check", primary=True)
        self.save.clicked.connect(self.ask_to_save)
        foot.addWidget(self.discard)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.save)
        return foot

    def open(self, title: str, version: str, note: str) -> None:
        """An empty card; without a version for a new wall, which cannot be removed."""
        self._title.setText(title)
        self._version.setText(version)
        for widget in (self._version, self.remove):
            widget.setVisible(bool(version))
        self.note.setText(note)
        self.place.clear()
        self.reason.clear()
        self.complain("")
        self.show()
        self.raise_()

    def show_words(self, figures: str, hint: str, *, can_save: bool) -> None:
        """The line as it stands."""
        self._figures.setText(figures)
        self._hint.setText(hint)
        self._can_save = can_save
        self.save.setEnabled(can_save)
        self.adjustSize()

    def complain(self, text: str) -> None:
        """Say what is wrong."""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        self.adjustSize()

    def ask_to_save(self) -> None:
        """Save, or say what is missing."""
        if self._can_save and self._has_reason():
            self.save_requested.emit(self.note.text().strip(), self.reason.text().strip())

    def _on_remove(self) -> None:
        if self._has_reason():
            self.removal_requested.emit(self.reason.text().strip())

    def _has_reason(self) -> bool:
        if self.reason.text().strip():
            return True
        self.complain(tr("Type why it changes: the reason stays with the wall."))
        self.reason.setFocus()
        return False

    def _on_place(self) -> None:
        self.place_typed.emit(self.place.text())

    def _on_typed(self) -> None:
        self.complain("")


def _line(column: QVBoxLayout, words: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(words)
    line.setAccessibleName(words)
    line.setMaxLength(_LIMIT)
    column.addWidget(line)
    return line
