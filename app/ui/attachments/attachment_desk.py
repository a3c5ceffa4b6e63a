"""What the card of attachments stands on: keeps, reads, looks into, lets out. Knows no widget."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.incidents.attachments.attachment import (
    Attachment,
    KeptFile,
    TakenOut,
    attach,
    attachments_of,
    record_taken_out,
)
from app.incidents.attachments.keeping import AttachingCancelledError, keep_file, remove_unfinished
from app.incidents.attachments.kinds import BY_MEDIA_TYPE
from app.incidents.attachments.preview import Preview, preview
from app.log import Log
from app.station import Disk
from app.station.disk import telling
from app.ui.background import Background
from app.ui.desk import Desk

Then = Callable[[Path], None]


class AttachmentDesk(QObject):
    """Acts return at once; what was done comes back as a signal."""

    attached = Signal(str, object)  # incident id, KeptFile
    progressed = Signal(int, int)  # bytes done, of all
    cancelled = Signal()
    failed = Signal(object)  # KnownError
    looked = Signal(str, object)  # attachment id, Preview

    def __init__(
        self, desk: Desk, log: Log, background: Background, disk: Disk, folder: Path
    ) -> None:
        super().__init__()
        self.desk = desk
        self._log, self._background, self._disk = log, background, disk
        self._folder = folder
        self._stop = threading.Event()
        self.is_busy = False
        clean = functools.partial(remove_unfinished, folder)
        background.run(clean, _nothing, self.failed.emit)

    def of(self, incident_id: str) -> list[Attachment]:
        """The files of an incident, the newest first."""
        with self._log.reading() as db:
            return attachments_of(db, incident_id)

    def keep(self, incident_id: str, source: Path, note: str = "") -> None:
        """Copy a file in and attach it. One at a time: a second waits for a person to ask again."""
        if self.is_busy:
            return
        self.desk.require_right("attachment_added")
        self.is_busy, self._stop = True, threading.Event()
        stop, actor = self._stop, self.desk.officer.actor

        def work() -> KeptFile | None:
            try:
                kept = keep_file(
                    source, self._folder, self._disk, stop=stop, told=self.progressed.emit
                )
            except AttachingCancelledError:
                return None
            attach(self._log, incident_id, kept, note, actor=actor).result()
            return kept

        done = functools.partial(self._on_kept, incident_id)
        self._background.run(work, done, self._on_failed)

    def cancel(self) -> None:
        """Stop copying; nothing is kept of it."""
        self._stop.set()

    def look_into(self, attachment: Attachment) -> None:
        """See what it shows, in a process of its own."""
        found = BY_MEDIA_TYPE.get(attachment.file.media_type)
        if found is None:
            self.looked.emit(attachment.id, Preview())
            return
        work = functools.partial(preview, self.path_of(attachment), found)
        done = functools.partial(self.looked.emit, attachment.id)
        self._background.run(work, done, self.failed.emit)

    def path_of(self, attachment: Attachment) -> Path:
        """Where it lies."""
        return self._folder / Path(attachment.file.file_name).name

    def take_out(self, attachment: Attachment, how: TakenOut, then: Then) -> None:
        """First the entry, then `then` with the kept file: nothing leaves unrecorded."""
        written = record_taken_out(self._log, attachment, how, actor=self.desk.officer.actor)
        path = self.path_of(attachment)
        self.desk.follow(written, lambda _: then(path))

    def copy(self, path: Path, target: Path, done: Callable[[object], None]) -> None:
        """A copy for somebody; on its disk when `done` is called."""

        def work() -> None:
            with telling(target):
                shutil.copyfile(path, target)
            self._disk.sync(target)

        self._background.run(work, done, self.failed.emit)

    def _on_kept(self, incident_id: str, kept: KeptFile | None) -> None:
        self.is_busy = False
        if kept is None:
            self.cancelled.emit()
        else:
            self.attached.emit(incident_id, kept)

    def _on_failed(self, error: object) -> None:
        self.is_busy = False
        self.failed.emit(error)


def _nothing(_: object) -> None:
    """What a crash left is gone; nobody has to be told."""
