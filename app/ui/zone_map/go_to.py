"""Going to a place: what is typed in the bar's line, what is offered for it, what is taken."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.errors import KnownError
from app.incidents.place_finder import FoundPlace, PlaceFinder
from app.ui.live.intake_suggestions import place_row
from app.ui.theme import Theme
from app.ui.widgets.suggest_field import SuggestionList

_LIST_PX = 330


class GoTo(QObject):
    """The line is the bar's; the list lies over the place, under the line."""

    taken = Signal(object)  # LatLon
    failed = Signal(object)  # KnownError

    def __init__(self, theme: Theme, line: QLineEdit, finder: PlaceFinder, over: QWidget) -> None:
        super().__init__(over)
        self._theme, self._line, self._finder, self._over = theme, line, finder, over
        self.offers = SuggestionList(theme)
        self.offers.setParent(over)
        self.offers.hide()
        self.offers.clicked.connect(self._on_clicked)
        line.textEdited.connect(self._on_typed)
        line.returnPressed.connect(self.take)

    def ask(self) -> None:
        """The keyboard to the line."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    def leave(self) -> bool:
        """Take the list away; whether it was there, or the keyboard in the line."""
        was = self.offers.isVisible() or self._line.hasFocus()
        self.offers.hide()
        return was

    def take(self) -> None:
        """The marked suggestion, or the coordinates that were typed."""
        row = self.offers.current() if self.offers.isVisible() else None
        self.offers.hide()
        if row is not None and isinstance(row.value, FoundPlace):
            self.taken.emit(row.value.point)
            return
        try:
            place = self._finder.resolve(self._line.text())
        except KnownError as error:
            self.failed.emit(error)
            return
        if place is not None:
            self.taken.emit(place)

    def place_list(self) -> None:
        """Under the line, inside the place."""
        at = self._line.mapTo(self._over, QPoint(0, self._line.height()))
        width = max(self._line.width(), self._theme.px(_LIST_PX))
        height = self.offers.needed_height(self._theme.px(41) * 6 + 4)
        left = min(at.x(), self._over.width() - width - 8)
        self.offers.setGeometry(left, at.y() + 2, width, height)
        self.offers.raise_()

    def _on_typed(self, text: str) -> None:
        found = self._finder.suggest(text) if text.strip() else []
        self.offers.offer([place_row(place) for place in found])
        self.offers.setVisible(bool(found))
        self.place_list()

    def _on_clicked(self, _index: QModelIndex) -> None:
        self.take()
