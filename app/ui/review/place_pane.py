"""The left pane of Review: the place, the incident it is about, a small map, the cameras for it.

It is told what is chosen; it tells what the officer chooses. It starts and stops its map's thread.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.cameras.ground import Ground
from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon, as_decimal
from app.incidents.incident import Incident
from app.incidents.place_finder import FoundPlace, PlaceFinder
from app.map.marks import CameraLook, MapLayer, MapSelection, ViewState
from app.map.view import MapView
from app.thai.dates import short_time
from app.thai.translation import tr
from app.ui.live.intake_suggestions import place_row
from app.ui.live.map_feed import MapFeed
from app.ui.map_style import map_style
from app.ui.review.camera_list import CameraList, ListedCamera
from app.ui.theme import Theme
from app.ui.widgets.labels import ElidedLabel, IconLabel, voiced
from app.ui.widgets.section_head import SectionHead
from app.ui.widgets.suggest_field import SuggestField
from app.video.archive.segment import Span

_LEAST_M = 60.0  # no nearer than this, whoever sees it


class PlacePane(QFrame):
    """Where, because of what, and which cameras."""

    place_taken = Signal(object, str)  # LatLon, its name
    camera_toggled = Signal(str)
    camera_clicked = Signal(str)  # on the map

    def __init__(self, theme: Theme, ground: Ground, finder: PlaceFinder, centre: LatLon) -> None:
        super().__init__()
        self._theme = theme
        self._ground, self._finder = ground, finder
        self.setProperty("ground", "panel")
        self.setProperty("edge", "right")
        self._map_runs = False
        self._build(centre)
        self._connect()

    def _build(self, centre: LatLon) -> None:
        theme = self._theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(theme, "map-pin", tr("Footage of a place and a time")))
        column.addWidget(self._build_place())
        self.map = MapView(self._ground.projection, centre, map_style(theme))
        for layer in (MapLayer.INCIDENTS, MapLayer.UNITS, MapLayer.BEATS):
            self.map.set_layer_shown(layer, False)
        self._feed = MapFeed(self.map, self._ground)
        column.addWidget(self.map, 5)
        column.addWidget(self._build_head())
        self.list = CameraList(theme)
        column.addWidget(self.list, 6)

    def _build_place(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 9, 12, 7)
        column.setSpacing(5)
        self.field = SuggestField(self._theme, tr("Place, camera or coordinates"), tr("Place"))
        column.addWidget(self.field)
        self._about = QWidget()
        row = QHBoxLayout(self._about)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel(self._theme, "notebook-text", "text_2", 14))
        self._incident = ElidedLabel("", "second")
        row.addWidget(self._incident, 1)
        self._about.hide()
        column.addWidget(self._about)
        return box

    def _build_head(self) -> QFrame:
        head = QFrame()
        head.setProperty("ground", "raised")
        head.setFixedHeight(self._theme.px(30))
        row = QHBoxLayout(head)
        row.setContentsMargins(10, 0, 10, 0)
        self._seen_by = voiced("", "strong")
        row.addWidget(self._seen_by)
        row.addStretch(1)
        self._window = voiced("", "hint")
        row.addWidget(self._window)
        return head

    def _connect(self) -> None:
        self.field.edited.connect(self._on_edited)
        self.field.taken.connect(self._on_taken)
        self.field.line.returnPressed.connect(self._on_return)
        self.list.toggled.connect(self.camera_toggled)
        self.map.camera_clicked.connect(self.camera_clicked)
        self.map.camera_opened.connect(self.camera_toggled)
        self.map.place_clicked.connect(self._on_map_clicked)

    # Its map's thread

    def start(self) -> None:
        """Begin to draw the map; when it is first seen."""
        if not self._map_runs:
            self._map_runs = True
            self.map.start()

    def stop(self) -> None:
        """End the map's thread."""
        if self._map_runs:
            self._map_runs = False
            self.map.stop()

    # What it is told

    def show_basemap(self, basemap: Basemap) -> None:
        self._feed.show_basemap(basemap)

    def show_ground(self) -> None:
        """Areas and cameras as they are now."""
        self._feed.show_areas()
        self._feed.show_cameras()
        self._feed.show_looks({camera.id: CameraLook.LIVE for camera in self._ground.cameras})

    def show_place(self, place: LatLon | None, name: str, *, move: bool = True) -> None:
        """The place everything here is about."""
        if not self.field.line.hasFocus():
            self.field.line.setText(name)
            self.field.line.setCursorPosition(0)
        if place is None:
            self.map.select(None)
        elif move:
            self._look_at(place)

    def _look_at(self, place: LatLon) -> None:
        """So near that the place and those who see it are to be seen together."""
        away_m = [one.distance_m for one in self._ground.who_sees(place)]
        reach_px = 0.4 * max(self._theme.px(120), min(self.map.width(), self.map.height()))
        px_per_m = min(max(reach_px / max([*away_m, _LEAST_M]), 0.2), 1.2)
        self.map.restore_view_state(ViewState(place.lat_deg, place.lon_deg, px_per_m))

    def show_incident(self, incident: Incident | None) -> None:
        """The incident it was opened from."""
        self._about.setVisible(incident is not None)
        if incident is not None:
            words = tr(
                "From {number} {category} · {time}",
                number=incident.number,
                category=incident.category.name,
                time=short_time(incident.reported_at),
            )
            self._incident.setText(words)

    def show_cameras(
        self, rows: Sequence[ListedCamera], place: LatLon | None, window: Span
    ) -> None:
        """The ranked list, and the same numbers on the map."""
        self.list.show_cameras(rows)
        seeing = sum(row.camera.sees for row in rows)
        if place is None:
            self._seen_by.setText(tr("Cameras {count}", count=len(rows)))
        elif seeing:
            self._seen_by.setText(tr("See this place {count}", count=seeing))
        else:
            self._seen_by.setText(tr("No camera sees it"))
        words = tr(
            "footage {begins}–{ends}",
            begins=short_time(window.begins),
            ends=short_time(window.ends),
        )
        self._window.setText(words)
        if place is not None:
            chosen = sorted((row.rank, row.camera.camera_id) for row in rows if row.rank)
            ids = tuple(camera_id for _, camera_id in chosen)
            self.map.select(MapSelection(place.lat_deg, place.lon_deg, camera_ids=ids))

    def fit(self, small: bool) -> None:
        """A small screen."""
        self.list.fit(small, self._theme)

    def focus_place(self) -> None:
        """The keyboard to the place's line."""
        self.field.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.line.selectAll()

    # Slots

    def _on_edited(self, text: str) -> None:
        places = self._finder.suggest(text.strip()) if text.strip() else []
        self.field.offer([place_row(place) for place in places])

    def _on_taken(self, found: FoundPlace) -> None:
        self.field.line.setText(found.text)
        self.place_taken.emit(found.point, found.text)

    def _on_return(self) -> None:
        """Enter with nothing on offer: coordinates as they are, or the first place of that name."""
        text = self.field.line.text().strip()
        found = self._finder.suggest(text, 1) if text else []
        if found:
            self._on_taken(found[0])

    def _on_map_clicked(self, lat_deg: float, lon_deg: float) -> None:
        place = LatLon(lat_deg, lon_deg)
        self.place_taken.emit(place, self._finder.name_of(place) or as_decimal(place))
