"""Setup › Officers: the list and, beside it, the form of one. Composes and wires."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.duty.officer import Officer
from app.duty.officers import OfficerEnrolled
from app.errors import KnownError
from app.log import Changed
from app.thai.translation import explain, tr
from app.ui.officer_office import ListedOfficer, OfficerDraft, OfficerOffice
from app.ui.setup.officer_form import OfficerForm
from app.ui.setup.officer_table import OfficerTable
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced
from app.ui.widgets.section_head import SectionHead

_SIDE_PX = 384
_KINDS = ("officer_", "footage_granted", "footage_withdrawn", "export_granted", "export_withdrawn")


class OfficersPane(QFrame):
    """Left all officers, right the one that is enrolled or changed."""

    code_made = Signal(str)

    def __init__(self, theme: Theme, office: OfficerOffice) -> None:
        super().__init__()
        self._theme, self._office = theme, office
        self._listed: dict[str, Officer] = {}
        self._is_old = True
        """Whether the list is to be read before it is seen."""
        self._choose_next = ""
        self.setProperty("ground", "bg")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self._build_list(), 1)
        self.form = OfficerForm(theme)
        self.form.setFixedWidth(theme.px(_SIDE_PX))
        row.addWidget(self.form)
        self._connect()

    def _build_list(self) -> QWidget:
        theme = self._theme
        pane = QFrame()
        pane.setProperty("ground", "panel")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = SectionHead(theme, "users", tr("Officers"))
        self.code = KeyButton(theme, tr("New recovery code…"), flat=True)
        self.add = KeyButton(theme, tr("Enrol an officer"), key="Ins", icon="plus")
        for button in (self.code, self.add):
            self.head.add_right(button)
        self.only = voiced(
            tr("Only an administrator changes this list. Ask the administrator."), "second"
        )
        self.only.setContentsMargins(12, 6, 12, 6)
        self.only.setWordWrap(True)
        self.table = OfficerTable(theme)
        column.addWidget(self.head)
        column.addWidget(self.only)
        column.addWidget(self.table, 1)
        return pane

    def _connect(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.table.edit_requested.connect(self._on_edit_requested)
        self.add.clicked.connect(self.begin_new)
        self.code.clicked.connect(self._on_new_code)
        self.form.save_requested.connect(self._on_save)
        self.form.leave_requested.connect(self._on_leave)
        self.form.back_requested.connect(self._on_back)
        QShortcut(QKeySequence("Insert"), self, self.begin_new)
        self._office.desk.changed.connect(self._on_changed)
        self._office.desk.officer_changed.connect(self._show_right)
        self._show_right()

    # What is shown

    def fill(self) -> None:
        """Read the list again, in the background; what is typed stays."""
        self._office.read(done=self._on_read, failed=self.form.show_failure)

    def _on_read(self, listed: Sequence[ListedOfficer]) -> None:
        self._listed = {one.officer.id: one.officer for one in listed}
        serving = sum(one.serves for one in self._listed.values())
        self.head.title.setText(tr("Officers {count}", count=serving))
        self.table.rows.show(listed)
        before, self._choose_next = self._choose_next, ""
        if before:
            self.table.choose(before)
            self.form.edit(self._listed[before])
            self.form.tell(tr("It is saved."), "green")
        elif self.form.before is not None and not self.form.has_changes:
            now = self._listed.get(self.form.before.id)
            if now is not None and now != self.form.before:
                self.form.edit(now)

    def _show_right(self) -> None:
        self.only.setVisible(not self._office.desk.may(OfficerEnrolled.kind))

    def begin_new(self) -> None:
        """An empty form, the keyboard in its first field."""
        self.table.choose("")
        self.form.begin_new()
        self.form.name.line.setFocus()

    def _on_changed(self, changed: Changed) -> None:
        """Only what is on the screen is read again."""
        self._is_old = self._is_old or any(kind.startswith(_KINDS) for kind in changed.kinds)
        if self._is_old and self.isVisible():
            self._fill_when_old()

    def _fill_when_old(self) -> None:
        if self._is_old:
            self._is_old = False
            self.fill()

    def showEvent(self, event: QShowEvent) -> None:
        self._fill_when_old()

    # Slots

    def _on_chosen(self, officer_id: str) -> None:
        self.form.edit(self._listed[officer_id])

    def _on_edit_requested(self, _officer_id: str) -> None:
        self.form.name.line.setFocus()

    def _on_save(self, draft: OfficerDraft) -> None:
        self._office.save(draft, done=self._on_saved, failed=self._on_not_saved)

    def _on_leave(self, officer: Officer, reason: str) -> None:
        self._office.let_go(officer, reason, done=self._on_saved, failed=self._on_not_saved)

    def _on_back(self, officer: Officer) -> None:
        self._office.take_back(officer, done=self._on_saved, failed=self._on_not_saved)

    def _on_saved(self, officer: Officer) -> None:
        self._choose_next = officer.id
        self.fill()

    def _on_not_saved(self, error: KnownError) -> None:
        self.fill()
        self.form.show_failure(error)

    def _on_new_code(self) -> None:
        self._office.renew_code(done=self.code_made.emit, failed=self._on_no_code)

    def _on_no_code(self, error: KnownError) -> None:
        self.form.tell(explain(error), "red")
