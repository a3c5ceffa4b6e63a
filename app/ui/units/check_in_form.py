"""What a unit says by radio: a line for its words or codes, a line for where it is.

An empty line is an answer too: nothing to report.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.duty.radio_codes import CodeBook, RadioCode
from app.duty.units import Unit, UnitState
from app.errors import KnownError
from app.geo.coordinates import LatLon
from app.incidents.place_finder import FoundPlace, PlaceFinder
from app.thai.translation import explain, tr
from app.ui.live.intake_suggestions import place_row
from app.ui.setup.field_box import FieldBox
from app.ui.theme import Theme
from app.ui.units.unit_words import unit_state_name
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_letters import make_form
from app.ui.widgets.labels import voiced
from app.ui.widgets.suggest_field import SuggestField

_ROOMY_PX = 900
_OF_AN_INCIDENT = (UnitState.ON_THE_WAY, UnitState.ON_SCENE)


class CheckInForm(QWidget):
    """Enter saves; in the place's line it first takes what is suggested."""

    saved = Signal(str, str, object)  # words, place, LatLon | None
    cancelled = Signal()

    def __init__(self, theme: Theme, finder: PlaceFinder) -> None:
        super().__init__()
        make_form(self)
        self._finder = finder
        self._book = CodeBook(())
        self._is_out = False
        self._point: LatLon | None = None
        self._saving = False
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(4)
        self._title = voiced("", "title")
        column.addWidget(self._title)
        self.said = FieldBox(tr("What it says, in words or codes"), tr("Empty: nothing to report"))
        where = QVBoxLayout()
        where.setSpacing(0)
        where.addWidget(voiced(tr("Where it is"), "second"))
        name = tr("Where; empty: as before")
        self.place = SuggestField(theme, name, tr("Where it is"))
        where.addWidget(self.place)
        where.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.said, 1)
        both.addLayout(where, 1)
        column.addLayout(both)
        self._problem = voiced("", "", "red", wraps=True)
        self._problem.hide()
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addLayout(self._build_buttons(theme))
        self.said.line.textChanged.connect(self._on_said)
        self.said.line.returnPressed.connect(self.save)
        self.place.edited.connect(self._on_place_edited)
        self.place.taken.connect(self._on_place_taken)
        self.place.line.installEventFilter(self)

    def _build_buttons(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        save = KeyButton(theme, tr("Save the report"), key="Enter", icon="radio", primary=True)
        save.clicked.connect(self.save)
        back = KeyButton(theme, tr("Back"), key="Esc", flat=True)
        back.clicked.connect(self.cancelled)
        row.addWidget(save)
        row.addWidget(back)
        row.addStretch(1)
        return row

    def begin(self, unit: Unit, codes: Sequence[RadioCode]) -> None:
        """Empty and ready to type what this unit says."""
        self._book, self._is_out = CodeBook(codes), unit.is_out
        self._saving = False
        self._point = None
        self._title.setText(tr("{unit} reports", unit=unit.call_sign))
        self.said.fill("")
        some = " · ".join(f"{one.code} {one.words}" for one in codes[:4])
        self.said.show_help(some or tr("Radio codes: F7"))
        self.place.line.clear()
        self.place.offer(())
        self._problem.hide()
        self.said.line.setFocus()

    def complain(self, sentence: str) -> None:
        """Say why it was not saved; what was typed stays."""
        self._saving = False
        self._problem.setText(sentence)
        self._problem.show()

    def save(self) -> None:
        """Hand on what stands here; once, however often the key bounces."""
        if self._saving:
            return
        place = self.place.line.text().strip()
        try:
            if self._point is None and place:
                self._point = self._finder.resolve(place)
        except KnownError as error:
            self.complain(explain(error))
            return
        self._saving = True
        self.saved.emit(self.said.text, place, self._point)

    def _on_said(self, text: str) -> None:
        """What is understood: the code's words, and what they do to the unit."""
        code = self._book.first(text)
        if code is None:
            self.said.tell("")
            return
        words = f"{code.code} = {code.words}"
        if code.state is not None and (self._is_out or code.state not in _OF_AN_INCIDENT):
            does = tr("sets it to: {state}", state=unit_state_name(code.state))
            words = f"{words} · {does}"
        self.said.tell(words, "blue")

    def _on_place_edited(self, text: str) -> None:
        self._point = None
        found = self._finder.suggest(text, self._most()) if text.strip() else ()
        self.place.offer([place_row(place) for place in found])

    def _most(self) -> int:
        """As many places as stand in the pane of a small screen, or of a larger one."""
        return 2 if self.window().height() < _ROOMY_PX else 4

    def _on_place_taken(self, place: FoundPlace) -> None:
        self.place.line.setText(place.text)
        self._point = place.point

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter with nothing on offer any more saves."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and not self.place.list.isVisible():
                self.save()
                return True
        return super().eventFilter(watched, event)
