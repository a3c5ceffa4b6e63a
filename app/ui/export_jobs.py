"""Exports under way and finished since the start: one after another, in the background.

They outlive the place and the window that began them. Knows no widget.
"""

from __future__ import annotations

import functools
import itertools
import threading
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import KnownError, Message, msg
from app.evidence.export import ExportedPackage, export
from app.evidence.export_order import ExportOrder
from app.evidence.export_plan import ExportPlan, plan_export
from app.evidence.office import EvidenceOffice
from app.evidence.verifier import check_package
from app.log import Actor
from app.ui.background import Background
from app.ui.desk import Desk
from app.video.archive.footage import Footage


class ExportState(Enum):
    """How far one export is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ExportJob:
    """One export. `share` goes from 0 to 1; `is_sound`: what the check of the package found."""

    id: str
    order: ExportOrder
    state: ExportState = ExportState.RUNNING
    share: float = 0.0
    doing: Message | None = None
    package: ExportedPackage | None = None
    is_sound: bool | None = None
    error: KnownError | None = None


class ExportJobs(QObject):
    """Begins, shows how far, cancels."""

    changed = Signal()
    finished = Signal(object)  # ExportJob, whatever became of it
    _said = Signal(str, float, object)  # job id, share, Message: from the job's thread

    def __init__(self, desk: Desk, footage: Footage, office: EvidenceOffice) -> None:
        super().__init__()
        self._desk, self._footage, self._office = desk, footage, office
        self._line = Background(workers=1)  # one at a time: a disk is no faster for two
        self._jobs: dict[str, ExportJob] = {}
        self._cancels: dict[str, threading.Event] = {}
        self._numbers = itertools.count(1)
        self._said.connect(self._on_said, Qt.ConnectionType.QueuedConnection)

    @property
    def jobs(self) -> tuple[ExportJob, ...]:
        """All of this session, newest first."""
        return tuple(reversed(self._jobs.values()))

    @property
    def are_running(self) -> bool:
        return any(job.state is ExportState.RUNNING for job in self._jobs.values())

    def begin(self, order: ExportOrder) -> str:
        """Put it in line; its id. Raises KnownError at once if the officer may not export."""
        self._desk.require_right("clip_exported")
        job = ExportJob(f"export-{next(self._numbers)}", order, doing=msg("Waiting for its turn."))
        self._jobs[job.id] = job
        self._cancels[job.id] = threading.Event()
        actor = self._desk.officer.actor  # who asked for it, whoever sits here when it is done
        work = functools.partial(self._work, job.id, order, actor)
        self._line.run(
            work,
            functools.partial(self._on_done, job.id),
            functools.partial(self._on_failed, job.id),
        )
        self.changed.emit()
        return job.id

    def cancel(self, job_id: str) -> None:
        """End it; nothing of it stays where it was being written."""
        if job_id in self._cancels:
            self._cancels[job_id].set()

    def stop(self) -> None:
        """The console ends: what is under way is taken away. Waits for that."""
        for cancel in self._cancels.values():
            cancel.set()
        self._line.stop()

    # In the job's thread

    def _work(
        self, job_id: str, order: ExportOrder, actor: Actor
    ) -> tuple[ExportedPackage, bool] | None:
        cancel = self._cancels[job_id]
        if cancel.is_set():
            return None
        plan: ExportPlan = plan_export(self._footage, order)
        package = export(
            plan,
            self._office,
            actor=actor,
            progress=functools.partial(self._said.emit, job_id),
            cancelled=cancel,
        )
        if package is None:
            return None
        self._said.emit(job_id, 1.0, msg("Checking the package."))
        return package, check_package(package.path, package.key).ok

    # In the Qt thread

    def _on_said(self, job_id: str, share: float, doing: Message) -> None:
        job = self._jobs[job_id]
        if job.state is ExportState.RUNNING:
            self._jobs[job_id] = replace(job, share=share, doing=doing)
            self.changed.emit()

    def _on_done(self, job_id: str, result: tuple[ExportedPackage, bool] | None) -> None:
        job = self._jobs[job_id]
        if result is None:
            self._end(replace(job, state=ExportState.CANCELLED))
        else:
            package, is_sound = result
            self._end(
                replace(job, state=ExportState.DONE, share=1.0, package=package, is_sound=is_sound)
            )

    def _on_failed(self, job_id: str, error: KnownError) -> None:
        self._end(replace(self._jobs[job_id], state=ExportState.FAILED, error=error))

    def _end(self, job: ExportJob) -> None:
        self._jobs[job.id] = job
        self._cancels.pop(job.id, None)
        self.changed.emit()
        self.finished.emit(job)
