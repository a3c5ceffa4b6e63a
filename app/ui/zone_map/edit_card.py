"""The card of a drawing: what changes, whether it is sound, why, save or leave. Draws nothing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.geo.areas import AreaKind
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import IconLabel, fit_height, restate, voiced
from app.ui.zone_map.map_card import MapCard
from app.ui.zone_map.map_words import kind_name

_NAME_LIMIT = 200
_REASON_LIMIT = 300


@dataclass(frozen=True, slots=True)
class EditWords:
    """What the card says of the drawing as it stands."""

    title: str
    version: str
    surface: str
    corners: str
    trouble: str  # empty: sound
    can_repair: bool
    notes: tuple[str, ...]  # what else changes, each a line
    can_save: bool


class EditCard(MapCard):
    """Over the map while something is drawn."""

    save_requested = Signal(str)  # the reason
    repair_requested = Signal()
    place_typed = Signal(str)
    kind_chosen = Signal(object)  # AreaKind

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, "waypoints")
        self._build_figures()
        self._build_fields()
        self._add_foot()
        self.save.clicked.connect(self.ask_to_save)

    def _build_figures(self) -> None:
        self._surface = voiced("", wraps=True)
        self._corners = voiced("", wraps=True)
        self._column.addWidget(self._surface)
        self._column.addWidget(self._corners)
        row = QHBoxLayout()
        self._mark = IconLabel(self._theme, "check", "green")
        row.addWidget(self._mark)
        self._sound = voiced("", wraps=True)
        row.addWidget(self._sound, 1)
        self.repair = KeyButton(self._theme, tr("Repair"), flat=True)
        self.repair.clicked.connect(self.repair_requested)
        row.addWidget(self.repair)
        self._column.addLayout(row)
        self._notes = voiced("", "second", wraps=True)
        self._column.addWidget(self._notes)

    def _build_fields(self) -> None:
        self.kind = QComboBox()
        for kind in AreaKind:
            self.kind.addItem(kind_name(kind), kind)
        self.kind.setAccessibleName(tr("Kind of area"))
        self.kind.currentIndexChanged.connect(self._on_kind)
        self._column.addWidget(self.kind)
        self.name = self._add_line(tr("Name of the new area"), _NAME_LIMIT, label=tr("Name"))
        self.place = self._add_line(
            tr("Corner to typed coordinates · Enter"), 200, named=tr("Corner to typed coordinates")
        )
        self.reason = self._add_line(
            tr("Reason, required"),
            _REASON_LIMIT,
            named=tr("Reason for the change"),
            label=tr("Reason"),
        )
        self.place.returnPressed.connect(self._on_place)
        self.reason.textChanged.connect(self._on_reason)

    def open(self, *, new: bool) -> None:
        """An empty card; with a kind and a name for a new area."""
        self.kind.setVisible(new)
        self._show_line(self.name, new)
        for line in (self.name, self.place, self.reason):
            line.clear()
        self.complain("")
        self._appear()

    def show_words(self, words: EditWords) -> None:
        """The drawing as it stands."""
        self._title.setText(words.title)
        self._show_version(words.version)
        self._surface.setText(words.surface)
        self._corners.setText(words.corners)
        self._sound.setText(words.trouble or tr("Sound: no side crosses another"))
        restate(self._sound, "state", "red" if words.trouble else "green")
        self._mark.show_icon(*(("x", "red") if words.trouble else ("check", "green")))
        self.repair.setVisible(words.can_repair)
        self._notes.setText("\n".join(words.notes))
        self._notes.setVisible(bool(words.notes))
        self._allow_save(words.can_save)
        fit_height(self)

    def ask_to_save(self) -> None:
        """Save, or say what is missing."""
        if not self.reason.text().strip():
            self.complain(tr("Type why it changes: the reason stays with the outline."))
            self.reason.setFocus()
        elif self._can_save:
            self.save_requested.emit(self.reason.text().strip())

    def chosen_kind(self) -> AreaKind:
        """What a new area is."""
        kind: AreaKind = self.kind.currentData()
        return AreaKind(kind)

    def _on_reason(self) -> None:
        self.complain("")

    def _on_place(self) -> None:
        self.place_typed.emit(self.place.text())

    def _on_kind(self) -> None:
        self.kind_chosen.emit(self.chosen_kind())
