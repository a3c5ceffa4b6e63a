"""Taking out what was found: asks where to, begins it, and says what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import KnownError
from app.incidents.table_export import ExportedTable
from app.thai.dates import to_local
from app.thai.translation import tr
from app.ui.file_choice import choose_new_file
from app.ui.log_place.table_job import TableJob

if TYPE_CHECKING:
    from app.ui.log_place.log_place import LogPlace


class TableSteps(QObject):
    """Ctrl+E."""

    def __init__(self, place: LogPlace, job: TableJob) -> None:
        super().__init__(place)
        self._place, self._job = place, job
        place.bar.export_requested.connect(self.ask_where)
        place.strip.cancelled.connect(job.cancel)
        job.changed.connect(place.strip.show_progress)
        job.finished.connect(self._on_finished)
        job.failed.connect(place.failed)
        place.strip.show_progress(job.progress)

    def ask_where(self) -> None:
        """Choose the file and its kind; refused without the right."""
        answer = self._place.asking.answer
        if answer is None or not len(answer.keys):
            return
        try:
            self._job.require()
        except KnownError as error:
            self._place.failed.emit(error)
            return
        day = to_local(self._place.now()).date()
        choose_new_file(
            self._place,
            tr("Take the incidents out as a table"),
            f"incidents-{day.isoformat()}.xlsx",
            {tr("Workbook for Excel (*.xlsx)"): "xlsx", tr("Text for any program (*.csv)"): "csv"},
            self.begin,
        )

    def begin(self, path: Path) -> None:
        """Write it there, in the background."""
        answer = self._place.asking.answer
        if answer is None:
            return
        try:
            self._job.begin(path, answer.asked, answer.keys.tolist())
        except KnownError as error:
            self._place.failed.emit(error)

    def _on_finished(self, exported: ExportedTable | None) -> None:
        if exported is None:
            self._place.told.emit(tr("The export was cancelled; nothing was written."))
            return
        words = tr(
            "{count:,} incidents were written to {file}.",
            count=exported.count,
            file=exported.path.name,
        )
        if exported.has_cut:
            words += " " + tr("Texts longer than a cell can be were cut; CSV holds them whole.")
        self._place.told.emit(words)
