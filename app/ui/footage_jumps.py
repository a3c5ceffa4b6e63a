"""From anywhere in the window to recorded footage and back to live. Knows the window."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.geo.coordinates import LatLon
from app.ui.desk import Desk
from app.ui.wall.snapshots import no_tile

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

LAST = timedelta(seconds=30)
A_WHILE = timedelta(minutes=2)


class FootageJumps(QObject):
    """What the keys R and Shift+R, the menus of tiles and map, and the palette do."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        live = window.live
        live.footage_requested.connect(self._on_map_point)
        live.acts.footage_requested.connect(self.camera)
        live.detail.footage_requested.connect(self.incident)

    def incident(self) -> None:
        """Footage of the selected incident; without one, of the selected tile."""
        incident = self._window.live.selected
        if incident is None:
            self.camera()
            return
        self._window.review.jumps.incident(incident)
        self._window.show_place("review")

    def camera(self, camera_id: str = "") -> None:
        """The last 30 seconds of a camera; without an id, of the selected tile."""
        tile = self._window.live.acts.tile(camera_id)
        if tile is None or tile.camera is None:
            self._window.warn(no_tile())
            return
        self._window.review.jumps.camera(tile.camera.id, LAST)
        self._window.show_place("review")

    def place(self, place: LatLon, name: str = "") -> None:
        """Footage of a place, a little while ago."""
        self._window.review.jumps.place(place, name, self._desk.now() - A_WHILE)
        self._window.show_place("review")

    def live(self, camera_id: str) -> None:
        """Back: this camera's live picture over the whole grid."""
        self._window.show_place("live")
        grid = self._window.live.grid
        grid.select_camera(camera_id)
        if grid.single != camera_id:
            grid.toggle_single(camera_id)

    def _on_map_point(self, lat_deg: float, lon_deg: float) -> None:
        self.place(LatLon(lat_deg, lon_deg))
