"""Setup › Units: the station's units, and the form in which one is formed or changed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.duty.unit_keeping import Crew, UnitRecord
from app.duty.units import Unit
from app.errors import KnownError
from app.geo.coordinates import LatLon
from app.log import Changed, Entry
from app.thai.collation import sort_key
from app.thai.translation import tr
from app.ui.desk import Desk
from app.ui.setup.unit_form import UnitForm
from app.ui.theme import Theme
from app.ui.units.unit_words import beat_or_kind, crew_words, unit_kind_name
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced
from app.ui.widgets.section_head import SectionHead
from app.ui.widgets.word_table import WordColumn, WordRow, WordTable

_SIDE_PX = 384


class UnitsPane(QFrame):
    """Left the units there are, right the one that is formed or changed."""

    told = Signal(str)

    def __init__(self, theme: Theme, desk: Desk, centre: LatLon) -> None:
        super().__init__()
        self._theme, self._desk, self._centre = theme, desk, centre
        self._units: list[Unit] = []
        self._names: dict[str, str] = {}
        self._is_old = True
        self.setProperty("ground", "bg")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self._build_list(), 1)
        self.form = UnitForm(theme)
        self.form.setFixedWidth(theme.px(_SIDE_PX))
        row.addWidget(self.form)
        self._connect()

    def _build_list(self) -> QWidget:
        pane = QFrame()
        pane.setProperty("ground", "panel")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = SectionHead(self._theme, "radio", tr("Units"))
        self.add = KeyButton(self._theme, tr("Form a unit"), key="Ins", icon="plus")
        self.head.add_right(self.add)
        column.addWidget(self.head)
        self.table = WordTable(
            self._theme,
            tr("Units"),
            (
                WordColumn(tr("Call sign")),
                WordColumn(tr("Kind")),
                WordColumn(tr("Beat")),
                WordColumn(tr("Crew"), grows=True),
            ),
        )
        column.addWidget(self.table, 1)
        self._empty = voiced(tr("No unit yet. Ins forms the first."), "second", wraps=True)
        self._empty.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self._empty)
        return pane

    def _connect(self) -> None:
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(self._on_opened)
        self.add.clicked.connect(self.begin_new)
        self.form.save_requested.connect(self._on_save)
        self.form.stand_down_requested.connect(self._on_stand_down)
        QShortcut(QKeySequence("Insert"), self, self.begin_new)
        self._desk.changed.connect(self._on_changed)
        self._desk.failed.connect(self._on_failed)

    # What is shown

    def fill(self) -> None:
        """Read the units again; the form stays as it is."""
        self._is_old = False
        self._names = self._desk.officer_names()
        self._units = sorted(self._desk.duty.units(), key=lambda one: sort_key(one.call_sign))
        chosen = self.form.unit.id if self.form.unit is not None else ""
        self.table.show_rows([self._row(unit) for unit in self._units], chosen)
        self.table.setVisible(bool(self._units))
        self._empty.setVisible(not self._units)
        self.head.title.setText(tr("Units {count}", count=len(self._units)))

    def _row(self, unit: Unit) -> WordRow:
        beat = beat_or_kind(unit) if unit.beat else "–"
        kind, crew = unit_kind_name(unit.kind), crew_words(unit, self._names)
        return WordRow(unit.id, (unit.call_sign, kind, beat, crew))

    def begin_new(self) -> None:
        """An empty form, the keyboard in its first field."""
        self.table.choose_none()
        self.form.begin_new(self._desk.duty.beats(), self._names, self._centre)
        self.form.call_sign.line.setFocus()

    def _on_chosen(self, unit_id: str) -> None:
        unit = self._unit(unit_id)
        if unit is not None:
            self.form.edit(unit, self._desk.duty.beats(), self._names)

    def _on_opened(self, _unit_id: str) -> None:
        self.form.call_sign.line.setFocus()

    def _unit(self, unit_id: str) -> Unit | None:
        return next((one for one in self._units if one.id == unit_id), None)

    # What is done

    def _on_save(self, record: UnitRecord, crew: Crew, at: LatLon | None) -> None:
        duty, unit = self._desk.duty, self.form.unit
        saved = functools.partial(self._on_saved, record.call_sign)
        if unit is None:
            assert at is not None
            self._try(functools.partial(duty.form, record, crew, at, saved))
            return
        is_other_crew = Crew(unit.members, unit.vehicle) != crew
        if record == UnitRecord(unit.call_sign, unit.kind, unit.beat) and is_other_crew:
            self._try(functools.partial(duty.crew, unit.id, crew, saved))
            return
        then = functools.partial(self._crew_too, unit.id, crew, saved) if is_other_crew else saved
        self._try(functools.partial(duty.change, unit.id, record, then))

    def _crew_too(
        self,
        unit_id: str,
        crew: Crew,
        saved: Callable[[Sequence[Entry]], None],
        _entries: Sequence[Entry],
    ) -> None:
        self._try(functools.partial(self._desk.duty.crew, unit_id, crew, saved))

    def _on_saved(self, call_sign: str, _entries: Sequence[Entry]) -> None:
        self.fill()
        self.begin_new()
        self.form.tell(tr("“{name}” is saved.", name=call_sign), "green")

    def _on_stand_down(self) -> None:
        unit = self.form.unit
        if unit is not None:
            done = functools.partial(self._on_stood_down, unit.call_sign)
            self._try(functools.partial(self._desk.duty.stand_down, unit.id, done))

    def _on_stood_down(self, call_sign: str, _entries: Sequence[Entry]) -> None:
        self.fill()
        self.begin_new()
        self.form.tell(tr("{unit} is on the list no longer.", unit=call_sign), "green")

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except KnownError as error:
            self.form.show_failure(error)

    def _on_failed(self, error: KnownError) -> None:
        if self.isVisible():
            self.form.show_failure(error)

    def _on_changed(self, changed: Changed) -> None:
        if any(kind.startswith(("unit_", "officer_")) for kind in changed.kinds):
            self._is_old = True
            if self.isVisible():
                self.fill()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        if self._is_old:
            self.fill()
            if self.form.unit is None:
                self.begin_new()
