"""Bringing maps at the desk: looks a file through, brings it, reads what is in use. No widget.

Outlives the window, so that a change of language loses nothing. Answers come in the Qt thread.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import KnownError, msg
from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon
from app.geo.ground_pictures import GroundRead, Trouble, read_ground, trouble_error
from app.geo.imports import picture_turns
from app.geo.imports.brought import maps_in_use, pictures_brought
from app.geo.imports.classes import class_table_of
from app.geo.imports.inspection import Inspection, InspectRequest, LayerGroup
from app.geo.imports.job import PREVIOUS_SUFFIX, BasemapImported, bring_map, inspect_map
from app.geo.imports.picture_turns import GroundPicturePutAside, GroundPicturePutBack
from app.geo.imports.put_back import BasemapPutBack, put_back
from app.geo.imports.request import (
    Crs,
    CrsUnclearError,
    ImportCancelledError,
    ImportReport,
    ImportRequest,
    Progress,
)
from app.geo.imports.things import clean_name
from app.geo.imports.worker import BASEMAP_NAME
from app.geo.projection import Projection
from app.log import Actor, Fact, Log
from app.log.rights import may
from app.map.draw_rasters import Troubles
from app.station import Disk, StationFolder
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.setup.map_work import MapInUse, MapWork, PictureInUse, Step

STOPPING = msg("Stopping…")
STOPPED = msg("Stopped. The map that was there is not touched.")

Told = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Brought:
    report: ImportReport
    ground: GroundRead
    log_error: KnownError | None


class MapOffice(QObject):
    """One file at a time; another one ends the one before."""

    changed = Signal()
    basemap_read = Signal(object)  # Basemap
    failed = Signal(object)  # KnownError: the map in use cannot be read
    _told = Signal(object, object)  # threading.Event of the job, Progress

    def __init__(self, desk: Desk, log: Log, folder: StationFolder, disk: Disk) -> None:
        super().__init__()
        self.work = MapWork()
        self._desk = desk
        self._log = log
        self._folder = folder
        self._disk = disk
        self._basemap: Basemap | None = None
        self._troubles_told: set[object] = set()  # since the map was read
        self.is_putting_back = False
        self._background = Background(workers=2)
        self._job = threading.Event()  # of the job under way; set: it is to end
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    @property
    def projection(self) -> Projection:
        """The station's metres."""
        return Projection(self._folder.profile.epsg)

    def stop(self) -> None:
        """End what is under way, and wait for that."""
        self._job.set()
        self._background.stop()

    # What is in use

    def read(self) -> None:
        """Read the map in use; `basemap_read` or `failed` follows."""
        self._background.run(self._read_ground, self._on_read, self.failed.emit)

    def _read_ground(self) -> GroundRead:
        return read_ground(self._folder.basemap, self._folder.profile.epsg)

    def in_use(self) -> MapInUse:
        """Who brought the map in use, or which files it is made of."""
        folder = self._folder.basemap
        files = tuple(path.name for path in sorted(folder.glob("*.gpkg")))
        kept = tuple(path.name for path in sorted(folder.glob(f"*.gpkg{PREVIOUS_SUFFIX}")))
        entries = self._log.entries_of("basemap")
        brought = maps_in_use(entries) if BASEMAP_NAME in files else []
        by_file = pictures_brought(entries)
        found = self._basemap.pictures if self._basemap is not None else ()
        pictures = tuple(
            PictureInUse(one.name, one.attribution, by_file.get(one.name)) for one in found
        )
        aside = tuple(
            PictureInUse(name, "", by_file.get(name))
            for name in picture_turns.kept_pictures(folder)
        )
        return MapInUse(tuple(brought), files, kept, self._basemap, pictures, aside)

    def officer_name(self, officer_id: str) -> str:
        """Who brought a map."""
        return self._desk.actor_names().get(officer_id, officer_id)

    def _on_read(self, ground: GroundRead) -> None:
        self._basemap = ground.basemap
        self._troubles_told.clear()
        self.basemap_read.emit(ground.basemap)
        for error in ground.errors:
            self.failed.emit(error)

    def tell_of_pictures(self, troubles: Troubles) -> None:
        """A map could not draw some picture of the ground: `failed`, once for each.

        While files are being moved, and of those that were, nothing is told: it is known.
        """
        if self.is_putting_back or self.work.step is Step.BRINGING or self._basemap is None:
            return
        there = {one.name: one.is_there() for one in self._basemap.pictures}
        for name, trouble in troubles:
            is_so = name in there and there[name] == (trouble is not Trouble.GONE)
            if is_so and (name, trouble) not in self._troubles_told:
                self._troubles_told.add((name, trouble))
                self.failed.emit(trouble_error(name, trouble))

    def put_back(self) -> None:
        """The map before in place of the one in use; `basemap_read` or `failed` follows."""
        folder = self._folder.basemap

        def turn() -> Fact:
            put_back(folder, self._folder.profile.epsg, self._disk)
            return BasemapPutBack(tuple(path.name for path in sorted(folder.glob("*.gpkg"))))

        self._turn(BasemapPutBack.kind, turn)

    def put_picture_aside(self, name: str) -> None:
        """Take a picture of the ground off the map; `basemap_read` or `failed` follows."""

        def turn() -> Fact:
            picture_turns.put_aside(self._folder.basemap, name, self._disk)
            return GroundPicturePutAside(name)

        self._turn(GroundPicturePutAside.kind, turn)

    def put_picture_back(self, name: str) -> None:
        """Put a picture that is kept back on the map; `basemap_read` or `failed` follows."""

        def turn() -> Fact:
            picture_turns.put_back(self._folder.basemap, name, self._disk)
            return GroundPicturePutBack(name)

        self._turn(GroundPicturePutBack.kind, turn)

    def _turn(self, kind: str, turn: Callable[[], Fact]) -> None:
        """Do it in a thread, write down what was done, and read what is in use since."""
        if self.is_putting_back or self.work.step is Step.BRINGING:
            return
        try:
            self._desk.require_right(kind)
        except KnownError as error:
            self.failed.emit(error)
            return
        self.is_putting_back = True
        actor = self._desk.officer.actor

        def work() -> GroundRead:
            self._log.append(turn(), actor=actor).result()
            return self._read_ground()

        self._background.run(work, self._on_put_back, self._on_not_put_back)

    def _on_put_back(self, ground: GroundRead) -> None:
        self.is_putting_back = False
        if self.work.step is Step.DONE:  # what it says came in is in use no longer
            self._show(MapWork())
        self._on_read(ground)

    def _on_not_put_back(self, error: KnownError) -> None:
        self.is_putting_back = False
        self.failed.emit(error)
        self.read()

    # A file

    @property
    def may_bring(self) -> bool:
        """Whether the officer at the desk may bring a map."""
        return may(self._desk.officer.role, BasemapImported.kind)

    def look_at(self, source: Path, crs: Crs | None = None) -> None:
        """Look a file through; nothing is changed by that. Not while another is being brought."""
        if self.work.step is Step.BRINGING:
            return
        try:
            self._desk.require_right(BasemapImported.kind)
        except KnownError as error:
            self._show(MapWork(Step.FAILED, source, error=error))
            return
        self._show(MapWork(Step.LOOKING, source, crs=crs))
        request = InspectRequest(
            source, LatLon(*self._folder.profile.centre), crs=crs, class_table=self._class_table()
        )
        self._begin(functools.partial(inspect_map, request), self._on_looked, self._on_not_looked)

    def choose_class(self, group: LayerGroup, into: str) -> None:
        """What a group of the file is to become."""
        self._show(self.work.with_class(group, into))

    def set_attribution(self, words: str) -> None:
        """What is to be said on the map of where it comes from; the screen has it already."""
        self.work = replace(self.work, attribution=words)

    def set_added(self, is_added: bool) -> None:
        """Whether the map comes beside what is there, or in its place."""
        self.work = replace(self.work, is_added=is_added)

    def bring(self) -> None:
        """Bring the file that was looked through."""
        work = self.work
        if work.step is not Step.SHOWN or work.source is None or not work.wanted_count:
            return
        if self.is_putting_back:
            return
        profile = self._folder.profile
        request = ImportRequest(
            work.source, self._folder.basemap, profile.epsg, LatLon(*profile.centre),
            crs=work.crs, add=work.is_added, attribution=clean_name(work.attribution),
            class_table=self._class_table(), choices=work.choices,
        )  # fmt: skip
        self._show(replace(work, step=Step.BRINGING, progress=None, error=None, note=None))
        act = functools.partial(self._bring, request, self._desk.officer.actor)
        self._begin(act, self._on_brought, self._on_not_brought)

    def cancel(self) -> None:
        """End what is under way. Whether a map came in before that, its process must say."""
        self._job.set()
        if self.work.step is Step.BRINGING:
            self._show(replace(self.work, note=STOPPING))
        elif self.work.step is Step.LOOKING:
            self._show(MapWork(note=STOPPED))

    def clear(self) -> None:
        """Put the file away."""
        if self.work.step is not Step.BRINGING:
            self._job.set()
            self._show(MapWork())

    def _show(self, work: MapWork) -> None:
        self.work = work
        self.changed.emit()

    def _class_table(self) -> Path | None:
        return class_table_of(self._folder.root)

    # Work, in a thread

    def _begin(
        self,
        act: Callable[..., object],
        done: Callable[[object], None],
        failed: Callable[[KnownError], None],
    ) -> None:
        """`done` hears None when it was stopped. A job that another replaced is heard by nobody."""
        self._job.set()
        job = self._job = threading.Event()

        def work() -> object:
            try:
                return act(stop=job, told=lambda progress: self._told.emit(job, progress))
            except ImportCancelledError:
                return None

        self._background.run(
            work,
            lambda result: done(result) if job is self._job else None,
            lambda error: failed(error) if job is self._job else None,
        )

    def _bring(
        self, request: ImportRequest, actor: Actor, *, stop: threading.Event, told: Told
    ) -> _Brought:
        report = bring_map(request, stop=stop, told=told, disk=self._disk)
        fact = BasemapImported(report, request.source.name, request.add)
        log_error = None
        try:
            self._log.append(fact, actor=actor).result()
        except KnownError as error:  # the map is in place: that must be said too
            log_error = error
        return _Brought(report, self._read_ground(), log_error)

    # In the Qt thread

    def _on_told(self, job: object, progress: Progress) -> None:
        if job is self._job and self.work.is_busy:
            self._show(replace(self.work, progress=progress))

    def _on_looked(self, found: object) -> None:
        if not isinstance(found, Inspection) or self.work.step is not Step.LOOKING:
            return  # it was stopped
        self._show(
            replace(
                self.work, step=Step.SHOWN, found=found, attribution=found.attribution,
                progress=None,
            )
        )  # fmt: skip

    def _on_not_looked(self, error: KnownError) -> None:
        if self.work.step is not Step.LOOKING:
            return
        asks = isinstance(error, CrsUnclearError) and bool(error.candidates)
        step = Step.UNCLEAR if asks else Step.FAILED
        self._show(replace(self.work, step=step, error=error, progress=None))

    def _on_brought(self, brought: object) -> None:
        if not isinstance(brought, _Brought):
            self._show(replace(self.work, step=Step.SHOWN, progress=None, note=STOPPED))
            return
        self._basemap = brought.ground.basemap
        self._show(
            replace(
                self.work, step=Step.DONE, report=brought.report, error=brought.log_error, note=None
            )
        )
        self._on_read(brought.ground)

    def _on_not_brought(self, error: KnownError) -> None:
        self._show(replace(self.work, step=Step.SHOWN, error=error, progress=None, note=None))
