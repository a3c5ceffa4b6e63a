"""The map at the desk: areas of any day, incidents of any time, and what is drawn. No widget."""

from __future__ import annotations

import functools
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject

from app.cameras import register
from app.cameras.camera import Camera
from app.cameras.register_history import cameras_as_of
from app.geo.area_saving import AreaEdit, drawn_by, save_areas
from app.geo.areas import Area, AreaKind, Areas
from app.geo.drawn_walls import DrawnWall, wall_versions, walls_as_of
from app.geo.imports.request import ImportCancelledError, ShapesRequest
from app.geo.interchange.areas_in import AreasFile, read_areas
from app.geo.interchange.areas_out import write_areas
from app.geo.wall_saving import WallEdit, save_wall
from app.incidents.correction import AreasThen, NewPlace, correct_place
from app.incidents.incident import Incident
from app.incidents.register import incidents_between
from app.log import Log
from app.ui.background import Background, WhenDone, WhenFailed
from app.ui.desk import Desk, WhenWritten
from app.ui.place_office import PlaceOffice
from app.ui.setup.map_office import MapOffice

MOST_INCIDENTS = 50_000


class MapDesk(QObject):
    """One desk's questions about the map, and what is done with it."""

    def __init__(self, desk: Desk, log: Log, background: Background, maps: MapOffice) -> None:
        super().__init__()
        self.maps = maps
        self.places = PlaceOffice(desk, log, background, maps.projection)
        maps.basemap_read.connect(self.places.set_basemap)
        self.desk = desk
        self.background = background
        self._log = log

    def areas_as_of(self, at: datetime) -> list[Area]:
        """The areas as they held at an instant."""
        with self._log.reading() as db:
            return Areas(db).as_of(at)

    def cameras_as_of(self, at: datetime) -> list[Camera]:
        """The cameras that were in use at an instant, as they stood then."""
        with self._log.reading() as db:
            return cameras_as_of(db, at)

    def walls_as_of(self, at: datetime) -> list[DrawnWall]:
        """The walls drawn by hand that stood at an instant."""
        with self._log.reading() as db:
            return walls_as_of(db, at)

    def wall_versions(self, wall_id: str) -> list[DrawnWall]:
        """Every version of a wall drawn by hand, the oldest first."""
        with self._log.reading() as db:
            return wall_versions(db, wall_id)

    def save_wall(self, edit: WallEdit, reason: str, when_written: WhenWritten) -> None:
        """A wall drawn, changed or gone. KnownError at once without a reason or the right."""
        self.desk.require_right("wall_drawn" if edit.corners else "wall_removed")
        written = save_wall(self._log, edit, reason, actor=self.desk.officer.actor)
        self.desk.follow(written, when_written)

    def versions(self, area_id: str) -> list[Area]:
        """Every version of an area, the oldest first."""
        with self._log.reading() as db:
            return Areas(db).versions(area_id)

    def drawn_by(self, version: str) -> str:
        """The name of who drew a version of an area."""
        with self._log.reading() as db:
            actor = drawn_by(db, version)
        return self.desk.actor_names().get(actor, actor)

    def incidents(self, since: datetime, until: datetime) -> list[Incident]:
        """What was reported in between, in order."""
        with self._log.reading() as db:
            return incidents_between(db, since, until, MOST_INCIDENTS)

    def save_areas(self, edits: Sequence[AreaEdit], reason: str, when_written: WhenWritten) -> None:
        """Save a drawing whole. KnownError at once without a reason, a name or the right."""
        self.desk.require_right("area_drawn")
        written = save_areas(self._log, edits, reason, actor=self.desk.officer.actor)
        self.desk.follow(written, when_written)

    def write_areas(
        self, path: Path, areas: Sequence[Area], *, done: WhenDone, failed: WhenFailed
    ) -> None:
        """Write areas to a file of the format its name ends with; `done` gets its paths."""
        self.background.run(functools.partial(write_areas, path, areas), done, failed)

    def read_areas(
        self,
        request: ShapesRequest,
        kind: AreaKind,
        stop: threading.Event,
        *,
        done: WhenDone,
        failed: WhenFailed,
    ) -> None:
        """Read a file of areas; `done` gets an AreasFile, or None when `stop` was set."""
        holding = self.desk.areas()

        def work() -> AreasFile | None:
            try:
                return read_areas(request, kind, holding, stop=stop)
            except ImportCancelledError:
                return None

        self.background.run(work, done, failed)

    def take_areas(
        self, edits: Sequence[AreaEdit], reason: str, *, done: WhenDone, failed: WhenFailed
    ) -> None:
        """Save what a file holds, all or nothing; never over what somebody drew meanwhile."""
        actor = self.desk.officer.actor

        def work() -> object:
            return save_areas(self._log, edits, reason, actor=actor).result()

        self.background.run(work, done, failed)

    def areas_then(self, incident: Incident) -> AreasThen:
        """The areas as they held when it was reported; those of now where there were none yet."""
        return AreasThen(self.areas_as_of(incident.reported_at) or self.desk.areas())

    def correct_place(
        self, seen: Incident, new: NewPlace, reason: str, when_written: WhenWritten
    ) -> None:
        """An incident happened elsewhere. KnownError at once if something is missing or wrong."""
        self.desk.require_right("incident_corrected")
        written = correct_place(self._log, seen, new, reason, actor=self.desk.officer.actor)
        self.desk.follow(written, when_written)

    def change_camera(self, camera: Camera, when_written: WhenWritten) -> None:
        """A camera stands or looks elsewhere. KnownError at once if it is wrong or not allowed."""
        self.desk.require_right("camera_changed")
        written = register.change(self._log, camera, actor=self.desk.officer.actor, confirmed=True)
        self.desk.follow(written, when_written)
