"""The form of one unit: call sign, kind, beat, crew, and where a new one stands. Saves nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout

from app.duty.unit_keeping import UnitRecord
from app.duty.units import Unit, UnitKind
from app.errors import KnownError
from app.geo.coordinate_reader import read_coordinates
from app.geo.coordinates import LatLon, as_decimal
from app.thai.translation import tr
from app.ui.setup.field_box import FieldBox
from app.ui.setup.record_form import RecordForm
from app.ui.theme import Theme
from app.ui.units.crew_form import CrewFields
from app.ui.units.unit_words import unit_kind_name
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced

_CREW_PX = 96  # four names


class UnitForm(RecordForm):
    """An empty form forms a unit; one with a unit changes it or stands it down."""

    save_requested = Signal(object, object, object)  # UnitRecord, Crew, LatLon | None
    stand_down_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "radio")
        self.unit: Unit | None = None
        """The unit that is changed; None for a new one."""
        self.remove = KeyButton(theme, tr("Stand down"), icon="trash-2", flat=True)
        self.remove.clicked.connect(self._on_remove)
        self._lay_out(self._build_fields(), self.remove)

    def _build_fields(self) -> QVBoxLayout:
        inner = QVBoxLayout()
        self.call_sign = FieldBox(tr("Call sign"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind"))
        for kind in UnitKind:
            self.kind.addItem(unit_kind_name(kind), kind)
        self.beat = QComboBox()
        self.beat.setEditable(True)
        self.beat.setAccessibleName(tr("Beat"))
        self.crew = CrewFields(self._theme)
        self.crew.members.setFixedHeight(self._theme.px(_CREW_PX))
        self.place = FieldBox(tr("Where it stands, in any notation"), "16.54310, 104.72280")
        inner.addWidget(self.call_sign)
        inner.addWidget(voiced(tr("Kind"), "second"))
        inner.addWidget(self.kind)
        inner.addWidget(voiced(tr("Beat; empty: none of its own"), "second"))
        inner.addWidget(self.beat)
        inner.addWidget(self.crew)
        inner.addWidget(self.place)
        for box in (self.call_sign, self.crew.vehicle, self.place):
            box.line.returnPressed.connect(self.ask_to_save)
            box.edited.connect(self._on_edited)
        return inner

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

    def _on_remove(self) -> None:
        if self._is_sure(
            tr("It is no longer on the list; what it did stays in the log. Press again.")
        ):
            self.stand_down_requested.emit()
