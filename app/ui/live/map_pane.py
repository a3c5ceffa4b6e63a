"""The map's pane in the Live place: its head with what to show, and the map itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.geo.coordinates import LatLon
from app.map.marks import MapLayer
from app.map.view import MapView
from app.thai.translation import tr
from app.ui.live.place_menu import open_place_menu
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segments
from app.ui.widgets.section_head import SectionHead

_LAYERS = {
    "incidents": (MapLayer.INCIDENTS,),
    "cameras": (MapLayer.CAMERAS, MapLayer.VIEWS),
    "units": (MapLayer.UNITS,),
    "areas": (MapLayer.ZONES, MapLayer.COMMUNITIES),
    "beats": (MapLayer.BEATS,),
}
_HIDDEN_AT_FIRST = ("beats",)


class MapPane(QFrame):
    """Shows and hides layers; everything else about the map is its owner's."""

    footage_requested = Signal(float, float)  # latitude, longitude

    def __init__(self, theme: Theme, view: MapView) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self.view = view
        self._pointer: LatLon | None = None
        view.pointer_moved.connect(self._on_pointer_moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = SectionHead(theme, "map", tr("Zone map"))
        choices = (
            ("incidents", tr("Incidents")),
            ("cameras", tr("Cameras")),
            ("units", tr("Units")),
            ("areas", tr("Areas")),
            ("beats", tr("Beats")),
        )
        self._layers = Segments(choices, exclusive=False)
        for layer in _LAYERS:
            shown = layer not in _HIDDEN_AT_FIRST
            self._layers.set_on(layer, shown)
            self._show(layer, shown)
        self._layers.chosen.connect(self._show)
        head.add_right(self._layers)
        column.addWidget(head)
        column.addWidget(view, 1)

    def _on_pointer_moved(self, lat_deg: float, lon_deg: float) -> None:
        self._pointer = LatLon(lat_deg, lon_deg)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The place under the pointer, to be copied."""
        on_map = self.view.geometry().contains(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Mouse and on_map and self._pointer:
            open_place_menu(self, self._pointer, event.globalPos(), self._see_footage)
        else:
            event.ignore()

    def _see_footage(self) -> None:
        if self._pointer is not None:
            self.footage_requested.emit(self._pointer.lat_deg, self._pointer.lon_deg)

    def _show(self, layer: str, shown: bool) -> None:
        for part in _LAYERS[layer]:
            self.view.set_layer_shown(part, shown)
