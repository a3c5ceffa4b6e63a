"""Setup › Places: the table of all named places and, beside it, the form, a file or proposals.

Composes and wires; what is done to the gazetteer is the office's.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import KnownError
from app.geo.interchange.effects import Effect
from app.geo.interchange.place_plan import PlannedPlace
from app.geo.interchange.places_geojson import PlacesFile
from app.geo.place_saving import PlaceConflictError, PlaceEdit
from app.geo.places import Place
from app.log import Changed
from app.thai.dates import to_local
from app.thai.translation import explain, say, tr
from app.ui.effect_words import summary_words
from app.ui.file_choice import choose_file, choose_new_file
from app.ui.place_office import PlaceOffice
from app.ui.setup.place_form import PlaceForm
from app.ui.setup.place_table import PlaceTable
from app.ui.setup.place_words import place_words, planned_place_words
from app.ui.setup.tick_pane import TickPane
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.section_head import SectionHead
from app.ui.widgets.tick_list import TickRow

_SIDE_PX = 384
_KINDS = frozenset({"place_named", "place_removed"})
_ORDER = (Effect.REFUSED, Effect.CHANGES, Effect.ADDS, Effect.NOTHING)


class PlacesPane(QFrame):
    """Left the places there are, right the one that is added or changed."""

    told = Signal(str)

    def __init__(self, theme: Theme, office: PlaceOffice) -> None:
        super().__init__()
        self._theme = theme
        self._office = office
        self._places: dict[str, Place] = {}
        self._file: PlacesFile | None = None
        self._plan: tuple[PlannedPlace, ...] = ()
        self._proposals: tuple[Place, ...] = ()
        self._is_old = True
        """Whether the gazetteer is to be read before it is seen."""
        self._build()
        self._connect()

    def _build(self) -> None:
        theme = self._theme
        self.setProperty("ground", "bg")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self._build_list(), 1)
        self.form = PlaceForm(theme)
        self.file = TickPane(theme, tr("Places from a file"))
        self.proposals = TickPane(
            theme, tr("Names on the map"), refusal=tr("Do not propose the ticked ones again")
        )
        self._side = QStackedWidget()
        self._side.setFixedWidth(theme.px(_SIDE_PX))
        for pane in (self.form, self.file, self.proposals):
            self._side.addWidget(pane)
        row.addWidget(self._side)

    def _build_list(self) -> QWidget:
        theme = self._theme
        pane = QFrame()
        pane.setProperty("ground", "panel")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = SectionHead(theme, "map-pin", tr("Places"))
        self.add = KeyButton(theme, tr("Add a place"), key="Ins", icon="plus")
        self.propose = KeyButton(theme, tr("From the map…"), flat=True)
        self.take_in = KeyButton(theme, tr("Import…"), flat=True)
        self.take_out = KeyButton(theme, tr("Export…"), flat=True)
        for button in (self.propose, self.take_in, self.take_out, self.add):
            self.head.add_right(button)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search by any of its names"))
        self.search.setAccessibleName(tr("Search places"))
        self.search.setClearButtonEnabled(True)
        self.table = PlaceTable(theme)
        line = QHBoxLayout()
        line.setContentsMargins(10, 6, 10, 6)
        line.addWidget(self.search)
        column.addWidget(self.head)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        return pane

    def _connect(self) -> None:
        self.table.chosen.connect(self._on_place_chosen)
        self.table.edit_requested.connect(self._on_edit_requested)
        self.search.textChanged.connect(self.table.rows.search)
        self.add.clicked.connect(self.begin_new)
        self.propose.clicked.connect(self.ask_the_map)
        self.take_in.clicked.connect(self._on_take_in)
        self.take_out.clicked.connect(self._on_take_out)
        self.form.save_requested.connect(self._on_save_requested)
        self.file.take_requested.connect(self._on_file_taken)
        self.proposals.take_requested.connect(self._on_proposals_taken)
        self.proposals.refuse_requested.connect(self._on_proposals_refused)
        for pane in (self.file, self.proposals):
            pane.closed.connect(self._show_form)
        QShortcut(QKeySequence("Insert"), self, self.begin_new)
        self._office.desk.changed.connect(self._on_changed)

    # What is shown

    def fill(self) -> None:
        """Read the gazetteer again; what is typed stays."""
        places = self._office.places()
        was_typed = self.form.has_changes
        self._places = {place.id: place for place in places}
        self.head.title.setText(tr("Places {count}", count=len(places)))
        self.table.rows.show(places)
        if self._file is not None:
            self._show_plan()
        if self.form.before is not None and not was_typed:
            now = self._places.get(self.form.before.id)
            self.form.edit(now) if now is not None else self.form.begin_new()

    def _on_changed(self, changed: Changed) -> None:
        """Only what is on the screen is read again."""
        self._is_old = self._is_old or bool(_KINDS & changed.kinds)
        if self._is_old and self.isVisible():
            self._fill_when_old()

    def _fill_when_old(self) -> None:
        if self._is_old:
            self._is_old = False
            self.fill()

    def begin_new(self) -> None:
        """An empty form, the keyboard in its first field."""
        self.table.choose("")
        self.form.begin_new()
        self._show_form()
        self.form.name_th.line.setFocus()

    def _show_form(self) -> None:
        self._file = None
        self._side.setCurrentWidget(self.form)

    def _on_place_chosen(self, place_id: str) -> None:
        self.form.edit(self._places[place_id])
        self._show_form()

    def _on_edit_requested(self, _place_id: str) -> None:
        self.form.name_th.line.setFocus()

    # One place

    def _on_save_requested(self, edit: PlaceEdit) -> None:
        def done(_entries: object) -> None:
            self.fill()
            self.begin_new()
            self.form.tell(_saved_words(edit), "green")

        self._office.save([edit], done=done, failed=self._on_not_saved)

    def _on_not_saved(self, error: KnownError) -> None:
        """Somebody was faster, or it may not be: what holds now stands in the table."""
        self.fill()
        if isinstance(error, PlaceConflictError):
            self.table.choose("")  # its row, clicked again, fills the form with what holds
        self.form.show_failure(error)

    # Files

    def _on_take_in(self) -> None:
        kinds = [tr("Places") + " (*.csv *.txt *.geojson *.json)"]
        choose_file(self, tr("Take places from a file"), kinds, self.read_file)

    def read_file(self, path: Path) -> None:
        """Show what a file would do to the gazetteer."""
        self._file = None
        self._side.setCurrentWidget(self.file)
        self.file.show_waiting(path.name, tr("Reading the file…"))
        self._office.read_file(path, done=self._on_read, failed=self.file.show_failure)

    def _on_read(self, file: PlacesFile) -> None:
        self._file = file
        self._show_plan()

    def _show_plan(self) -> None:
        file = self._file
        assert file is not None
        self._plan = self._office.plan(file)
        rows = [
            TickRow(f"wrong {number}", say(trouble), can_tick=False, state="red")
            for number, trouble in enumerate(file.troubles)
        ]
        rows += [
            TickRow(
                str(number),
                planned_place_words(one),
                can_tick=one.can_be_taken,
                ticked=one.is_wanted,
                state="red" if one.effect is Effect.REFUSED else "",
            )
            for effect in _ORDER
            for number, one in enumerate(self._plan)
            if one.effect is effect
        ]
        words = summary_words([one.effect for one in self._plan], len(file.troubles))
        self.file.show_rows(words, rows)

    def _on_file_taken(self, rows: set[str]) -> None:
        edits = [one.edit for number, one in enumerate(self._plan) if str(number) in rows]
        self._office.save(edits, done=self._on_file_saved, failed=self._on_file_not_saved)

    def _on_file_saved(self, entries: Sequence[object]) -> None:
        self.fill()
        self._file = None
        self.file.show_rows("", ())
        self.file.tell(tr("{count} places were saved.", count=len(entries)), "green")

    def _on_file_not_saved(self, error: KnownError) -> None:
        self.fill()
        if self._file is not None:
            self._show_plan()
        self.file.show_failure(error)

    def _on_take_out(self) -> None:
        name = f"places-{to_local(self._office.desk.now()).date().isoformat()}"
        kinds = {tr("Table for spreadsheets (*.csv)"): "csv", "GeoJSON (*.geojson)": "geojson"}
        choose_new_file(self, tr("Write the places to a file"), name, kinds, self.write_file)

    def write_file(self, path: Path) -> None:
        """Every place to a file."""
        self._office.write_file(path, done=self._on_written, failed=self._on_not_written)

    def _on_written(self, path: Path) -> None:
        self.told.emit(tr("The places were written to {file}.", file=path.name))

    def _on_not_written(self, error: KnownError) -> None:
        self._show_form()
        self.form.tell(explain(error), "red")

    # Names out of the map

    def ask_the_map(self) -> None:
        """Show what the map names and the gazetteer does not know."""
        self._file = None
        self._side.setCurrentWidget(self.proposals)
        self.proposals.show_waiting("", tr("Looking at the map…"))
        self._propose()

    def _propose(self) -> None:
        self._office.propose(done=self._on_proposed, failed=self.proposals.show_failure)

    def _on_proposed(self, places: Sequence[Place]) -> None:
        self._proposals = tuple(places)
        self.proposals.show_rows(
            tr("{count} names on the map are not among the places.", count=len(places))
            if places
            else tr("Every name on the map is among the places, or was refused."),
            [TickRow(str(number), place_words(one)) for number, one in enumerate(places)],
        )

    def _ticked(self, rows: set[str]) -> list[Place]:
        return [one for number, one in enumerate(self._proposals) if str(number) in rows]

    def _on_proposals_taken(self, rows: set[str]) -> None:
        def done(entries: Sequence[object]) -> None:
            self.fill()
            self._propose()
            self.proposals.tell(tr("{count} places were saved.", count=len(entries)), "green")

        edits = [PlaceEdit(place) for place in self._ticked(rows)]
        self._office.save(edits, done=done, failed=self.proposals.show_failure)

    def _on_proposals_refused(self, rows: set[str]) -> None:
        def done(_entries: object) -> None:
            self._propose()
            words = tr("{count} names are not proposed again.", count=len(rows))
            self.proposals.tell(words, "green")

        refused = self._ticked(rows)
        self._office.refuse(refused, done=done, failed=self.proposals.show_failure)

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        self._fill_when_old()


def _saved_words(edit: PlaceEdit) -> str:
    if edit.place is not None:
        return tr("“{name}” is saved.", name=edit.place.name_th)
    assert edit.before is not None
    return tr("“{name}” was removed.", name=edit.before.name_th)
