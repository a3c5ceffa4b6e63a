"""What every sheet's options have in common: a column of fields, and what the place asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.log import Log
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.selection import Selection
from app.ui.theme import Theme
from app.ui.widgets.labels import voiced


@dataclass(frozen=True, slots=True)
class PaneParts:
    """What a pane may read, to offer what there is."""

    desk: Desk
    log: Log
    background: Background
    selection: Selection


class OptionsPane(QWidget):
    """The options of one kind of sheet. Tells `changed` whenever something was chosen.

    One pane is made for each kind when it is first wanted; it is 280 to 360 pixels wide.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parts: PaneParts) -> None:
        super().__init__()
        self.theme, self.parts = theme, parts
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(5)

    # What is chosen

    def about(self) -> str:
        """What the sheet is about: an id, a day; empty for the station as a whole."""
        return ""

    def missing(self) -> str:
        """What has to be chosen first, in a sentence; empty when the sheet can be made."""
        return ""

    def options(self) -> dict[str, Any]:
        """The choices, as JSON can hold them."""
        return {}

    def habit(self) -> dict[str, Any]:
        """What of the options is remembered in this desk's file: never a name or a text."""
        return self.options()

    # What it is told

    def show_about(self, about: str) -> None:
        """Somebody asked for the sheet of this elsewhere."""

    def show_options(self, options: Mapping[str, Any]) -> None:
        """What was chosen the last time; may lack names, or hold some of another version."""

    def fill(self) -> None:
        """The place is seen, or the log has changed: read again what there is to choose from."""

    # For building

    def add_label(self, words: str) -> None:
        """A field's name over it."""
        self.column.addWidget(voiced(words, "hint"))

    def add(self, widget: QWidget) -> None:
        """A field as wide as the column."""
        self.column.addWidget(widget)

    def add_row(self, *widgets: QWidget) -> None:
        """Fields side by side, the first one taking what is left."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for number, widget in enumerate(widgets):
            row.addWidget(widget, 1 if number == 0 else 0)
        self.column.addLayout(row)
