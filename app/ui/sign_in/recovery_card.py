"""The recovery code from the safe: a new password for an administrator. Asks; writes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.duty.officer import Officer
from app.thai.translation import tr
from app.ui.sign_in.desk_card import DeskCard
from app.ui.sign_in.new_password import NewPassword, rules
from app.ui.theme import Theme
from app.ui.widgets.labels import voiced


class RecoveryCard(DeskCard):
    """Code, whose password, password twice."""

    recover_requested = Signal(str, str, str)  # code, officer id, password

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window, "key-round", tr("Recovery code"), tr("Set the password"))
        about = tr(
            "The code was printed when the station began, or last renewed. It sets a new password"
            " for an administrator, and is used up by that: a new one is shown."
        )
        self.body.addWidget(voiced(about, "second", wraps=True))
        self.code = self.add_field(tr("Recovery code"))
        self.body.addWidget(voiced(tr("Administrator"), "second"))
        self.officer = QComboBox()
        self.officer.setAccessibleName(tr("Administrator"))
        self.body.addWidget(self.officer)
        first = self.add_field(tr("New password"), secret=True, help_words=rules())
        again = self.add_field(tr("The new password again"), secret=True)
        self.password = NewPassword(first, again)
        self._names: dict[str, str] = {}

    def show_officers(self, officers: Sequence[Officer]) -> None:
        """Who can get a new password by the code."""
        self._names = {officer.id: officer.name for officer in officers}
        self.officer.clear()
        for officer in officers:
            self.officer.addItem(officer.name, officer.id)

    def first_field(self) -> QWidget:
        return self.code.line

    def ask(self) -> None:
        officer_id = str(self.officer.currentData() or "")
        if not self.code.text:
            self.code.tell(tr("Type the code."), "red")
            self.code.line.setFocus()
            self.place()
            return
        password = self.password.typed(self._names.get(officer_id, ""))
        self.place()
        if password is not None:
            self.wait()
            self.recover_requested.emit(self.code.text, officer_id, password)
