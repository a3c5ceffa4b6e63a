"""Shifts and their handover as one thing for window and application: made, wired, let go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.cameras.ground import Ground
from app.log import Log
from app.station import Disk, StationFolder
from app.thai.translation import tr
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.handover.draft import DraftFile
from app.ui.handover.handover_desk import HandoverDesk, HandoverParts
from app.ui.handover.handover_place import HandoverPlace
from app.ui.handover.handover_reading import HandoverReading
from app.ui.handover.roster_desk import RosterDesk
from app.ui.handover.surroundings_now import SurroundingsNow
from app.ui.log_keeping import LogKeeping
from app.ui.recording_words import Watch
from app.ui.setup.shifts_pane import ShiftsPane
from app.ui.sign_in.desk_guard import DeskGuard
from app.ui.sign_in.entrance import Entrance
from app.ui.theme import Theme
from app.video.live import LivePictures

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


class Duty:
    """What outlives a window: both desks, and what is typed and not signed."""

    def __init__(self, parts: HandoverParts, guard: DeskGuard) -> None:
        self.roster = RosterDesk(parts.desk, parts.log)
        self.handover = HandoverDesk(parts)
        self.handover.desk_taken.connect(guard.hand_to)

    def leave(self) -> None:
        """The console is closing."""
        self.handover.leave()


def open_duty(
    desk: Desk,
    log: Log,
    background: Background,
    entrance: Entrance,
    ground: Ground,
    pictures: LivePictures,
    recorder: Watch,
    keeping: LogKeeping,
    folder: StationFolder,
    draft: Path,
) -> Duty:
    """Shifts and handover of a station; `draft`: this desk's own file of what is typed."""
    profile = folder.profile
    around = SurroundingsNow(desk.clock, ground, pictures, recorder, keeping, folder.root)
    target_min = float(profile.time_to_scene_target_min)
    parts = HandoverParts(
        desk=desk,
        log=log,
        background=background,
        reading=HandoverReading(log, desk.clock, desk.targets, target_min),
        surroundings=around,
        sign_in=entrance.sign_in,
        drafts=DraftFile(draft, Disk()),
    )
    return Duty(parts, entrance.guard)


class DutyOfWindow(QObject):
    """What one window shows of it: the shift in its header, and the handover's screen."""

    def __init__(self, window: MainWindow, theme: Theme, duty: Duty) -> None:
        super().__init__(window)
        self._window, self._theme, self.duty = window, theme, duty
        self._place: HandoverPlace | None = None
        window.header.handover_requested.connect(self.open)
        duty.roster.changed.connect(self._show_shift)
        self._show_shift()

    @property
    def place(self) -> HandoverPlace:
        """Built when it is first wanted."""
        if self._place is None:
            self._place = HandoverPlace(self._theme, self.duty.handover)
            self._place.told.connect(self._window.notice.tell)
            self._place.incident_opened.connect(self._on_incident_opened)
            self._place.print_requested.connect(self._on_print)
            self._place.show_now()
        return self._place

    def new_shifts_pane(self) -> ShiftsPane:
        """Setup › Shifts, for the Setup place to hold."""
        return ShiftsPane(self._theme, self.duty.roster)

    def open(self) -> None:
        """The handover's screen."""
        self._window.show_place("handover")

    def read(self) -> None:
        """After the first paint: the station's hours, and whether a handover waits."""
        self.duty.roster.read()
        if self.duty.roster.is_waiting:
            words = tr("A handover was written and waits for whoever accepts it: F8")
            self._window.notice.tell(words)

    def _show_shift(self) -> None:
        roster = self.duty.roster
        self._window.header.show_shifts(roster.table(), waits=roster.is_waiting)

    def _on_print(self) -> None:
        self._window.papers_room.print_handover()

    def _on_incident_opened(self, incident_id: str) -> None:
        self._window.show_place("live")
        self._window.live.choose(incident_id)
