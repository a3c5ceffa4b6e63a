"""What stands on the map on its day and at its hour: cameras, walls, units, incidents, figures.

Joins the day, the hour and everyone who asks the ground; reads nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.map.marks import CameraLook, MapLayer
from app.ui.live.map_feed import MapFeed
from app.ui.words import camera_looks
from app.ui.zone_map.map_panes import MapParts
from app.ui.zone_map.wall_steps import wall_rows

if TYPE_CHECKING:
    from app.ui.zone_map.map_place import MapPlace


class DayGround(QObject):
    """One map's ground, of now or of an earlier day, by day or at night."""

    def __init__(self, place: MapPlace, feed: MapFeed, parts: MapParts) -> None:
        super().__init__(place)
        self._place, self._feed, self._parts = place, feed, parts
        self._shown = parts.ground

    @property
    def is_past(self) -> bool:
        """Whether the map is of an earlier day."""
        return self._place.days.day is not None

    def looks(self) -> dict[str, CameraLook]:
        """How each camera is doing now: of an earlier day nothing is said."""
        if self.is_past:
            return {}
        parts = self._parts
        now_s, health = parts.desk.desk.clock.monotonic(), parts.pictures.health
        return camera_looks(parts.ground.cameras, health, now_s)

    def show(self) -> None:
        """The day's cameras and walls, who saw what then, and the incidents up to then."""
        place, days, night = self._place, self._place.days, self._place.hours.is_night
        if self.is_past:
            place.cameras.leave()
            place.walls.leave()
        place.time_bar.show_day(days.words)
        place.incidents.set_end(days.ends)
        is_same, self._shown = days.ground is self._shown, days.ground
        self._feed.show_ground(days.ground, self.looks(), night=night)
        place.who.set_ground(days.ground, night=night)
        place.watch.set_ground(days.ground, days.words, night=night)
        self.show_units()
        if not is_same:
            place.ask_again()
        self.show_counts()

    def show_again(self) -> None:
        """Something on it has changed: cameras, walls, or whether it is night."""
        self.show()
        self._place.ask_again()
        self._place.watch.forget()

    def show_units(self) -> None:
        """Units are where they are now: on no earlier day."""
        self._feed.show_units(() if self.is_past else self._parts.desk.desk.units())

    def show_counts(self) -> None:
        """How many of each stand there, and the list of walls."""
        ground = self._place.days.ground
        units = 0 if self.is_past else len(self._parts.desk.desk.units())
        counts = {
            MapLayer.CAMERAS: len(ground.cameras),
            MapLayer.UNITS: units,
            MapLayer.WALLS: len(ground.drawn_walls),
        }
        self._place.layers.show_counts(counts)
        self._place.walls_panel.show_walls(wall_rows(ground))
