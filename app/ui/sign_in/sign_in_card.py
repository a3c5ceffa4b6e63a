"""Signing in: who, and the password. Asks; knows no log and no hash."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.duty.officer import Officer
from app.errors import KnownError
from app.thai.translation import tr
from app.ui.sign_in.desk_card import DeskCard
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import chip, voiced


class SignInCard(DeskCard):
    """One officer of the list, and a field."""

    sign_in_requested = Signal(str, str)  # officer id, password
    recovery_requested = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window, "key-round", tr("Sign in"), tr("Sign in"))
        self.body.addWidget(voiced(tr("Officer"), "second"))
        self.officer = QComboBox()
        self.officer.setAccessibleName(tr("Officer"))
        self.officer.setMaxVisibleItems(12)
        self.body.addWidget(self.officer)
        self.password = self.add_field(tr("Password"), secret=True)
        self.sample = chip("", "amber")
        self.sample.hide()
        self.body.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignLeft)
        self.recovery = KeyButton(theme, tr("Use the recovery code…"), flat=True)
        self.foot.insertWidget(1, self.recovery)
        self.recovery.clicked.connect(self.recovery_requested)
        self.officer.currentIndexChanged.connect(self._on_edited)

    def show_officers(self, officers: Sequence[Officer], chosen: str) -> None:
        """Who may sign in; the chosen one stays if it is among them."""
        before = str(self.officer.currentData() or chosen)
        self.officer.blockSignals(True)
        self.officer.clear()
        for officer in officers:
            words = " · ".join(word for word in (officer.name, officer.position) if word)
            self.officer.addItem(words, officer.id)
        at = max(0, self.officer.findData(chosen or before))
        self.officer.setCurrentIndex(at)
        self.officer.blockSignals(False)

    def show_sample_password(self, password: str) -> None:
        """A sample station keeps no secret of what opens it."""
        self.sample.setText(tr("Sample station: every password is {password}", password=password))
        self.sample.setVisible(bool(password))

    def first_field(self) -> QWidget:
        return self.password.line

    def show_failure(self, error: KnownError) -> None:
        """Not signed in; the password is typed anew."""
        super().show_failure(error)
        self.password.line.clear()
        self.password.line.setFocus()

    def ask(self) -> None:
        if not self.password.line.text():
            self.password.tell(tr("Type the password."), "red")
            self.place()
            return
        self.wait()
        self.sign_in_requested.emit(str(self.officer.currentData()), self.password.line.text())
