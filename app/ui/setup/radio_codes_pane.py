"""Setup › Radio codes: the station's own table, code by code."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.duty.radio_codes import MEANINGS, RadioCode
from app.duty.units import UnitState
from app.errors import KnownError
from app.log import Changed, Entry
from app.thai.translation import explain, tr
from app.ui.desk import Desk
from app.ui.setup.field_box import FieldBox
from app.ui.setup.save_button import save_button
from app.ui.theme import Theme
from app.ui.units.radio_card import code_columns, code_row
from app.ui.units.unit_words import unit_state_name
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import restate, voiced
from app.ui.widgets.section_head import SectionHead
from app.ui.widgets.word_table import WordTable

_SIDE_PX = 384


class RadioCodesPane(QFrame):
    """Left the codes there are, right the one that is set."""

    told = Signal(str)

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self._theme, self._desk = theme, desk
        self._is_old = True
        self._codes: dict[str, RadioCode] = {}
        self.setProperty("ground", "bg")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self._build_list(), 1)
        row.addWidget(self._build_form())
        self._connect()

    def _build_list(self) -> QWidget:
        pane = QFrame()
        pane.setProperty("ground", "panel")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = SectionHead(self._theme, "radio", tr("Radio codes"))
        self.add = KeyButton(self._theme, tr("Add a code"), key="Ins", icon="plus")
        head.add_right(self.add)
        column.addWidget(head)
        self.table = WordTable(self._theme, tr("Radio codes"), code_columns())
        column.addWidget(self.table, 1)
        words = voiced(
            tr(
                "This is the station's own table: no official list is shipped. Codes typed in notes"
                " and reports of units are written out with these words."
            ),
            "hint",
            wraps=True,
        )
        words.setContentsMargins(16, 8, 16, 8)
        column.addWidget(words)
        return pane

    def _build_form(self) -> QFrame:
        pane = QFrame()
        pane.setProperty("ground", "panel")
        pane.setFixedWidth(self._theme.px(_SIDE_PX))
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(SectionHead(self._theme, "radio", tr("Set a code")))
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 8, 16, 8)
        inner.setSpacing(4)
        self.code = FieldBox(tr("Code"), "ว.10")
        self.words = FieldBox(tr("Words it stands for"))
        self.state = QComboBox()
        self.state.setAccessibleName(tr("What it does to the unit that gives it"))
        self.state.addItem(tr("nothing, words only"), "")
        for state in MEANINGS:
            self.state.addItem(unit_state_name(state), state.value)
        inner.addWidget(self.code)
        inner.addWidget(self.words)
        inner.addWidget(voiced(tr("What it does to the unit that gives it"), "second"))
        inner.addWidget(self.state)
        inner.addStretch(1)
        self._told = voiced("", wraps=True)
        self._told.hide()
        inner.addWidget(self._told)
        row = QHBoxLayout()
        self.remove = KeyButton(self._theme, tr("Remove"), icon="trash-2", flat=True)
        self.save = save_button(self._theme, pane, tr("Save"), self.ask_to_save)
        row.addWidget(self.remove)
        row.addStretch(1)
        row.addWidget(self.save)
        inner.addLayout(row)
        column.addLayout(inner, 1)
        return pane

    def _connect(self) -> None:
        self.table.row_chosen.connect(self._on_chosen)
        self.add.clicked.connect(self.begin_new)
        self.remove.clicked.connect(self._on_remove)
        for box in (self.code, self.words):
            box.line.returnPressed.connect(self.ask_to_save)
            box.edited.connect(self._on_edited)
        QShortcut(QKeySequence("Insert"), self, self.begin_new)
        self._desk.changed.connect(self._on_changed)
        self._desk.failed.connect(self._on_failed)

    # What is shown

    def fill(self) -> None:
        """Read the table again; what is typed stays."""
        self._is_old = False
        self._codes = {code.code: code for code in self._desk.duty.radio_codes()}
        self.table.show_rows([code_row(code) for code in self._codes.values()], self.code.text)

    def begin_new(self) -> None:
        """An empty form, the keyboard in its first field."""
        self.table.choose_none()
        self._show(None)
        self.code.line.setFocus()

    def _on_chosen(self, code: str) -> None:
        self._show(self._codes[code])

    def _show(self, code: RadioCode | None) -> None:
        self.code.fill(code.code if code else "")
        self.words.fill(code.words if code else "")
        state = code.state.value if code is not None and code.state is not None else ""
        self.state.setCurrentIndex(max(0, self.state.findData(state)))
        self.remove.setVisible(code is not None)
        self.tell("", "")

    def tell(self, words: str, state: str) -> None:
        """A sentence over the buttons."""
        restate(self._told, "state", state)
        self._told.setText(words)
        self._told.setVisible(bool(words))

    # What is done

    def ask_to_save(self) -> None:
        """Set the code, or say what is wrong."""
        meant = str(self.state.currentData())
        code = RadioCode(self.code.text, self.words.text, UnitState(meant) if meant else None)
        saved = functools.partial(self._on_saved, code.code)
        self._try(functools.partial(self._desk.duty.set_radio_code, code, saved))

    def _on_saved(self, code: str, _entries: Sequence[Entry]) -> None:
        self.fill()
        self.begin_new()
        self.tell(tr("“{name}” is saved.", name=code), "green")

    def _on_remove(self) -> None:
        code = self.code.text
        if code:
            removed = functools.partial(self._on_removed, code)
            self._try(functools.partial(self._desk.duty.remove_radio_code, code, removed))

    def _on_removed(self, code: str, _entries: Sequence[Entry]) -> None:
        self.fill()
        self.begin_new()
        self.tell(tr("“{name}” was removed.", name=code), "green")

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except KnownError as error:
            self.tell(explain(error), "red")

    def _on_edited(self) -> None:
        self.tell("", "")

    def _on_failed(self, error: KnownError) -> None:
        if self.isVisible():
            self.tell(explain(error), "red")

    def _on_changed(self, changed: Changed) -> None:
        if any(kind.startswith("radio_code_") for kind in changed.kinds):
            self._is_old = True
            if self.isVisible():
                self.fill()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        if self._is_old:
            self.fill()
            self.begin_new()
