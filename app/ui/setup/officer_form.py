"""The form of one officer: name, role, what else is permitted, a new password. Saves nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout

from app.duty.officer import Officer
from app.duty.officer_changes import checked_name
from app.errors import KnownError
from app.log import Permission, Role
from app.log.rights import ROLE_NAMES
from app.thai.translation import explain, say, tr
from app.ui.officer_office import OfficerDraft
from app.ui.setup.field_box import FieldBox
from app.ui.setup.record_form import RecordForm
from app.ui.sign_in.new_password import NewPassword, rules
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced

_ROLES = (Role.VIEWER, Role.DUTY_OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR)
_NOBODY = Officer("", "", "", Role.DUTY_OFFICER)


@dataclass(frozen=True, slots=True)
class TypedOfficer:
    """What is kept of the form when the window is made anew. No password."""

    before: Officer | None
    name: str
    position: str
    role: Role


class OfficerForm(RecordForm):
    """An empty form enrols an officer; one with an officer changes, lets go or takes back."""

    save_requested = Signal(object)  # OfficerDraft
    leave_requested = Signal(object, str)  # Officer, reason
    back_requested = Signal(object)  # Officer

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "user")
        self.before: Officer | None = None
        """The officer as the form was filled; None for a new one."""
        self.leave = KeyButton(theme, tr("Leaves the station…"), flat=True)
        self.back = KeyButton(theme, tr("Is back"), icon="undo-2")
        self.reason = FieldBox(tr("Why does the officer leave? Enter lets go"))
        self.leave.clicked.connect(self._on_leave)
        self.back.clicked.connect(self._on_back)
        self.reason.line.returnPressed.connect(self._on_leave)
        self._lay_out(self._build_fields(), self.leave, self.back, asks=self.reason)
        self.begin_new()

    def _build_fields(self) -> QVBoxLayout:
        inner = QVBoxLayout()
        self.name = FieldBox(tr("Rank and name"))
        self.position = FieldBox(tr("Post"))
        self.role = QComboBox()
        self.role.setAccessibleName(tr("Role"))
        for role in _ROLES:
            self.role.addItem(say(ROLE_NAMES[role]), role)
        self.may_watch = QCheckBox(tr("May watch recorded footage"))
        self.may_take_out = QCheckBox(tr("May take pictures and tables out"))
        first, again = (FieldBox(words, secret=True) for words in _password_words(is_new=True))
        first.show_help(rules())
        self.password = NewPassword(first, again)
        inner.addWidget(self.name)
        inner.addWidget(self.position)
        inner.addWidget(voiced(tr("Role"), "second"))
        inner.addWidget(self.role)
        inner.addSpacing(4)
        for tick in (self.may_watch, self.may_take_out):
            inner.addWidget(tick)
        inner.addSpacing(4)
        inner.addWidget(first)
        inner.addWidget(again)
        for box in (self.name, self.position, first, again):
            box.line.returnPressed.connect(self.ask_to_save)
            box.edited.connect(self._on_edited)
        self.role.currentIndexChanged.connect(self._on_role)
        return inner

    # What is shown

    def begin_new(self) -> None:
        """An empty form."""
        self._fill(None)
        self.head.title.setText(tr("A new officer"))

    def edit(self, officer: Officer) -> None:
        """This officer."""
        self._fill(officer)
        self.head.title.setText(officer.name)

    def _fill(self, officer: Officer | None) -> None:
        self.before = officer
        shown = officer or _NOBODY
        self.name.fill(shown.name)
        self.position.fill(shown.position)
        self.role.blockSignals(True)
        self.role.setCurrentIndex(_ROLES.index(shown.role))
        self.role.blockSignals(False)
        self._tick(shown)
        self._clear_passwords()
        for box, words in zip(
            (self.password.first, self.password.again),
            _password_words(is_new=officer is None),
            strict=True,
        ):
            box.rename(words)
        serves = shown.serves
        for widget in (self.name, self.position, self.role, self.may_watch, self.may_take_out):
            widget.setEnabled(serves)
        for box in (self.password.first, self.password.again):
            box.setVisible(serves)
        self.save.setVisible(serves)
        self.leave.setVisible(officer is not None and serves)
        self.back.setVisible(not serves)
        self.reason.hide()
        self.tell("", "")

    def _tick(self, officer: Officer) -> None:
        held = officer.permissions
        self.may_watch.setChecked(Permission.FOOTAGE in held)
        self.may_take_out.setChecked(Permission.EXPORT in held)

    def _clear_passwords(self) -> None:
        for box in (self.password.first, self.password.again):
            box.fill("")

    @property
    def has_changes(self) -> bool:
        """Whether something typed would be lost by filling the form anew."""
        before = self.before or _NOBODY
        typed = (self.name.text, self.position.text, self._role())
        return typed != (before.name, before.position, before.role) or bool(
            self.password.first.line.text()
        )

    def typed(self) -> TypedOfficer:
        """What stands in the form, to be kept over a change of language."""
        return TypedOfficer(self.before, self.name.text, self.position.text, self._role())

    def restore(self, typed: TypedOfficer) -> None:
        """Put back what `typed` gave."""
        if typed.before is not None:
            self.edit(typed.before)
        self.name.fill(typed.name)
        self.position.fill(typed.position)
        self.role.setCurrentIndex(_ROLES.index(typed.role))

    # What is asked

    def ask_to_save(self) -> None:
        """Save, or say what is wrong."""
        before = self.before or _NOBODY
        if not before.serves:
            return
        try:
            name = checked_name(self.name.text)
        except KnownError as error:
            self.name.tell(explain(error), "red")
            self.name.line.setFocus()
            return
        password: str | None = ""
        if self.password.first.line.text() or self.password.again.line.text():
            password = self.password.typed(name)
        if password is not None:
            officer = replace(before, name=name, position=self.position.text, role=self._role())
            watch, take_out = self.may_watch.isChecked(), self.may_take_out.isChecked()
            self.save_requested.emit(OfficerDraft(officer, watch, take_out, password))

    def _role(self) -> Role:
        return Role(self.role.currentData())

    def _on_role(self) -> None:
        """What a role has by default is ticked with it, unless it was given or taken by name."""
        before = self.before or _NOBODY
        self._tick(replace(before, role=self._role()))
        self._on_edited()

    def _on_leave(self) -> None:
        """Asked twice: why is the second question."""
        if self.before is None:
            return
        if self.reason.isHidden():
            self.reason.fill("")
            self.reason.show()
            self.tell(tr("The officer can sign in no more. All that was recorded stays."), "amber")
            self.reason.line.setFocus()
        else:
            self.leave_requested.emit(self.before, self.reason.text)

    def _on_back(self) -> None:
        if self.before is not None:
            self.back_requested.emit(self.before)


def _password_words(*, is_new: bool) -> tuple[str, str]:
    if is_new:
        return tr("Password"), tr("The password again")
    return tr("New password (empty: as it is)"), tr("The new password again")
