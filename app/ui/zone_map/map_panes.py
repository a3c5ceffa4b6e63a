"""What the Map place is made of: bar, map, panels and cards, and the map's own window.

Knows how they lie; not what they say to each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.cameras.ground import Ground
from app.geo.coordinates import LatLon
from app.incidents.place_finder import PlaceFinder
from app.map.view import MapView
from app.thai.translation import tr
from app.ui.map_desk import MapDesk
from app.ui.map_style import map_style
from app.ui.selection import Selection
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced
from app.ui.zone_map.aim_card import AimCard
from app.ui.zone_map.areas_in_panel import AreasInPanel
from app.ui.zone_map.areas_out_panel import AreasOutPanel
from app.ui.zone_map.areas_panel import AreasPanel
from app.ui.zone_map.card_places import CardPlaces
from app.ui.zone_map.coverage_panel import CoveragePanel
from app.ui.zone_map.edit_card import EditCard
from app.ui.zone_map.go_to import GoTo
from app.ui.zone_map.group_list import GroupList
from app.ui.zone_map.layers_panel import LayersPanel
from app.ui.zone_map.legend import Legend
from app.ui.zone_map.map_bar import MapBar
from app.ui.zone_map.map_window import MapWindow
from app.ui.zone_map.place_card import PlaceCard
from app.ui.zone_map.seeing_panel import SeeingPanel
from app.ui.zone_map.time_bar import TimeBar
from app.ui.zone_map.wall_card import WallCard
from app.ui.zone_map.walls_panel import WallsPanel
from app.video.live import LivePictures

SIDE_PX = 300
FILE_PX = 384


@dataclass(frozen=True, slots=True)
class MapParts:
    """What the Map place stands on; made by the window."""

    desk: MapDesk
    selection: Selection
    ground: Ground
    finder: PlaceFinder
    pictures: LivePictures
    centre: LatLon


class MapPanes(QWidget):
    """The map large; layers, areas and cameras at its right."""

    def __init__(self, theme: Theme, parts: MapParts) -> None:
        super().__init__()
        self._theme = theme
        self._build(parts)

    def _build(self, parts: MapParts) -> None:
        theme = self._theme
        self.view = MapView(parts.ground.projection, parts.centre, map_style(theme))
        self.bar = MapBar(theme)
        self.time_bar = TimeBar(theme)
        self.layers = LayersPanel(theme, self.view.layers)
        self.areas = AreasPanel(theme)
        self.seeing = SeeingPanel(theme)
        self.coverage = CoveragePanel(theme)
        self.walls_panel = WallsPanel(theme)
        self.map_side = QFrame()
        column = QVBoxLayout(self.map_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.time_bar)
        self._home = QWidget()
        self._home_row = QVBoxLayout(self._home)
        self._home_row.setContentsMargins(0, 0, 0, 0)
        self._home_row.addWidget(self.map_side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._home, 1)
        row.addWidget(self._build_side())
        whole.addLayout(row, 1)
        self.card = EditCard(theme, self.view)
        self.aim_card = AimCard(theme, self.view)
        self.place_card = PlaceCard(theme, self.view)
        self.wall_card = WallCard(theme, self.view)
        self.legend = Legend(theme, self.view)
        self.group_list = GroupList(theme, self.view)
        self.go_to = GoTo(theme, self.bar.go_to, parts.finder, self)
        self.cards = CardPlaces(
            self.view, (self.card, self.aim_card, self.place_card, self.wall_card)
        )
        self._window: MapWindow | None = None
        self._away = self._build_away()

    def _build_side(self) -> QWidget:
        theme = self._theme
        panel = QFrame()
        panel.setProperty("ground", "panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        for section in (self.layers, self.seeing, self.coverage, self.areas, self.walls_panel):
            column.addWidget(section)
        self.try_camera = KeyButton(theme, tr("Try a camera here"), key="C", icon="plus")
        holder = QVBoxLayout()
        holder.setContentsMargins(12, 4, 12, 4)
        holder.addWidget(self.try_camera)
        column.addLayout(holder)
        column.addStretch(1)
        side = QScrollArea()
        side.setWidget(panel)
        side.setWidgetResizable(True)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._panels = side
        self.coverage.gain_opened.connect(self._on_gain_opened)
        self.areas_in = AreasInPanel(theme)
        self.areas_out = AreasOutPanel(theme)
        self._side = QStackedWidget()
        self._side.setProperty("edge", "left")
        for pane in (side, self.areas_in, self.areas_out):
            self._side.addWidget(pane)
        self.show_side(None)
        return self._side

    def show_side(self, pane: QWidget | None) -> None:
        """A file's panel beside the map; with None the panels that are always there."""
        self._side.setFixedWidth(self._theme.px(SIDE_PX if pane is None else FILE_PX))
        self._side.setCurrentWidget(pane or self._panels)

    @property
    def is_side_open(self) -> bool:
        """Whether a file's panel is open."""
        return self._side.currentWidget() is not self._panels

    def _build_away(self) -> QWidget:
        away = QFrame()
        away.setProperty("ground", "bg")
        column = QVBoxLayout(away)
        column.addStretch(1)
        words = voiced(tr("The map is in a window of its own."), "second")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(words)
        back = KeyButton(self._theme, tr("Bring it back"), key="Ctrl Shift M", icon="app-window")
        back.clicked.connect(self.toggle_window)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        away.hide()
        self._home_row.addWidget(away)
        return away

    def _on_gain_opened(self) -> None:
        """What a tried camera adds is brought into sight, once its panel has grown."""
        QTimer.singleShot(0, self, lambda: self._panels.ensureWidgetVisible(self.coverage.gain))

    def toggle_window(self) -> None:
        """The map to a window of its own, and back."""
        if self._window is None:
            self._window = MapWindow(self)
            self._window.close_requested.connect(self.toggle_window)
            self.time_bar.keep_whole(False)  # as narrow as whoever pulls the window likes
            self._window.hold(self.map_side)
            self._away.show()
            return
        window, self._window = self._window, None
        self.time_bar.keep_whole(True)
        self._away.hide()
        self._home_row.insertWidget(0, self.map_side)
        self.map_side.show()
        window.hide()
        window.deleteLater()

    @property
    def is_away(self) -> bool:
        """Whether the map is in a window of its own."""
        return self._window is not None

    @property
    def away_window(self) -> QWidget | None:
        return self._window

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.bar.fit(self.width())
        self.go_to.place_list()
