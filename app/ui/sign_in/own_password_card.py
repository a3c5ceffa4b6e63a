"""An officer's own password: the old one, the new one twice. Asks; writes nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.thai.translation import tr
from app.ui.sign_in.desk_card import DeskCard
from app.ui.sign_in.new_password import NewPassword, rules
from app.ui.theme import Theme


class OwnPasswordCard(DeskCard):
    """Three fields."""

    change_requested = Signal(str, str)  # old, new

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window, "key-round", tr("My password"), tr("Change"))
        self.old = self.add_field(tr("Password until now"), secret=True)
        first = self.add_field(tr("New password"), secret=True, help_words=rules())
        again = self.add_field(tr("The new password again"), secret=True)
        self.password = NewPassword(first, again)
        self.name = ""
        """Whose it is: no password may be the name."""

    def first_field(self) -> QWidget:
        return self.old.line

    def ask(self) -> None:
        password = self.password.typed(self.name)
        self.place()
        if password is not None:
            self.wait()
            self.change_requested.emit(self.old.line.text(), password)
