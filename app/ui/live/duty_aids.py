"""What outlives a window: the draft of a report, and the watch over what is overdue."""

from __future__ import annotations

import functools
from pathlib import Path

from app.incidents.drafts import DraftFile
from app.log import Actor
from app.platform.sound import play_sound
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.live.draft_keeper import DraftKeeper
from app.ui.live.overdue_watch import OverdueWatch
from app.ui.theme import RESOURCES

SOUND = RESOURCES / "sounds" / "overdue.wav"


class DutyAids:
    """Made with the desk, handed to each window, stopped before the log."""

    def __init__(self, desk: Desk, background: Background, draft: Path, program: Actor) -> None:
        self.drafts = DraftKeeper(DraftFile(draft), desk.clock)
        play = functools.partial(play_sound, SOUND)
        self.overdue = OverdueWatch(desk, background, play, program=program)

    def stop(self) -> None:
        """What is typed and not written yet is written."""
        self.drafts.stop()
