"""Who rides in a unit this shift, and in which vehicle. Nobody puts the unit off duty."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.duty.unit_keeping import Crew
from app.duty.units import Unit
from app.thai.translation import tr
from app.ui.setup.field_box import FieldBox
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_letters import make_form
from app.ui.widgets.labels import voiced


class CrewFields(QWidget):
    """The two fields, here and in Setup. An officer of the list may be named by name or id."""

    def __init__(self, theme: Theme, *, side_by_side: bool = False) -> None:
        super().__init__()
        self._ids: dict[str, str] = {}
        self.members = QPlainTextEdit()
        self.members.setTabChangesFocus(True)
        self.members.setAccessibleName(tr("Members, each on its line"))
        self.members.setMinimumHeight(theme.px(56))
        self.vehicle = FieldBox(tr("Vehicle"))
        people = QVBoxLayout()
        people.setSpacing(0)
        people.addWidget(voiced(tr("Members, each on its line"), "second"))
        people.addWidget(self.members, 1)
        both = QHBoxLayout(self) if side_by_side else QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(12 if side_by_side else 4)
        both.addLayout(people, 1)
        both.addWidget(self.vehicle, int(side_by_side))

    def show_crew(self, unit: Unit | None, names: Mapping[str, str]) -> None:
        """Who rides in it now; `names` of officers by id."""
        self._ids = {name: id_ for id_, name in names.items()}
        members = unit.members if unit is not None else ()
        self.members.setPlainText("\n".join(names.get(one, one) for one in members))
        self.vehicle.fill(unit.vehicle if unit is not None else "")

    def crew(self) -> Crew:
        """What stands in the fields; a name of the station's list becomes the officer's id."""
        typed = (line.strip() for line in self.members.toPlainText().splitlines())
        return Crew(tuple(self._ids.get(name, name) for name in typed if name), self.vehicle.text)


class CrewForm(QWidget):
    """Ctrl+Enter saves from anywhere in it."""

    saved = Signal(object)  # Crew
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        make_form(self)
        self._saving = False
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(4)
        self._title = voiced("", "title")
        column.addWidget(self._title)
        self.fields = CrewFields(theme, side_by_side=True)
        column.addWidget(self.fields, 1)
        column.addWidget(voiced(tr("With nobody in it, the unit is off duty."), "hint"))
        self._problem = voiced("", "", "red", wraps=True)
        self._problem.hide()
        column.addWidget(self._problem)
        row = QHBoxLayout()
        save = KeyButton(theme, tr("Save the crew"), key="Ctrl Enter", icon="users", primary=True)
        save.clicked.connect(self.save)
        back = KeyButton(theme, tr("Back"), key="Esc", flat=True)
        back.clicked.connect(self.cancelled)
        row.addWidget(save)
        row.addWidget(back)
        row.addStretch(1)
        column.addLayout(row)

    def begin(self, unit: Unit, names: Mapping[str, str]) -> None:
        """This unit's crew, ready to be changed."""
        self._saving = False
        self._title.setText(tr("Crew of {unit}", unit=unit.call_sign))
        self.fields.show_crew(unit, names)
        self._problem.hide()
        self.fields.members.setFocus()

    def complain(self, sentence: str) -> None:
        """Say why it was not saved; what was typed stays."""
        self._saving = False
        self._problem.setText(sentence)
        self._problem.show()

    def save(self) -> None:
        """Hand on what stands here, once."""
        if not self._saving:
            self._saving = True
            self.saved.emit(self.fields.crew())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)
