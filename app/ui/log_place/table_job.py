"""The table of incidents that is being taken out: one at a time, in the background.

It outlives the place and the window that began it. Knows no widget.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from app.duty.officers import officers
from app.errors import KnownError, msg
from app.incidents.asked import Asked
from app.incidents.beside import Beside, beside, results
from app.incidents.search import hits_of
from app.incidents.table_columns import Told
from app.incidents.table_export import (
    ExportedTable,
    IncidentsExported,
    TableFormat,
    TableOrder,
    export_table,
)
from app.log import Log
from app.thai.translation import language
from app.ui.background import Background
from app.ui.desk import Desk

_BATCH = 250  # incidents read at once


@dataclass(frozen=True, slots=True)
class TableProgress:
    """How far it is; `total` is 0 when nothing is being taken out."""

    done: int = 0
    total: int = 0

    @property
    def is_running(self) -> bool:
        return self.total > 0


class TableJob(QObject):
    """Begins, shows how far, cancels."""

    changed = Signal(object)  # TableProgress
    finished = Signal(object)  # ExportedTable, or None when it was cancelled
    failed = Signal(object)  # KnownError
    _wrote = Signal(int, int)  # from the job's thread

    def __init__(self, desk: Desk, log: Log, background: Background) -> None:
        super().__init__()
        self._desk, self._log, self._background = desk, log, background
        self._cancelled = threading.Event()
        self.progress = TableProgress()
        self._wrote.connect(self._on_wrote, Qt.ConnectionType.QueuedConnection)

    def require(self) -> None:
        """KnownError now, before somebody chooses a file for nothing."""
        self._desk.require_right(IncidentsExported.kind)
        if self.progress.is_running:
            raise KnownError(
                msg("A table is being taken out already."),
                do=msg("Wait until it is done, or cancel it."),
            )

    def begin(self, path: Path, asked: Asked, nos: Sequence[int]) -> None:
        """Take what was found out, as the kind of file that the name ends with. KnownError."""
        self.require()
        suffix = path.suffix.lower().lstrip(".")
        kind = TableFormat.CSV if suffix == TableFormat.CSV else TableFormat.XLSX
        order = TableOrder(path, kind, asked, len(nos), language())
        self._cancelled = cancelled = threading.Event()
        actor = self._desk.officer.actor

        def work() -> ExportedTable | None:
            return export_table(
                order,
                self._told(nos),
                self._log,
                actor=actor,
                progress=self._wrote.emit,
                cancelled=cancelled,
            )

        self._show(TableProgress(0, max(1, len(nos))))
        self._background.run(work, self._on_done, self._on_failed)

    def cancel(self) -> None:
        """End it; nothing of it stays."""
        self._cancelled.set()

    def _told(self, nos: Sequence[int]) -> Iterator[list[Told]]:
        """In the job's thread, batch by batch: no reading lasts long."""
        for start in range(0, len(nos), _BATCH):
            with self._log.reading() as db:
                hits = hits_of(db, nos[start : start + _BATCH])
                ids = [hit.incident.id for hit in hits]
                sides, ends = beside(db, ids), results(db, ids)
                names = {officer.id: officer.name for officer in officers(db)}
            batch = []
            for hit in hits:
                who = sides.get(hit.incident.id, Beside()).taken_by
                result = ends.get(hit.incident.id, "")
                batch.append(Told(hit.incident, names.get(who, who), result))
            yield batch

    # In the Qt thread

    def _on_wrote(self, done: int, total: int) -> None:
        if self.progress.is_running:
            self._show(TableProgress(done, max(1, total)))

    def _on_done(self, exported: ExportedTable | None) -> None:
        self._show(TableProgress())
        self.finished.emit(exported)

    def _on_failed(self, error: KnownError) -> None:
        self._show(TableProgress())
        self.failed.emit(error)

    def _show(self, progress: TableProgress) -> None:
        self.progress = progress
        self.changed.emit(progress)
