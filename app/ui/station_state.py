"""What the window is told about its station. Values only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.station.profile import Profile
from app.station.signing_key import KeyShown
from app.ui.attachments.attachment_desk import AttachmentDesk
from app.ui.handover.duty import Duty
from app.ui.log_keeping import LogKeeping
from app.ui.officer_office import OfficerOffice
from app.ui.papers.papers_room import PapersRoom
from app.ui.sign_in.desk_guard import DeskGuard


@dataclass(frozen=True, slots=True)
class StationState:
    """The station's settings, who guards its desk, its log and its key."""

    profile: Profile
    guard: DeskGuard
    officers: OfficerOffice
    keeping: LogKeeping
    """What is known of the log, and doing something about it."""
    duty: Duty
    files: AttachmentDesk
    papers: PapersRoom
    key: Callable[[], KeyShown] | None = None
    """What there is to tell of the signing key."""
