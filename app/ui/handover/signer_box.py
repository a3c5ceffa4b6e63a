"""One officer's signature: who it is, the password that signs, and when it was signed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.duty.officers import Officer
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.labels import ElidedLabel, IconLabel, frame, voiced

_LONGEST = 200


class SignerBox(QWidget):
    """`signed` when Enter is pressed in the password; `chosen` when another officer is."""

    signed = Signal()
    chosen = Signal(str)

    def __init__(self, theme: Theme, caption: str, hint: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 8)
        column.setSpacing(0)
        column.addWidget(voiced(caption, "hint"))
        self._name = ElidedLabel("", "title")
        self.officers = QComboBox()
        self.officers.setAccessibleName(caption)
        self.officers.currentIndexChanged.connect(self._on_index_changed)
        self._position = ElidedLabel("", "second")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(_LONGEST)
        self.password.setPlaceholderText(hint)
        self.password.setAccessibleName(hint)
        self.password.returnPressed.connect(self.signed)
        for widget in (self._name, self.officers, self._position):
            column.addWidget(widget)
        column.addSpacing(3)
        column.addWidget(self.password)
        column.addWidget(self._build_signed(theme))
        self.show_nobody()

    def _build_signed(self, theme: Theme) -> QWidget:
        self._signed = frame()
        self._signed.setProperty("tint", "green")
        row = QHBoxLayout(self._signed)
        row.setContentsMargins(10, 3, 10, 3)
        row.addWidget(IconLabel(theme, "check", "green", 15))
        self._signed_at: QLabel = voiced("", "strong", "green")
        self._entry: QLabel = voiced("", "hint")
        row.addWidget(self._signed_at)
        row.addStretch(1)
        row.addWidget(self._entry)
        return self._signed

    def show_nobody(self, words: str = "") -> None:
        """It is not this officer's turn yet."""
        self._show(words, "", asks=False, chooses=False, signed=False)

    def ask(self, officer: Officer) -> None:
        """This officer is to sign."""
        self._show(officer.name, officer.position, asks=True, chooses=False, signed=False)

    def ask_one_of(self, officers: Sequence[Officer], chosen: str) -> None:
        """One of these is to sign."""
        ids = [one.id for one in officers]
        if ids != [self.officers.itemData(n) for n in range(self.officers.count())]:
            self.officers.blockSignals(True)
            self.officers.clear()
            for one in officers:
                self.officers.addItem(one.name, one.id)
            self.officers.blockSignals(False)
        who = next((one for one in officers if one.id == chosen), None)
        if who is not None and self.officers.currentData() != chosen:
            self.officers.blockSignals(True)
            self.officers.setCurrentIndex(ids.index(chosen))
            self.officers.blockSignals(False)
        position = who.position if who is not None else tr("No officer may accept it.")
        self._show("", position, asks=who is not None, chooses=bool(ids), signed=False)

    def show_signed(self, name: str, position: str, at: str, entry: str) -> None:
        """It is signed: when, and which entry of the log says so."""
        self._signed_at.setText(tr("Signed {at}", at=at))
        self._entry.setText(entry)
        self._show(name, position, asks=False, chooses=False, signed=True)

    def take_password(self) -> str:
        """What was typed; it does not stay on the screen."""
        typed = self.password.text()
        self.password.clear()
        return typed

    def _show(self, name: str, position: str, *, asks: bool, chooses: bool, signed: bool) -> None:
        self._name.setText(name)
        self._name.setVisible(bool(name) and not chooses)
        self.officers.setVisible(chooses)
        self._position.setText(position)
        self._position.setVisible(bool(position))
        self.password.setVisible(asks)
        self._signed.setVisible(signed)
        if not asks:
            self.password.clear()

    def _on_index_changed(self, number: int) -> None:
        if number >= 0:
            self.chosen.emit(str(self.officers.itemData(number)))
