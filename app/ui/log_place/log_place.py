"""The Log place: composes filters, search line, table, map and story; wires them.

Every pane tells facts or asks; here they are joined. Nothing else is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.cameras.ground import Ground
from app.errors import KnownError
from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon
from app.incidents.asked import Asked
from app.log import Changed
from app.ui.desk import Desk
from app.ui.log_place.asking import Asking
from app.ui.log_place.emptiness import Emptiness
from app.ui.log_place.filter_pane import FilterPane
from app.ui.log_place.hit_row import HitRow
from app.ui.log_place.hits_model import HitsModel
from app.ui.log_place.hits_table import HitsTable
from app.ui.log_place.log_desk import LogDesk
from app.ui.log_place.log_map import LogMap
from app.ui.log_place.log_story import LogStory
from app.ui.log_place.search_bar import SearchBar
from app.ui.log_place.table_steps import TableSteps
from app.ui.log_place.table_strip import TableStrip
from app.ui.map_style import map_style
from app.ui.selection import Selection
from app.ui.theme import Theme
from app.ui.wall.layout_form import LayoutForm

_ROOMY_PX, _TIGHT_PX = 1500, 1050
_MAP_LATER_MS = 60  # after the rows are on the screen
_CHANGED_LATER_MS = 400
_AGAIN_MS = 20_000  # deadlines pass while nothing is written


@dataclass(frozen=True, slots=True)
class LogParts:
    """What the Log place stands on; made by the application."""

    desk: Desk
    log_desk: LogDesk
    selection: Selection
    ground: Ground
    centre: LatLon


class LogPlace(QWidget):
    """Joins the panes: what one tells, another shows."""

    told = Signal(str)
    failed = Signal(object)  # KnownError
    incident_opened = Signal(str)
    footage_requested = Signal()  # of the chosen incident
    map_made = Signal(object)  # MapView

    def __init__(self, theme: Theme, parts: LogParts) -> None:
        super().__init__()
        self._theme, self._parts = theme, parts
        self._desk, self._selection = parts.desk, parts.selection
        self._basemap: Basemap | None = None
        self._runs = False
        self.map: LogMap | None = None
        self._build()
        self.asking = Asking(self, parts.log_desk)
        self.tables = TableSteps(self, parts.log_desk.tables)
        self._connect()

    # Building

    def _build(self) -> None:
        theme = self._theme
        self.filters = FilterPane(theme)
        self.bar = SearchBar(theme)
        self.form = LayoutForm(theme)
        self.strip = TableStrip(theme)
        self.model = HitsModel(self._fetch)
        style = map_style(theme)
        self.table = HitsTable(theme, style, self.model)
        self.emptiness = Emptiness(theme)
        self.story = LogStory(theme, style)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar, self.form, self.strip):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.emptiness, 1)
        self.emptiness.hide()
        self.side = QSplitter(Qt.Orientation.Vertical)
        self.side.setChildrenCollapsible(False)
        self.side.setHandleWidth(1)
        self.side.addWidget(self.story)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.filters)
        row.addWidget(middle, 1)
        row.addWidget(self.side)
        self.bar.map_button.setChecked(True)

    def _connect(self) -> None:
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_MAP_LATER_MS)
        self._later.timeout.connect(self._show_map)
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(_CHANGED_LATER_MS)
        self._news.timeout.connect(self.asking.look_again)
        self._minute = QTimer(self)
        self._minute.setInterval(_AGAIN_MS)
        self._minute.timeout.connect(self._on_minute)
        self.bar.went_down.connect(self.table.choose_first)
        self.bar.map_toggled.connect(self._on_map_toggled)
        self.table.incident_chosen.connect(self._selection.choose)
        self.table.incident_opened.connect(self.incident_opened)
        self.table.left_upwards.connect(self.bar.ask)
        self.form.left.connect(self.table.setFocus)
        self.filters.left.connect(self.table.setFocus)
        self.story.open_requested.connect(self._on_open)
        self.story.footage_requested.connect(self.footage_requested)
        self._selection.changed.connect(self._on_selection)
        self._desk.changed.connect(self._on_changed)

    def _fetch(self, nos: Sequence[int]) -> dict[int, HitRow]:
        return self._parts.log_desk.rows(nos, self.asking.words)

    # Life

    def start(self) -> None:
        """Begin drawing the map when there is one."""
        self._runs = True
        if self.map is not None:
            self.map.view.start()

    def stop(self) -> bool:
        """End drawing; False when the thread missed its deadline."""
        self._runs = False
        return self.map.view.stop() if self.map is not None else True

    def let_go(self) -> None:
        """The window is going: it asks for nothing more."""
        for timer in (self._later, self._news, self._minute):
            timer.stop()
        self.bar.let_go()
        self.asking.leave()

    def fill(self) -> None:
        """Read everything."""
        self.asking.fill()
        self._on_selection(self._selection.incident_id)

    def show_basemap(self, basemap: Basemap) -> None:
        """The base map has been read."""
        self._basemap = basemap
        if self.map is not None:
            self.map.show_basemap(basemap)

    # The map: made when the rows are there

    def _show_map(self) -> None:
        if self.map is None and self._runs and self.bar.map_button.isChecked():
            parts = self._parts
            self.map = LogMap(self._theme, parts.desk, parts.ground, parts.centre)
            self.map.incident_clicked.connect(self._selection.choose)
            self.side.insertWidget(0, self.map)
            self.side.setSizes([450, 550])
            if self._basemap is not None:
                self.map.show_basemap(self._basemap)
            self.map_made.emit(self.map.view)
            self.map.view.start()
        if self.map is not None and self.map.isVisible():
            self.asking.show_places(self.map)
            self._ring(move=False)

    def show_on_map(self) -> None:
        """M: the chosen incident on the map, which is shown; without one, the map comes or goes."""
        if self._selection.incident_id:
            self.bar.map_button.setChecked(True)
            self._show_map()
            self._ring(move=True)
        else:
            self.bar.map_button.toggle()

    def _on_map_toggled(self, on: bool) -> None:
        if self.map is not None:
            self.map.setVisible(on)
        self._later.start()

    def _ring(self, *, move: bool) -> None:
        if self.map is not None:
            incident_id = self._selection.incident_id
            self.map.select(self._desk.incident(incident_id) if incident_id else None, move=move)

    def answer_shown(self) -> None:
        """Other rows are on the screen: the map follows a little later."""
        count = len(self.model.keys)
        self.table.setVisible(count > 0)
        self.emptiness.setVisible(count == 0)
        if not self.table.selectionModel().hasSelection():  # it may have been reported just now
            self._choose_selected()
        self._show_found()
        self._later.start()

    # The shared selection

    @property
    def selection_id(self) -> str:
        """The incident everyone is looking at; empty for none."""
        return self._selection.incident_id

    def now(self) -> datetime:
        return self._desk.now()

    def _on_selection(self, incident_id: str) -> None:
        self._choose_selected()
        self._show_story()
        self._ring(move=True)

    def _choose_selected(self) -> None:
        self.table.choose(self._parts.log_desk.number_of(self._selection.incident_id))

    def _show_story(self) -> None:
        incident_id = self._selection.incident_id
        incident = self._desk.incident(incident_id) if incident_id else None
        if incident is None:
            self.story.show_nothing()
            return
        if not self.isVisible():
            return  # read when it is seen
        lines, _ = self._desk.story(incident.id)
        names = {self._desk.officer.id: self._desk.officer.name, **self._desk.actor_names()}
        now, targets = self._desk.now(), self._desk.targets
        self.story.show_incident(incident, lines, names, self.asking.words, now, targets)
        self._show_found()

    def _show_found(self) -> None:
        """The selection is that of all places: it stays when other incidents are found."""
        answer = self.asking.answer
        knows = answer is not None and answer.is_all
        self.story.show_found(not knows or self.table.selectionModel().hasSelection())

    def _on_open(self) -> None:
        self.incident_opened.emit(self._selection.incident_id)

    def words_changed(self) -> None:
        """Other words are to be marked in the story."""
        self._show_story()

    def step(self, by: int) -> None:
        """The next or the previous of what was found."""
        count = self.model.rowCount()
        if count:
            current = self.table.currentIndex().row()
            self.table.selectRow(0 if current < 0 else max(0, min(count - 1, current + by)))

    def look_for(self, text: str) -> None:
        """As if it had been typed in the field, and nothing else were asked."""
        self.asking.ask(Asked(text=text))

    def back(self) -> None:
        """Esc: out of what is open, one thing at a time."""
        if self.form.isVisible():
            self.form.leave()
        elif self.asking.clear_text():
            self.bar.ask()
        elif not self.asking.clear():
            self._selection.choose("")

    def _on_changed(self, changed: Changed) -> None:
        if {"search_saved", "search_removed"} & changed.kinds:
            self.asking.show_saved()
        if {"area_drawn", "area_removed", "unit_formed", "officer_enrolled"} & changed.kinds:
            self.asking.show_station()
            if self.map is not None:
                self.map.show_areas()
        self.model.forget_incidents(changed.subjects)  # to be read again when they are seen
        if self.isVisible() and not self._news.isActive():
            self._news.start()  # at most so often, however much is written
        if self._selection.incident_id in changed.subjects:
            self._show_story()

    def _on_minute(self) -> None:
        self.model.forget()

    # Failures

    def complain(self, error: KnownError) -> None:
        """Say it where something is being typed, else as a notice."""
        self.asking.complain(error)

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.bar.ask()
        self.asking.look_again()
        self._show_story()
        self._later.start()
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._news.stop()
        self._minute.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        roomy = self.width() >= self._theme.px(_ROOMY_PX)
        is_tight = self.width() < self._theme.px(_TIGHT_PX)
        filters, side = (262, 430) if roomy else (196, 262) if is_tight else (214, 318)
        self.filters.setFixedWidth(self._theme.px(filters))
        self.side.setFixedWidth(self._theme.px(side))
        self.bar.fit(roomy=roomy)
