"""Keeps a still picture: in the evidence of an incident, or on the clipboard. Takes none itself.

Whoever takes one, from a live tile or from footage, hands it over here with its own time.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.incidents.snapshots import Still, keep_still
from app.log import Entry
from app.station import Disk
from app.thai.dates import age, date_time
from app.thai.translation import language, tr
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.wall.still_picture import Shot, copy_to_clipboard
from app.video.health import LOST_AFTER_S


@dataclass(frozen=True, slots=True)
class StillKeeping:
    """What still pictures stand on: where they are kept, and who does the slow work."""

    background: Background
    disk: Disk
    folder: Path


class StillKeeper(QObject):
    """Encodes in the background, keeps, and tells the log."""

    told = Signal(str)
    failed = Signal(object)  # KnownError

    def __init__(self, parent: QObject, desk: Desk, keeping: StillKeeping) -> None:
        super().__init__(parent)
        self._desk, self._keeping = desk, keeping

    def keep(self, shot: Shot, incident_id: str) -> None:
        """To this incident; to the clipboard where there is none."""
        background = self._keeping.background
        if incident_id:
            work = functools.partial(_encode_and_keep, shot, self._keeping)
            done = functools.partial(self._on_kept, incident_id)
            background.run(work, done, self.failed.emit)
        else:
            background.run(shot.encoded, self._on_encoded, self.failed.emit)

    def _on_kept(self, incident_id: str, still: Still) -> None:
        tell = functools.partial(self._on_attached, incident_id, still)
        self._desk.attach_still(incident_id, still, tell)

    def _on_attached(self, incident_id: str, still: Still, entries: tuple[Entry, ...]) -> None:
        incident = self._desk.incident(incident_id)
        number = incident.number if incident else incident_id
        words = tr(
            "Still picture of {camera} attached to {number}: {what}",
            camera=still.camera_id,
            number=number,
            what=_what_it_is(still),
        )
        self.told.emit(words)

    def _on_encoded(self, still: Still) -> None:
        """First the entry, then the clipboard: no picture leaves unrecorded."""
        self._desk.record_copy(still, functools.partial(self._on_recorded, still))

    def _on_recorded(self, still: Still, entries: tuple[Entry, ...]) -> None:
        copy_to_clipboard(still)
        words = tr(
            "Still picture of {camera} is on the clipboard: {what}\n"
            "No incident is selected, so it is not kept here; the log has its hash.",
            camera=still.camera_id,
            what=_what_it_is(still),
        )
        self.told.emit(words)


def _encode_and_keep(shot: Shot, keeping: StillKeeping) -> Still:
    """In a thread of the background."""
    still = shot.encoded()
    keep_still(keeping.folder, still, keeping.disk)
    return still


def _what_it_is(still: Still) -> str:
    """`22 พ.ย. 2569 10:46:31, 480×270`, and how old it was if it was not live."""
    words = f"{date_time(still.taken_at, language())}, {still.width_px}×{still.height_px}"
    if still.age_s > LOST_AFTER_S:
        old = tr("not live: the picture was {age} old", age=age(still.age_s, language()))
        words = f"{words}, {old}"
    return words
