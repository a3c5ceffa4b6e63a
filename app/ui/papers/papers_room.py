"""What stands behind the Papers place and outlives its windows: made, started, ended here.

Press, print queue, the preview's pictures, what this desk remembers. Knows no widget.
"""

from __future__ import annotations

import logging
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.cameras.ground import Ground
from app.errors import KnownError
from app.geo.basemap import Basemap
from app.log import Log
from app.platform.printers import Printer
from app.sheets.press import Press
from app.station import Disk, StationFolder
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.papers.batch_job import BatchJob
from app.ui.papers.kept_jobs import KeptJobs
from app.ui.papers.paper_desk import PaperDesk
from app.ui.papers.print_queue import PrintQueue
from app.ui.papers.printing import Printing, printing_here
from app.ui.papers.remembered import Remembered
from app.ui.papers.sheet_parts import SheetParts
from app.ui.papers.sheet_setting import SheetSetting

if TYPE_CHECKING:
    from app.ui.papers.page_pictures import PagePictures

_logger = logging.getLogger(__name__)


class PapersRoom(QObject):
    """One console's. The press starts when somebody first looks at the place."""

    printers_read = Signal(object)  # tuple[Printer, ...]

    def __init__(
        self,
        desk: Desk,
        log: Log,
        folder: StationFolder,
        ground: Ground,
        background: Background,
        remembered: Path,
        printing: Printing | None = None,
    ) -> None:
        super().__init__()
        disk = Disk()
        self._basemap: Basemap | None = None
        parts = SheetParts(
            folder=folder,
            log=log,
            clock=desk.clock,
            targets=desk.targets,
            ground=ground,
            basemap=lambda: self._basemap,
            disk=disk,
            actor=lambda: desk.officer.actor,
        )
        self.background = background
        self._press = Press(folder, log.head)
        self._queue = PrintQueue(printing or printing_here(), desk.clock)
        kept = remembered.with_name(f"queue-{remembered.name}")
        self._kept_jobs = KeptJobs(kept, folder.papers, disk)
        not_sent = self._kept_jobs.load()
        self._queue.restore(not_sent)
        self._untold = tuple(job.title for job in not_sent)
        self._queue.changed.connect(self._keep_jobs)
        self.desk = PaperDesk(desk, parts, self._press, self._queue, background)
        self.setting = SheetSetting(self.desk.set)
        self.batch = BatchJob(self.desk, background)
        self.remembered = Remembered(remembered, disk)
        self.last_kind = ""
        self.abouts: dict[str, str] = {}
        """What each kind of sheet was about the last time."""
        self.options: dict[str, dict[str, Any]] = {}
        """What was chosen for it then, for the window that takes another's place."""
        self._printers: tuple[Printer, ...] | None = None
        self._is_asking = False
        self._is_stopped = False

    @cached_property
    def pictures(self) -> PagePictures:
        """The preview's; made when somebody first looks, for pdfium is loaded with it."""
        from app.ui.papers.page_pictures import PagePictures

        return PagePictures()

    @property
    def queue(self) -> PrintQueue:
        """The print queue."""
        return self._queue

    def names(self) -> dict[str, str]:
        """Officers' names by id."""
        return self.desk.desk.actor_names()

    def take_not_sent(self) -> tuple[str, ...]:
        """The jobs that the console before this one did not send, for whoever tells it; once."""
        titles, self._untold = self._untold, ()
        return titles

    def set_basemap(self, basemap: Basemap) -> None:
        """The base map was read, or is another now."""
        self._basemap = basemap

    def warm(self) -> None:
        """Somebody looks at the place: the press gets ready, what a crash left is cleared."""
        self.desk.clear_copies()
        self._press.warm()

    def read_printers(self) -> None:
        """Ask which printers there are; what was told last is told at once."""
        if self._printers is not None:
            self.printers_read.emit(self._printers)
        if self._is_asking or self._is_stopped:
            return
        self._is_asking = True
        self.background.run(self._queue.printing.printers, self._on_printers, self._on_no_printers)

    def stop(self) -> None:
        """The console ends: nothing more is set; what a printer has already, it prints."""
        self._is_stopped = True
        self.remembered.save_quietly()
        self.batch.cancel()
        self._press.close()
        self.setting.stop()
        self._keep_jobs()
        self._queue.stop()
        if "pictures" in vars(self):
            self.pictures.stop()
        self.desk.clear_copies()
        _logger.info("stopped: papers")

    def _keep_jobs(self) -> None:
        self._kept_jobs.save(tuple(reversed(self._queue.jobs)))  # the oldest first

    def _on_printers(self, printers: object) -> None:
        self._is_asking = False
        assert isinstance(printers, tuple | list)  # as whoever prints gave them
        self._printers = tuple(printers)
        self.printers_read.emit(self._printers)

    def _on_no_printers(self, error: KnownError) -> None:
        self._is_asking = False
        _logger.info("the printers could not be asked for: %s", error)
        self._printers = ()
        self.printers_read.emit(())
