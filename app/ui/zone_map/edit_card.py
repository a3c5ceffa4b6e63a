"""The card of a drawing: what changes, whether it is sound, why, save or leave. Draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.geo.areas import AreaKind
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import IconLabel, chip, fit_height, restate, rule, voiced
from app.ui.zone_map.map_words import kind_name

WIDTH_PX = 372
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


class EditCard(QFrame):
    """Over the map's lower left corner while something is drawn."""

    save_requested = Signal(str)  # the reason
    discard_requested = Signal()
    repair_requested = Signal()
    place_typed = Signal(str)
    kind_chosen = Signal(object)  # AreaKind

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("edge", "edit")
        self.setFixedWidth(theme.px(WIDTH_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 12)
        column.setSpacing(5)
        self._build_head(column)
        self._build_figures(column)
        self._build_fields(column)
        self._build_foot(column)
        self.hide()

    def _build_head(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.addWidget(IconLabel(self._theme, "waypoints", "blue"))
        self._title = voiced("", "strong", wraps=True)
        row.addWidget(self._title, 1)
        self._version = chip("", "blue")
        row.addWidget(self._version)
        column.addLayout(row)
        column.addWidget(rule())

    def _build_figures(self, column: QVBoxLayout) -> None:
        self._surface = voiced("", wraps=True)
        self._corners = voiced("", wraps=True)
        column.addWidget(self._surface)
        column.addWidget(self._corners)
        row = QHBoxLayout()
        self._mark = IconLabel(self._theme, "check", "green")
        row.addWidget(self._mark)
        self._sound = voiced("", wraps=True)
        row.addWidget(self._sound, 1)
        self.repair = KeyButton(self._theme, tr("Repair"), flat=True)
        self.repair.clicked.connect(self.repair_requested)
        row.addWidget(self.repair)
        column.addLayout(row)
        self._notes = voiced("", "second", wraps=True)
        column.addWidget(self._notes)

    def _build_fields(self, column: QVBoxLayout) -> None:
        self.kind = QComboBox()
        for kind in AreaKind:
            self.kind.addItem(kind_name(kind), kind)
        self.kind.setAccessibleName(tr("Kind of area"))
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name of the new area"))
        self.name.setAccessibleName(tr("Name of the new area"))
        self.name.setMaxLength(_NAME_LIMIT)
        self.place = QLineEdit()
        self.place.setPlaceholderText(tr("Corner to typed coordinates · Enter"))
        self.place.setAccessibleName(tr("Corner to typed coordinates"))
        self.place.setMaxLength(200)
        self.place.returnPressed.connect(self._on_place)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Reason, required"))
        self.reason.setAccessibleName(tr("Reason for the change"))
        self.reason.setMaxLength(_REASON_LIMIT)
        self.reason.textChanged.connect(self._on_reason)
        self._wrong = voiced("", "hint", "red", wraps=True)
        self._wrong.hide()
        for widget in (self.kind, self.name, self.place, self.reason, self._wrong):
            column.addWidget(widget)

    def _build_foot(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        self.discard = KeyButton(self._theme, tr("Discard"), key="Esc", flat=True)
        self.discard.clicked.connect(self.discard_requested)
        row.addWidget(self.discard)
        row.addStretch(1)
        self.save = KeyButton(self._theme, tr("Save"), key="Ctrl S", icon="check", primary=True)
        self.save.clicked.connect(self.ask_to_save)
        row.addWidget(self.save)
        column.addLayout(row)

    def open(self, *, new: bool) -> None:
        """An empty card; with a kind and a name for a new area."""
        self.kind.setVisible(new)
        self.name.setVisible(new)
        for line in (self.name, self.place, self.reason):
            line.clear()
        self.complain("")
        self.show()
        self.raise_()

    def show_words(self, words: EditWords) -> None:
        """The drawing as it stands."""
        self._title.setText(words.title)
        self._version.setText(words.version)
        self._version.setVisible(bool(words.version))
        self._surface.setText(words.surface)
        self._corners.setText(words.corners)
        self._sound.setText(words.trouble or tr("Sound: no side crosses another"))
        restate(self._sound, "state", "red" if words.trouble else "green")
        self._mark.show_icon(*(("x", "red") if words.trouble else ("check", "green")))
        self.repair.setVisible(words.can_repair)
        self._notes.setText("\n".join(words.notes))
        self._notes.setVisible(bool(words.notes))
        self._can_save = words.can_save
        self._fit_save()
        fit_height(self)

    _can_save = False

    def complain(self, text: str) -> bool:
        """Say what is wrong; whether the card is open to say it."""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        fit_height(self)
        return self.isVisible()

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

    def new_names(self) -> Sequence[str]:
        """The new area's Thai name."""
        return (self.name.text().strip(),)

    def _fit_save(self) -> None:
        self.save.setEnabled(self._can_save)

    def _on_reason(self) -> None:
        self.complain("")

    def _on_place(self) -> None:
        self.place_typed.emit(self.place.text())

    def _on_kind(self) -> None:
        self.kind_chosen.emit(self.chosen_kind())
