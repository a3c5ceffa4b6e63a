"""The form of one unit: call sign, kind, beat, crew, and where a new one stands. Saves nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.duty.unit_keeping import UnitRecord
from app.duty.units import Unit, UnitKind
from app.errors import KnownError
from app.geo.coordinate_reader import read_coordinates
from app.geo.coordinates import LatLon, as_decimal
from app.thai.translation import explain, tr
from app.ui.setup.field_box import FieldBox
from app.ui.theme import Theme
from app.ui.units.crew_form import CrewFields
from app.ui.units.unit_words import unit_kind_name
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import restate, voiced
from app.ui.widgets.section_head import SectionHead


class UnitForm(QFrame):
    """An empty form forms a unit; one with a unit changes it or stands it down."""

    save_requested = Signal(object, object, object)  # UnitRecord, Crew, LatLon | None
    stand_down_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.unit: Unit | None = None
        """The unit that is changed; None for a new one."""
        self._is_asked = False
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = SectionHead(theme, "radio", "")
        column.addWidget(self.head)
        column.addLayout(self._build_fields(), 1)
        column.addWidget(self._build_foot())

    def _build_fields(self) -> QVBoxLayout:
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 8, 16, 8)
        inner.setSpacing(4)
        self.call_sign = FieldBox(tr("Call sign"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind"))
        for kind in UnitKind:
            self.kind.addItem(unit_kind_name(kind), kind)
        self.beat = QComboBox()
        self.beat.setEditable(True)
        self.beat.setAccessibleName(tr("Beat"))
        self.crew = CrewFields(self._theme)
        self.place = FieldBox(tr("Where it stands, in any notation"), "16.54310, 104.72280")
        inner.addWidget(self.call_sign)
        inner.addWidget(voiced(tr("Kind"), "second"))
        inner.addWidget(self.kind)
        inner.addWidget(voiced(tr("Beat; empty: none of its own"), "second"))
        inner.addWidget(self.beat)
        inner.addWidget(self.crew, 1)
        inner.addWidget(self.place)
        for box in (self.call_sign, self.crew.vehicle, self.place):
            box.line.returnPressed.connect(self.ask_to_save)
            box.edited.connect(self._on_edited)
        return inner

    def _build_foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("edge", "top")
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(6)
        self.words = voiced("", wraps=True)
        self.words.hide()
        column.addWidget(self.words)
        row = QHBoxLayout()
        self.remove = KeyButton(self._theme, tr("Stand down"), icon="trash-2", flat=True)
        self.save = KeyButton(self._theme, tr("Save"), icon="check", primary=True)
        row.addWidget(self.remove)
        row.addStretch(1)
        row.addWidget(self.save)
        column.addLayout(row)
        self.save.clicked.connect(self.ask_to_save)
        self.remove.clicked.connect(self._on_remove)
        return foot

    # What is shown

    def begin_new(self, beats: Sequence[str], names: Mapping[str, str], at: LatLon) -> None:
        """An empty form; `at` is where a unit begins if nobody says otherwise."""
        self._fill(None, beats, names)
        self.head.title.setText(tr("A new unit"))
        self.place.fill(as_decimal(at))
        self.place.show()

    def edit(self, unit: Unit, beats: Sequence[str], names: Mapping[str, str]) -> None:
        """This unit. Where it is, it says itself by radio."""
        self._fill(unit, beats, names)
        self.head.title.setText(tr("Change {place}", place=unit.call_sign))
        self.place.hide()

    def _fill(self, unit: Unit | None, beats: Sequence[str], names: Mapping[str, str]) -> None:
        self.unit = unit
        self.call_sign.fill(unit.call_sign if unit else "")
        self.kind.setCurrentIndex(list(UnitKind).index(unit.kind) if unit else 0)
        self.beat.clear()
        self.beat.addItems(["", *beats])
        self.beat.setCurrentText(unit.beat if unit else "")
        self.crew.show_crew(unit, names)
        self.remove.setVisible(unit is not None)
        self.tell("", "")

    def tell(self, words: str, state: str) -> None:
        """A sentence over the buttons."""
        self._is_asked = False
        restate(self.words, "state", state)
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def show_failure(self, error: KnownError) -> None:
        """It was not saved; what was typed stays."""
        self.tell(explain(error), "red")

    # What is asked

    def ask_to_save(self) -> None:
        """Save, or say what is wrong."""
        try:
            at = read_coordinates(self.place.text).place if self.unit is None else None
            record = UnitRecord(
                self.call_sign.text, UnitKind(self.kind.currentData()), self.beat.currentText()
            ).checked()
            crew = self.crew.crew().checked()
        except KnownError as error:
            self.show_failure(error)
            return
        self.save_requested.emit(record, crew, at)

    def _on_edited(self) -> None:
        self.tell("", "")

    def _on_remove(self) -> None:
        """Asked twice: the second press is the answer."""
        if self._is_asked:
            self.stand_down_requested.emit()
            return
        self.tell(
            tr("It is no longer on the list; what it did stays in the log. Press again."), "amber"
        )
        self._is_asked = True
