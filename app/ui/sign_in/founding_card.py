"""The first start of a station: who administers it, and the password. Asks; writes nothing."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.duty.officer import Officer
from app.duty.officer_changes import checked_name
from app.errors import KnownError
from app.log import Role
from app.thai.translation import explain, tr
from app.ui.sign_in.desk_card import DeskCard
from app.ui.sign_in.new_password import NewPassword, rules
from app.ui.theme import Theme
from app.ui.widgets.labels import voiced


class FoundingCard(DeskCard):
    """Rank and name, position, password twice. It stays until it is done."""

    found_requested = Signal(object, str)  # Officer, password

    def __init__(self, theme: Theme, window: QWidget) -> None:
        title = tr("First start: who administers this station?")
        super().__init__(theme, window, "shield", title, tr("Begin"))
        about = tr(
            "The administrator enrols the other officers, sets their passwords and registers"
            " cameras. Afterwards a recovery code is shown once: print it and lock it away."
        )
        self.body.addWidget(voiced(about, "second", wraps=True))
        self.name = self.add_field(tr("Rank and name"))
        self.position = self.add_field(tr("Post"))
        first = self.add_field(tr("Password"), secret=True, help_words=rules())
        again = self.add_field(tr("The password again"), secret=True)
        self.password = NewPassword(first, again)
        self._before = Officer("", "", "", Role.ADMINISTRATOR)

    def show_officer(self, officer: Officer | None) -> None:
        """Who is on the list already and becomes the first one, if anybody."""
        if officer is not None and officer.id != self._before.id:
            self._before = officer
            self.name.fill(officer.name)
            self.position.fill(officer.position)

    def first_field(self) -> QWidget:
        return self.name.line

    def ask(self) -> None:
        try:
            name = checked_name(self.name.text)
        except KnownError as error:
            self.name.tell(explain(error), "red")
            self.name.line.setFocus()
            self.place()
            return
        password = self.password.typed(name)
        self.place()
        if password is not None:
            self.wait()
            officer = replace(self._before, name=name, position=self.position.text)
            self.found_requested.emit(officer, password)
