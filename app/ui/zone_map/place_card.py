"""The card of a place that is being corrected: how far, which areas, why. Draws nothing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from app.incidents.correction import REASON_LIMIT
from app.incidents.intake import LINE_LIMIT
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.labels import fit_height, voiced
from app.ui.zone_map.map_card import MapCard


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """What the card says of the ghost as it stands."""

    moved: str
    at: str
    areas: tuple[str, ...]  # a line for each kind
    note: str  # empty: nothing more to know
    can_save: bool


class PlaceCard(MapCard):
    """Over the map while a place is corrected."""

    save_requested = Signal(str, str)  # the place's words, the reason
    place_typed = Signal(str)
    words_edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, "map-pin")
        self._moved = voiced("", wraps=True)
        self._at = voiced("", "second", wraps=True)
        self._areas = voiced("", wraps=True)
        self._note = voiced("", "hint", wraps=True)
        for label in (self._moved, self._at, self._areas, self._note):
            self._column.addWidget(label)
        self.target = self._add_line(tr("To a name or typed coordinates · Enter"), 200)
        self.words = self._add_line(tr("Words of the place"), LINE_LIMIT, label=tr("Place"))
        self.reason = self._add_line(tr("Reason, required"), REASON_LIMIT, label=tr("Reason"))
        self._add_foot()
        self.target.returnPressed.connect(self._on_target)
        self.words.textEdited.connect(self._on_words)
        self.reason.textChanged.connect(self._on_reason)
        self.reason.returnPressed.connect(self.ask_to_save)
        self.save.clicked.connect(self.ask_to_save)

    def open(self, title: str, words: str) -> None:
        """An empty card for one incident, to be filled before it is shown."""
        self._title.setText(title)
        self.show_place_words(words)
        self.target.clear()
        self.reason.clear()
        self.complain("")

    def appear(self) -> None:
        """Over the map, filled."""
        self._appear()
        fit_height(self)

    def show_words(self, words: PlaceWords) -> None:
        """The ghost as it stands."""
        self._moved.setText(words.moved)
        self._at.setText(words.at)
        self._areas.setText("\n".join(words.areas))
        self._note.setText(words.note)
        self._note.setVisible(bool(words.note))
        self._allow_save(words.can_save)
        fit_height(self)

    def show_place_words(self, words: str) -> None:
        """The place's words, from their beginning."""
        with QSignalBlocker(self.words):
            self.words.setText(words)
            self.words.setCursorPosition(0)

    def ask_to_save(self) -> None:
        """Save, or say what is missing."""
        if not self._can_save:
            self.complain(tr("Drag the mark, or click where it happened."))
        elif not self.words.text().strip():
            self.complain(tr("Type what the place is called."))
            self.words.setFocus()
        elif not self.reason.text().strip():
            self.complain(tr("Type why the place is corrected: the reason stays in the log."))
            self.reason.setFocus()
        else:
            self.save_requested.emit(self.words.text().strip(), self.reason.text().strip())

    def _on_target(self) -> None:
        self.place_typed.emit(self.target.text())

    def _on_words(self) -> None:
        self.complain("")
        self.words_edited.emit()

    def _on_reason(self) -> None:
        self.complain("")
