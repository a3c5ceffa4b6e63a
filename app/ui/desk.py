"""The desk: through it windows read the log and act on it, in the Qt thread. Knows no widget.

Acts return at once; what was written comes back as `changed`, what could not be as `failed`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal

from app.cameras import bookmarks, drawn_masks
from app.cameras.camera import Camera
from app.cameras.masks import PrivacyMask
from app.cameras.register import cameras, next_camera_id
from app.cameras.wall_layouts import (
    WallLayout,
    remove_wall_layout,
    save_wall_layout,
    wall_layouts,
)
from app.clock import Clock
from app.duty.officers import Officer, officers
from app.duty.shifts import DEFAULT_SHIFTS
from app.duty.units import Unit, units
from app.errors import KnownError
from app.geo.areas import Area, Areas
from app.geo.drawn_walls import DrawnWall, drawn_walls
from app.incidents import dispatch, workflow
from app.incidents.deadlines import Targets
from app.incidents.incident import Incident, IncidentState, Report
from app.incidents.intake import next_number, report_incident
from app.incidents.late import LateTime
from app.incidents.register import closed_since, find_incidents, incident, open_incidents
from app.incidents.snapshots import Still, attach_still, record_copy
from app.incidents.story import StoryLine, stage_times, tell
from app.incidents.story_entries import story_entries
from app.log import Changed, Entry, Log
from app.log.rights import allows, require
from app.ui.incident_acts import IncidentActs
from app.ui.unit_desk import UnitDesk
from app.ui.words import program_names

Entries = tuple[Entry, ...]
StageTimes = dict[IncidentState, datetime]
WhenWritten = Callable[[Entries], None]


class Desk(QObject):
    """One officer's desk. Everything a window may ask of the log, and do to it."""

    changed = Signal(object)  # Changed
    officer_changed = Signal()
    failed = Signal(object)  # KnownError
    done = Signal()  # what somebody asked for here is in the log
    _told = Signal(object)  # Changed, still in the log's thread
    _written = Signal(object, object)  # Future, WhenWritten | None

    def __init__(self, log: Log, clock: Clock, officer: Officer, targets: Targets) -> None:
        super().__init__()
        self._log = log
        self.clock = clock
        self._officer = officer
        self.targets = targets
        self.shifts = DEFAULT_SHIFTS
        """How the station divides its day; the roster desk reads it."""
        self._written.connect(self._on_written, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self.incidents = IncidentActs(log, self)
        """Reports and incidents beyond their stages."""
        self.duty = UnitDesk(self, log)
        """Units: who is where, and what they do."""
        self._has_left = False
        self._unsubscribe = log.subscribe(self._tell)

    def leave(self) -> None:
        """Stop listening to the log; before the log is closed."""
        self._unsubscribe()
        self._has_left = True

    @property
    def officer(self) -> Officer:
        """In whose name it is recorded. At a locked console this officer may record nothing."""
        return self._officer

    @officer.setter
    def officer(self, officer: Officer) -> None:
        if officer != self._officer:
            self._officer = officer
            self.officer_changed.emit()

    # What is there

    def now(self) -> datetime:
        return self.clock.now()

    def open_incidents(self) -> list[Incident]:
        with self._log.reading() as db:
            return open_incidents(db)

    def incident(self, incident_id: str) -> Incident | None:
        with self._log.reading() as db:
            return incident(db, incident_id)

    def find_incidents(self, number: str, limit: int) -> list[Incident]:
        with self._log.reading() as db:
            return find_incidents(db, number, limit)

    def closed_since(self, since: datetime) -> int:
        with self._log.reading() as db:
            return closed_since(db, since)

    def story(self, incident_id: str) -> tuple[list[StoryLine], StageTimes]:
        """The lines of an incident, newest first, and when each of its stages began."""
        with self._log.reading() as db:
            told = story_entries(db, incident_id)
        own = [entry for entry in told if entry.subject == incident_id]
        return tell(told), stage_times(own)

    def units(self) -> list[Unit]:
        with self._log.reading() as db:
            return units(db)

    def cameras(self) -> list[Camera]:
        with self._log.reading() as db:
            return cameras(db)

    def masks_of(self, camera_id: str) -> tuple[PrivacyMask, ...]:
        """The privacy masks of one camera."""
        with self._log.reading() as db:
            return drawn_masks.masks_of(db, camera_id)

    def all_masks(self) -> dict[str, tuple[PrivacyMask, ...]]:
        """The privacy masks of every camera that has any, by its id."""
        with self._log.reading() as db:
            return drawn_masks.all_masks(db)

    def next_camera_id(self) -> str:
        """The id that the next camera will get."""
        with self._log.reading() as db:
            return next_camera_id(db)

    def wall_layouts(self) -> list[WallLayout]:
        """The named layouts of the camera wall."""
        with self._log.reading() as db:
            return wall_layouts(db)

    def areas(self) -> list[Area]:
        with self._log.reading() as db:
            return Areas(db).current()

    def drawn_walls(self) -> list[DrawnWall]:
        """The walls that somebody drew by hand, as they stand."""
        with self._log.reading() as db:
            return drawn_walls(db)

    def officer_names(self) -> dict[str, str]:
        """Names by id, for telling who wrote what."""
        with self._log.reading() as db:
            return {officer.id: officer.name for officer in officers(db)}

    def actor_names(self) -> dict[str, str]:
        """The same, and what programs are called that write entries of their own."""
        return {**program_names(), **self.officer_names()}

    def next_number(self) -> str:
        """The number a report would get now; another may take it first."""
        with self._log.reading() as db:
            year, serial = next_number(db, self.clock.now())
        return f"{serial}/{year}"

    def entry_count(self) -> int:
        return self._log.count()

    def log_head(self) -> str:
        return self._log.head().hash

    # What can be done

    def report(self, report: Report, when_written: WhenWritten) -> None:
        """Give the report its number. Raises KnownError at once if it is not complete."""
        written = report_incident(self._log, report, actor=self.officer.actor, clock=self.clock)
        self.follow(written, when_written)

    def dispatch(self, incident_id: str, unit_id: str, distance_m: float | None) -> None:
        self.follow(
            dispatch.dispatch(
                self._log, incident_id, unit_id, distance_m=distance_m, actor=self.officer.actor
            )
        )

    def on_the_way(self, incident_id: str) -> None:
        self.follow(dispatch.unit_on_the_way(self._log, incident_id, actor=self.officer.actor))

    def arrived(self, incident_id: str) -> None:
        self.follow(dispatch.units_arrived(self._log, incident_id, actor=self.officer.actor))

    def under_control(self, incident_id: str) -> None:
        self.follow(workflow.under_control(self._log, incident_id, actor=self.officer.actor))

    def close_incident(
        self,
        incident_id: str,
        result: str,
        arrest: bool,
        when_written: WhenWritten,
        *,
        reference: str = "",
        happened_at: datetime | None = None,
    ) -> None:
        """End it with its result. Raises KnownError at once if the result is empty."""
        written = workflow.close(
            self._log,
            incident_id,
            result=result,
            arrest=arrest,
            reference=reference,
            actor=self.officer.actor,
            late=self._late(happened_at),
        )
        self.follow(written, when_written)

    def add_note(
        self,
        incident_id: str,
        text: str,
        when_written: WhenWritten,
        *,
        happened_at: datetime | None = None,
    ) -> None:
        """Add to the story. Raises KnownError at once if there is nothing to add."""
        late = self._late(happened_at)
        written = workflow.add_note(
            self._log, incident_id, self.duty.spell_out(text), actor=self.officer.actor, late=late
        )
        self.follow(written, when_written)

    def _late(self, happened_at: datetime | None) -> LateTime | None:
        return LateTime(happened_at, self.now()) if happened_at is not None else None

    def may(self, kind: str) -> bool:
        """Whether the officer may record this kind."""
        return allows(self.officer.actor, kind)

    def refuses(self, kind: str) -> bool:
        """Whether the officer may not record this kind; then it is told why, and whom to ask."""
        try:
            self.require_right(kind)
        except KnownError as error:
            self.failed.emit(error)
            return True
        return False

    def require_right(self, kind: str) -> None:
        """KnownError now, before the officer does work that could not be saved."""
        require(self.officer.actor, kind)

    def draw_masks(
        self,
        camera_id: str,
        masks: Sequence[PrivacyMask],
        reason: str,
        when_written: WhenWritten,
    ) -> None:
        """Give a camera these masks. Raises KnownError at once if they will not do."""
        actor = self.officer.actor
        written = drawn_masks.draw_masks(self._log, camera_id, masks, reason, actor=actor)
        self.follow(written, when_written)

    def mark_moment(
        self, camera_id: str, at: datetime, incident_id: str, when_written: WhenWritten
    ) -> None:
        """Mark what a camera showed at `at`; the first entry's id is the mark's."""
        written = bookmarks.mark_moment(
            self._log, camera_id, at, incident_id=incident_id, actor=self.officer.actor
        )
        self.follow(written, when_written)

    def note_moment(self, mark_id: str, note: str) -> None:
        """Say what a marked moment shows. Raises KnownError at once if it says nothing."""
        self.follow(bookmarks.note_moment(self._log, mark_id, note, actor=self.officer.actor))

    def unmark_moment(self, mark_id: str, when_written: WhenWritten) -> None:
        written = bookmarks.unmark_moment(self._log, mark_id, actor=self.officer.actor)
        self.follow(written, when_written)

    def attach_still(self, incident_id: str, still: Still, when_written: WhenWritten) -> None:
        """Record that a kept still picture belongs to an incident."""
        written = attach_still(self._log, incident_id, still, actor=self.officer.actor)
        self.follow(written, when_written)

    def record_copy(self, still: Still, when_written: WhenWritten) -> None:
        """Record that a still picture is about to leave the station's keeping."""
        self.follow(record_copy(self._log, still, actor=self.officer.actor), when_written)

    def save_wall_layout(self, layout: WallLayout, when_written: WhenWritten) -> None:
        """Save a layout for all consoles. Raises KnownError at once if its name will not do."""
        written = save_wall_layout(self._log, layout, actor=self.officer.actor)
        self.follow(written, when_written)

    def remove_wall_layout(self, layout: WallLayout, when_written: WhenWritten) -> None:
        """Offer a layout no longer."""
        written = remove_wall_layout(self._log, layout, actor=self.officer.actor)
        self.follow(written, when_written)

    # From the log's threads to this one

    def follow(self, written: Future[Entries], when_written: WhenWritten | None = None) -> None:
        """Tell here, in the Qt thread, what became of it: `when_written`, or `failed`."""
        written.add_done_callback(lambda done: self._written.emit(done, when_written))

    def _on_written(self, written: Future[Entries], when_written: WhenWritten | None) -> None:
        if self._has_left:
            return
        try:
            entries = written.result()
        except KnownError as error:
            self.failed.emit(error)
            return
        self.done.emit()
        if when_written is not None:
            when_written(entries)

    def _tell(self, changed: Changed) -> None:
        self._told.emit(changed)

    def _on_told(self, changed: Changed) -> None:
        """In the Qt thread. Who has left reads no more: the log may be closed by now."""
        if not self._has_left:
            self.changed.emit(changed)
