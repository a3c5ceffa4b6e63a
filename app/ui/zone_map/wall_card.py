"""The card of a wall that is drawn: how long it is, what it is, why; save, leave or remove."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import fit_height, voiced
from app.ui.zone_map.map_card import MapCard

_LIMIT = 300


class WallCard(MapCard):
    """Over the map while a wall is in the hand."""

    save_requested = Signal(str, str)  # what it is, the reason
    removal_requested = Signal(str)  # the reason
    place_typed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, "route")
        self._figures = voiced("", wraps=True)
        self._hint = voiced("", "second", wraps=True)
        self._column.addWidget(self._figures)
        self._column.addWidget(self._hint)
        self.place = self._add_line(tr("Corner to typed coordinates · Enter"), _LIMIT)
        self.note = self._add_line(
            tr("What it is, for instance a hoarding"), _LIMIT, label=tr("What it is")
        )
        self.reason = self._add_line(tr("Reason, required"), _LIMIT, label=tr("Reason"))
        self.remove = KeyButton(theme, tr("Remove…"), icon="trash-2", flat=True)
        self._add_foot(self.remove)
        self.place.returnPressed.connect(self._on_place)
        self.reason.textChanged.connect(self._on_typed)
        self.remove.clicked.connect(self._on_remove)
        self.save.clicked.connect(self.ask_to_save)

    def open(self, title: str, version: str, note: str) -> None:
        """An empty card; without a version for a new wall, which cannot be removed."""
        self._title.setText(title)
        self._show_version(version)
        self.remove.setVisible(bool(version))
        self.note.setText(note)
        self.place.clear()
        self.reason.clear()
        self.complain("")
        self._appear()

    def show_words(self, figures: str, hint: str, *, can_save: bool) -> None:
        """The line as it stands."""
        self._figures.setText(figures)
        self._hint.setText(hint)
        self._allow_save(can_save)
        fit_height(self)

    def ask_to_save(self) -> None:
        """Save, or say what is missing."""
        if self._can_save and self._has_reason():
            self.save_requested.emit(self.note.text().strip(), self.reason.text().strip())

    def _on_remove(self) -> None:
        if self._has_reason():
            self.removal_requested.emit(self.reason.text().strip())

    def _has_reason(self) -> bool:
        if self.reason.text().strip():
            return True
        self.complain(tr("Type why it changes: the reason stays with the wall."))
        self.reason.setFocus()
        return False

    def _on_place(self) -> None:
        self.place_typed.emit(self.place.text())

    def _on_typed(self) -> None:
        self.complain("")
