"""Where it happened, as the intake asks it: the searching line, its areas, who sees it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.geo.coordinates import LatLon, as_mgrs
from app.incidents.place_finder import FoundPlace, PlaceFinder
from app.thai.translation import tr
from app.ui.live.intake_suggestions import place_row
from app.ui.theme import Theme
from app.ui.widgets.labels import IconLabel, restate, voiced
from app.ui.widgets.suggest_field import SuggestField


class IntakePlace(QWidget):
    """A place typed, pasted, clicked on the map or taken from a tile."""

    found = Signal(object)  # LatLon | None: the pin follows
    done = Signal()  # a suggestion was taken, or Enter pressed

    def __init__(self, theme: Theme, finder: PlaceFinder) -> None:
        super().__init__()
        self._finder = finder
        self.point: LatLon | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.field = SuggestField(
            theme, tr("Name, camera, road, coordinates, or click the map"), tr("Place")
        )
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(5)
        self._tick = IconLabel(theme, "check", "green", 14)
        row.addWidget(self._tick)
        self._tick.hide()
        self._area_words = voiced(tr("no place on the map yet"), "hint")
        self._area_words.setWordWrap(True)
        self._grid_words = voiced("", "hint")
        row.addWidget(self._area_words, 1)
        row.addWidget(self._grid_words)
        column.addLayout(row)
        self._seeing_words = voiced("", "second")
        self._seeing_words.setWordWrap(True)
        self._seeing_words.hide()
        column.addWidget(self._seeing_words)
        self.field.edited.connect(self._on_edited)
        self.field.taken.connect(self._on_taken)
        self.field.entered.connect(self._on_return)

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.field.line.text()

    def take(self, text: str, point: LatLon | None) -> None:
        """This place, whoever chose it."""
        self.field.offer(())
        self.field.line.setText(text)
        self.set_point(point)

    def resolve(self) -> None:
        """Coordinates that were typed and not taken. KnownError if they are wrong."""
        if self.point is None:
            self.set_point(self._finder.resolve(self.text))

    def settle(self) -> None:
        """Take the suggestion that is still on offer."""
        if self.point is None:
            self.field.take_current()

    def show_seeing(self, names: Sequence[str]) -> None:
        """The cameras that see the place, best first."""
        self._seeing_words.setVisible(bool(names))
        self._seeing_words.setText(
            tr("{count} cameras see it: {names}", count=len(names), names=" · ".join(names))
        )

    def set_point(self, point: LatLon | None) -> None:
        """Where it is on the map; None: nobody knows."""
        self.point = point
        areas = self._finder.areas_at(point) if point else ()
        inside = any(area.kind == "zone" for area in areas)
        self._tick.setVisible(inside)
        if point is None:
            self._area_words.setText(tr("no place on the map yet"))
            self._grid_words.setText("")
            restate(self._area_words, "state", "")
        else:
            first = tr("in the zone") if inside else tr("outside the zone")
            names = [area.name for area in areas if area.kind != "zone"]
            self._area_words.setText(" · ".join([first, *names]))
            self._grid_words.setText(as_mgrs(point))
            restate(self._area_words, "state", "green" if inside else "")
        self.found.emit(point)

    def _on_edited(self, text: str) -> None:
        self.set_point(None)
        found = self._finder.suggest(text) if text.strip() else ()
        self.field.offer([place_row(place) for place in found])

    def _on_taken(self, place: FoundPlace) -> None:
        self.field.line.setText(place.text)
        self.set_point(place.point)
        self.done.emit()

    def _on_return(self) -> None:
        if self.text.strip():
            self.done.emit()
