"""The zone map as a widget: it is handed values and tells facts. Knows geo, not the log.

One worker thread draws the still pictures; `start()` and `stop()` are its owner's duty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QMetaMethod, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.map import picking
from app.map.callout import Callout
from app.map.canvas import WHEEL_STEP, MapCanvas
from app.map.frame import Frame
from app.map.free_names import AreaWords
from app.map.furniture import Furniture, draw_furniture, furniture_boxes
from app.map.ground import GroundLoader
from app.map.home import Home
from app.map.live import LiveMarks, draw_live, seeing_cameras
from app.map.marks import (
    CameraMark,
    IncidentMark,
    LayerLook,
    MapLayer,
    MapSelection,
    UnitMark,
    ViewState,
)
from app.map.scene import (
    EMPTY_SCENE,
    LocalGround,
    PlacedArea,
    place_areas,
    place_cameras,
    place_coverage,
    place_incidents,
)
from app.map.standing import standing
from app.map.still_pictures import StillPictures
from app.map.style import NIGHT, MapStyle, colour
from app.map.tool import MapTool, Overlay
from app.thai.translation import Language, language

if TYPE_CHECKING:
    from app.geo.areas import Area
    from app.geo.basemap import Basemap
    from app.geo.coordinates import LatLon
    from app.geo.projection import Projection

CLOSE_ENOUGH_PX_PER_M = 0.35  # a place shown from farther away than this is come closer to


class MapView(QWidget):
    """The map of one station. `start()` it before it is seen, `stop()` it before it goes."""

    place_clicked = Signal(float, float)  # latitude, longitude: neither incident nor camera there
    incident_clicked = Signal(str)
    group_clicked = Signal(object, QPointF)  # ids of incidents that crowd there, and the pixel
    camera_clicked = Signal(str)
    camera_opened = Signal(str)  # double click
    camera_pulled = Signal(str)  # pressed and moved: its listener carries it on
    pointer_moved = Signal(float, float)  # latitude, longitude
    view_moved = Signal()
    became_sharp = Signal()  # the pictures are drawn for what is looked at
    pictures_failed = Signal(object)  # Troubles: pictures of the ground that are gone or damaged

    def __init__(
        self,
        projection: Projection,
        centre: LatLon,
        style: MapStyle = NIGHT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ground = LocalGround(projection, centre)
        self._style = style
        self._live = LiveMarks()
        self._furniture = Furniture()
        self._callout: Callout | None = None
        self._basemap: Basemap | None = None
        self._overlays: tuple[Overlay, ...] = ()
        self._areas: tuple[PlacedArea, ...] = ()
        self._hidden_areas: frozenset[str] = frozenset()
        self._words = AreaWords()
        self._build()
        self._home = Home(self._canvas, self._ground.place(centre.lat_deg, centre.lon_deg))
        self._connect()
        self.reset_view()

    def _build(self) -> None:
        land = colour(self._style.land)
        self._canvas = MapCanvas(land, self._draw_live, self._draw_glass, parent=self)
        self._pictures = StillPictures(self._canvas, EMPTY_SCENE, self._style, parent=self)
        self.make_way = self._pictures.make_way
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._canvas)
        self.setFocusProxy(self._canvas)
        self.setMinimumSize(160, 120)

    def _connect(self) -> None:
        self._canvas.clicked.connect(self._on_clicked)
        self._canvas.takes_pull = self._takes_pull
        self._canvas.pointer_at.connect(self._on_pointer_at)
        self._canvas.home_requested.connect(self.reset_view)
        self._canvas.view_changed.connect(self.view_moved)
        self._pictures.sharp.connect(self.became_sharp)
        self._pictures.troubled.connect(self.pictures_failed)

    def start(self) -> None:
        """Begin drawing."""
        self._pictures.start()

    def stop(self, deadline_s: float = 2.0) -> bool:
        """End the drawing thread; False when it missed the deadline."""
        return self._pictures.stop(deadline_s)

    def is_sharp(self) -> bool:
        """Whether what is on screen is the latest, at its own scale."""
        return self._pictures.is_sharp()

    # ---------------------------------------------------------------- contents

    def set_basemap(self, basemap: Basemap | None) -> None:
        """The ground under everything, or None: then the map says what is missing."""
        self._basemap = basemap
        self._pictures.set_ground(GroundLoader(basemap, self._ground.origin_m))
        self._furnish(self._furniture.on(basemap))

    def set_areas(self, areas: Sequence[Area]) -> None:
        """Zones, communities, beats and tambons. A map nobody has moved shows the whole zone."""
        self._areas = place_areas(areas, self._ground, thai=language() is Language.THAI)
        self._home.set_areas(self._areas)
        self._show_areas()
        sample = any(area.sample for area in self._areas)
        self._furnish(replace(self._furniture, sample_areas=sample))

    def hide_areas(self, area_ids: Iterable[str]) -> None:
        """Leave these areas to whoever is drawing them anew."""
        self._hidden_areas = frozenset(area_ids)
        self._show_areas()

    @property
    def hidden_areas(self) -> frozenset[str]:
        """The areas that are left to someone who draws them anew."""
        return self._hidden_areas

    def set_area_notes(self, notes: Mapping[str, str], clear_of_m: Any = ()) -> None:
        """What is said beneath the names of areas, by name; clear of these, in station metres."""
        places = self._ground.local(np.asarray(clear_of_m, dtype=np.float64).reshape(-1, 2))
        self._words = replace(self._words, notes=dict(notes), clear_of_m=places)
        self._canvas.redraw_live()

    def _show_areas(self) -> None:
        shown = tuple(area for area in self._areas if area.id not in self._hidden_areas)
        self._words = replace(self._words, names=frozenset(area.name for area in shown))
        if shown != self._pictures.scene.areas:
            self._pictures.set_scene(replace(self._pictures.scene, areas=shown))

    def set_cameras(self, cameras: Sequence[CameraMark]) -> None:
        """Every camera, and what each sees."""
        placed = place_cameras(cameras, self._ground)
        before = self._pictures.scene.cameras
        same_views = all(
            new.field_of_view_m is old.field_of_view_m
            for new, old in zip(placed.marks, before.marks, strict=False)
        )
        if placed.marks == before.marks and same_views:
            return
        self._pictures.set_scene(replace(self._pictures.scene, cameras=placed))
        self.select(self._live.selection)

    def set_incidents(self, incidents: Sequence[IncidentMark]) -> None:
        """Every incident to show."""
        if tuple(incidents) == self._pictures.scene.incidents.marks:
            return
        placed = place_incidents(incidents, self._ground)
        self._pictures.set_scene(replace(self._pictures.scene, incidents=placed))

    def set_coverage(self, shapes: tuple[Any, Any, Any] | None) -> None:
        """What is seen by one camera, by two, by none: arrays of polygons in station metres."""
        placed = None if shapes is None else place_coverage(shapes, self._ground)
        self._pictures.set_scene(replace(self._pictures.scene, coverage=placed))

    def set_walls(self, lines_m: Sequence[Any]) -> None:
        """Walls drawn by hand: lines (N, 2) in station metres."""
        self._pictures.set_scene(self._pictures.scene.with_walls(lines_m, self._ground))

    def set_units(self, units: Sequence[UnitMark]) -> None:
        """Every unit that has a place."""
        placed = tuple((unit, self._ground.place(unit.lat_deg, unit.lon_deg)) for unit in units)
        self._show_live(replace(self._live, units=placed))

    @property
    def layers(self) -> tuple[LayerLook, ...]:
        """Every layer's look, the lowest first."""
        return self._pictures.scene.layers

    def set_layers(self, layers: Sequence[LayerLook]) -> None:
        """Show the layers like this and in this order, the lowest first."""
        if tuple(layers) != self.layers:
            self._pictures.set_scene(replace(self._pictures.scene, layers=tuple(layers)))
            self._canvas.redraw_live()

    def set_layer_shown(self, layer: MapLayer, shown: bool) -> None:
        """Show or hide one kind of thing."""
        self.set_layers(
            [replace(look, shown=shown) if look.layer is layer else look for look in self.layers]
        )

    def select(self, selection: MapSelection | None) -> None:
        """Ring the place, name it, and number the cameras that see it."""
        if selection is None:
            self._show_live(replace(self._live, selection=None, seeing=()))
            return
        at_m = self._ground.place(selection.lat_deg, selection.lon_deg)
        seeing = seeing_cameras(self._pictures.scene.cameras, selection.camera_ids)
        self._show_live(replace(self._live, selection=selection, selected_at_m=at_m, seeing=seeing))

    def set_pin(self, place: LatLon | None, caption: str = "") -> None:
        """The place being reported, while it is reported."""
        at_m = None if place is None else self._ground.place(place.lat_deg, place.lon_deg)
        self._show_live(replace(self._live, pin_at_m=at_m, pin_caption=caption))

    def _show_live(self, live: LiveMarks) -> None:
        if live != self._live:
            self._live = live
            self._canvas.redraw_live()

    def _furnish(self, furniture: Furniture) -> None:
        self._furniture = furniture
        self._canvas.redraw_live()

    # ------------------------------------------------------ overlays and tools

    @property
    def basemap(self) -> Basemap | None:
        """The ground under everything."""
        return self._basemap

    @property
    def ground(self) -> LocalGround:
        """Between degrees, station metres and the map's own metres."""
        return self._ground

    @property
    def tool(self) -> MapTool | None:
        """Whom the mouse works for now."""
        return self._canvas.tool

    def set_tool(self, tool: MapTool | None) -> None:
        """Let the mouse work for a tool, drawn above all else; None: for the map."""
        self._canvas.tool = tool
        cross = Qt.CursorShape.CrossCursor
        self._canvas.viewport().setCursor(cross) if tool else self._canvas.viewport().unsetCursor()
        self._canvas.redraw_live()

    def set_overlays(self, overlays: Sequence[Overlay]) -> None:
        """Draw these above the still pictures, the lowest first."""
        self._overlays = tuple(overlays)
        self._canvas.redraw_live()

    def redraw(self) -> None:
        """Paint overlays and tool again: they show something else now."""
        self._canvas.redraw_live()

    def set_style(self, style: MapStyle) -> None:
        """Other colours for everything."""
        self._style = style
        self._canvas.setBackground(colour(style.land))
        self._pictures.set_style(style)
        self._canvas.redraw_live()

    # -------------------------------------------------------------------- view

    def show_place(self, place: LatLon) -> None:
        """Put a place in the middle; come closer only when too far out to see it."""
        close_enough = max(self._canvas.frame_now.px_per_m, CLOSE_ENOUGH_PX_PER_M)
        self._canvas.look_at(*self._ground.place(place.lat_deg, place.lon_deg), close_enough)

    def zoom_in(self) -> None:
        """One step closer."""
        self._canvas.zoom(WHEEL_STEP)

    def zoom_out(self) -> None:
        """One step away."""
        self._canvas.zoom(1 / WHEEL_STEP)

    def reset_view(self) -> None:
        """The whole zone; while none is drawn, the station's own middle."""
        self._home.go()

    def view_state(self) -> ViewState:
        """Where the map looks, to be remembered."""
        frame = self._canvas.frame_now
        lat_deg, lon_deg = self._ground.degrees(frame.x_m, frame.y_m)
        return ViewState(lat_deg, lon_deg, frame.px_per_m, self._home.is_here)

    def restore_view_state(self, state: ViewState) -> None:
        """Look where a remembered state looked."""
        self._home.restore(state, self._ground.place(state.lat_deg, state.lon_deg))

    def marks_at(self, at: QPoint) -> tuple[str, str]:
        """The incident and the camera at a pixel of this widget; empty for none."""
        incident_id, camera_id = self._what_is_at(QPointF(at))
        return incident_id or "", camera_id or ""

    def incidents_in_sight(self) -> tuple[str, ...]:
        """The ids of those in the picture."""
        return picking.in_sight(self._canvas.frame_now, self._pictures.scene)

    def zoom_at(self, at: QPointF) -> None:
        """Come a good deal closer to a pixel of this widget, which becomes the middle."""
        frame = self._canvas.frame_now
        self._canvas.look_at(*frame.to_m(at.x(), at.y()), frame.px_per_m * WHEEL_STEP**3)

    def pixel_of(self, place: LatLon) -> QPointF:
        """Where a place is on this widget, in logical pixels; may lie outside."""
        return self._canvas.frame_now.to_px(*self._ground.place(place.lat_deg, place.lon_deg))

    # ------------------------------------------------------------------- slots

    def _on_clicked(self, at: QPointF, double: bool) -> None:
        if self._opens_group(at, double):
            return
        incident_id, camera_id = self._what_is_at(at)
        if incident_id is not None:
            self.incident_clicked.emit(incident_id)
        elif camera_id is not None and double:
            self.camera_opened.emit(camera_id)
        elif camera_id is not None:
            self.camera_clicked.emit(camera_id)
        elif not double:  # the first click has said it
            self.place_clicked.emit(*self._degrees_at(at))

    def _what_is_at(self, at: QPointF) -> tuple[str | None, str | None]:
        """The incident or the camera at a pixel; the nearer one where both are in reach."""
        selection = self._live.selection
        if self._callout is not None and self._callout.box.contains(at) and selection is not None:
            return selection.incident_id, None
        return picking.mark_at(self._canvas.frame_now, self._pictures.scene, at)

    def _opens_group(self, at: QPointF, double: bool) -> bool:
        """Tell of a group of incidents that was clicked; come closer where nobody listens."""
        frame, scene = self._canvas.frame_now, self._pictures.scene
        if MapLayer.INCIDENTS not in scene.shown:
            return False
        cluster = picking.cluster_at(frame, self._pictures.clusters, at)
        if not self.isSignalConnected(QMetaMethod.fromSignal(self.group_clicked)):
            if cluster is not None:
                self._canvas.look_at(cluster.x_m, cluster.y_m, frame.px_per_m * WHEEL_STEP**3)
            return cluster is not None
        ids, middle = picking.crowd_at(frame, scene, cluster, at)
        if len(ids) > 1 and not double:  # the first click has said it
            self.group_clicked.emit(ids, middle)
        return len(ids) > 1

    def _takes_pull(self, at: QPointF) -> bool:
        """Whether a drag that began here pulls a camera; else it moves the map."""
        is_heard = self.isSignalConnected(QMetaMethod.fromSignal(self.camera_pulled))
        _, camera_id = self._what_is_at(at)
        if camera_id is None or not is_heard:
            return False
        self.camera_pulled.emit(camera_id)
        return True

    def _on_pointer_at(self, at: QPointF) -> None:
        self.pointer_moved.emit(*self._degrees_at(at))

    def _degrees_at(self, at: QPointF) -> tuple[float, float]:
        return self._ground.degrees(*self._canvas.frame_now.to_m(at.x(), at.y()))

    # ---------------------------------------------------------------- painting

    def _draw_live(self, painter: QPainter) -> None:
        shown = self._pictures.scene.shown
        live = self._live if MapLayer.UNITS in shown else replace(self._live, units=())
        frame: Frame = self._canvas.frame_now
        glass = furniture_boxes(frame.size_px, frame.px_per_m, self._furniture, self._style)
        names, words = self._pictures.names, self._words
        stands = standing(frame, self._pictures.scene, self._pictures.clusters)
        for overlay in self._overlays:
            overlay.draw(painter, frame, self._style)
        self._callout = draw_live(painter, frame, live, names, words, glass, stands, self._style)
        if self._canvas.tool is not None:
            self._canvas.tool.draw(painter, frame, self._style)

    def _draw_glass(self, painter: QPainter) -> None:
        frame: Frame = self._canvas.frame_now
        what = replace(self._furniture, focused=self._canvas.focused_by_keyboard)
        draw_furniture(painter, frame.size_px, frame.px_per_m, what, self._style)
