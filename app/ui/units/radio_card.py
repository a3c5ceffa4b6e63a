"""The station's radio codes as a list to be read while the radio is on. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.duty.radio_codes import RadioCode
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.units.unit_words import unit_state_name
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced
from app.ui.widgets.word_table import WordColumn, WordRow, WordTable


def code_columns() -> tuple[WordColumn, ...]:
    """What is told of a code."""
    return (
        WordColumn(tr("Code")),
        WordColumn(tr("Words it stands for")),
        WordColumn(tr("The unit is then")),
        WordColumn(""),
    )


def code_row(code: RadioCode) -> WordRow:
    """`ว.22`, `ถึงที่หมาย`, `at the scene`."""
    state = unit_state_name(code.state) if code.state is not None else "–"
    mark = tr("sample") if code.sample else ""
    return WordRow(code.code, (code.code, code.words, state, mark))


class RadioCard(QWidget):
    """Esc leads back; the table itself is edited in Setup."""

    cancelled = Signal()
    edit_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(4)
        title = voiced(tr("Radio codes of the station"), "title")
        title.setIndent(14)
        column.addWidget(title)
        self.table = WordTable(theme, tr("Radio codes of the station"), code_columns())
        column.addWidget(self.table, 1)
        self._empty = voiced(
            tr("The station has no radio codes yet. They are set in Setup › Radio codes."),
            "second",
            wraps=True,
        )
        self._empty.setIndent(14)
        column.addWidget(self._empty)
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        edit = KeyButton(theme, tr("Edit the table…"), icon="sliders-horizontal")
        edit.clicked.connect(self.edit_requested)
        back = KeyButton(theme, tr("Back"), key="Esc", flat=True)
        back.clicked.connect(self.cancelled)
        row.addWidget(edit)
        row.addWidget(back)
        row.addStretch(1)
        column.addLayout(row)

    def show_codes(self, codes: Sequence[RadioCode]) -> None:
        """These, and the keyboard to them."""
        self.table.show_rows([code_row(code) for code in codes])
        self.table.setVisible(bool(codes))
        self._empty.setVisible(not codes)
        self.table.setFocus()
