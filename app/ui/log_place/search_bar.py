"""The line the log is searched with, how it was understood, and how much was found.

Asks and shows; searches nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from app.errors import KnownError
from app.incidents.asked import TEXT_LIMIT
from app.thai.translation import explain, tr
from app.ui.log_place.chip_row import ChipRow, ChipWords
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import IconLabel, frame, restate, voiced

_FIELD_LEAST_PX = 260
_EDGE_PX, _BETWEEN_PX = 12, 8
_TYPING_MS = 120  # of rest before what was typed is searched


class SearchBar(QFrame):
    """Field, buttons, chips, count, and what was not understood."""

    edited = Signal(str)  # a little after the last letter
    went_down = Signal()  # ↓ or Enter: to the first of what was found
    save_requested = Signal()
    export_requested = Signal()
    map_toggled = Signal(bool)
    chip_taken_away = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "panel")
        self.setProperty("edge", "bottom")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._timer.timeout.connect(self._on_rest)
        self._is_roomy = True
        self._build()
        self.setMinimumWidth(1)  # it fits itself to the place

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE_PX, 10, _EDGE_PX, 6)
        column.setSpacing(6)
        column.addLayout(self._build_line())
        row = QHBoxLayout()
        row.setSpacing(10)
        self.chips = ChipRow(self._theme)
        self.count = voiced("", "second")
        self.map_button = KeyButton(self._theme, tr("Map"), key="M", icon="map")
        self.map_button.setCheckable(True)
        self.map_button.setProperty("tool", True)
        row.addWidget(self.chips, 1)
        self._took = voiced("", "second")
        row.addWidget(self.count)
        row.addWidget(self._took)
        row.addWidget(self.map_button)
        column.addLayout(row)
        self.trouble = voiced("", "second", "amber", wraps=True)
        self.trouble.hide()
        column.addWidget(self.trouble)
        self.chips.taken_away.connect(self.chip_taken_away)
        self.map_button.toggled.connect(self.map_toggled)

    def _build_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(_BETWEEN_PX)
        self._box = frame("bg", "field")
        inside = QHBoxLayout(self._box)
        inside.setContentsMargins(10, 0, 12, 0)
        inside.setSpacing(2)
        inside.addWidget(IconLabel(self._theme, "search", "blue", 18))
        self.line = QLineEdit()
        self.line.setProperty("search", True)
        self.line.setPlaceholderText(tr("Words, names, plates, numbers, last night…"))
        self.line.setAccessibleName(tr("Search the log"))
        self.line.setMaxLength(TEXT_LIMIT)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._on_edited)
        inside.addWidget(self.line, 1)
        self.hint = voiced(tr("every word · spaces do not matter"), "hint")
        inside.addWidget(self.hint)
        self.save = KeyButton(self._theme, tr("Save the search"), key="Ctrl S", icon="bookmark")
        self.export = KeyButton(self._theme, tr("Export"), key="Ctrl E", icon="upload")
        line.addWidget(self._box, 1)
        line.addWidget(self.save)
        line.addWidget(self.export)
        self.save.clicked.connect(self.save_requested)
        self.export.clicked.connect(self.export_requested)
        return line

    # What is shown

    def show_text(self, text: str) -> None:
        """Another query, as from a saved search; nobody is asked."""
        if self.line.text() != text:
            self.line.setText(text)

    def show_chips(self, chips: Sequence[ChipWords]) -> None:
        """How the question was understood."""
        self.chips.show_chips(chips)

    def show_count(self, found: int, of: int, *, is_all: bool, took_ms: float | None) -> None:
        """How many; not `is_all`: so many so far."""
        words = (
            tr("{count:,} incidents", count=found)
            if is_all and found == of
            else tr("{count:,} of {all:,} found", count=found, all=of)
            if is_all
            else tr("{count:,} found so far…", count=found)
        )
        self.count.setText(words)
        self._took.setText(
            "· " + tr("{time} ms", time=max(1, round(took_ms)))
            if took_ms is not None and is_all
            else ""
        )
        self.export.setEnabled(found > 0)

    def show_trouble(self, error: KnownError | None) -> None:
        """What was not understood, and what to write instead."""
        self.trouble.setText(" ".join(explain(error).split("\n")) if error is not None else "")
        self.trouble.setVisible(error is not None)

    def ask(self) -> None:
        """`/`: the keyboard to the field, what is in it selected."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    # Slots and Qt

    def _on_edited(self, _text: str) -> None:
        self._timer.start()

    def _on_rest(self) -> None:
        self.edited.emit(self.line.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            restate(self._box, "active", event.type() == QEvent.Type.FocusIn)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            if self._timer.isActive():
                self._timer.stop()
                self._on_rest()
            self.went_down.emit()
            return True
        if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self.chips.chips:
            last = self.chips.chips[-1]
            self.chip_taken_away.emit(last.name, last.value)
            return True
        return False

    def let_go(self) -> None:
        """The window is going."""
        self._timer.stop()

    def fit(self, *, roomy: bool) -> None:
        """A narrow place has its words for the chips; the map's key is M all the same."""
        self._is_roomy = roomy
        for widget in (self.map_button, self._took):
            widget.setVisible(roomy)
        self.chips.fit(roomy=roomy)
        self._fit_line()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_line()

    def _fit_line(self) -> None:
        """What is typed needs room: the hint gives way to it, the buttons' words, their caps."""
        for hint, words, cap in (
            (self._is_roomy, True, True), (False, True, True), (False, False, True),
            (False, False, False),
        ):  # fmt: skip
            self.hint.setVisible(hint)
            for button in (self.save, self.export):
                button.show_part(words=words, cap=cap)
            if self._field_px() >= self._theme.px(_FIELD_LEAST_PX):
                break

    def _field_px(self) -> int:
        """What the buttons and the hint leave to the field."""
        beside = [self.save.sizeHint().width(), self.export.sizeHint().width()]
        beside += [0 if self.hint.isHidden() else self.hint.sizeHint().width()]
        return self.width() - sum(beside) - 2 * _EDGE_PX - 2 * _BETWEEN_PX
