"""Export in Review: what there is between A and B, where it is to go, how far it is.

Joins the card to the export jobs, which outlive this place. Paints nothing.
"""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.cameras.camera import StreamKind
from app.errors import KnownError
from app.evidence.export_order import ExportOrder, PackageForm
from app.evidence.export_plan import CameraPlan, ExportPlan, plan_export
from app.thai.dates import clock_time, precise_time
from app.thai.translation import say, tr
from app.ui.export_jobs import ExportJob, ExportJobs, ExportState
from app.ui.file_choice import choose_folder, documents
from app.ui.footage_desk import FootageDesk
from app.ui.review.evidence_card import CardFigures, EvidenceCard
from app.ui.review.gap_words import cause_words, detail_words
from app.ui.review.kept_list import KeptRow
from app.ui.review.place_steps import PlaceSteps
from app.ui.review.review_grid import ReviewGrid
from app.ui.review.span_words import short_span, size_words, span_words
from app.ui.review.transport_steps import TransportSteps

_PLAN_AFTER_MS = 350
_MOST_GAPS = 3
_ROWS_MS = 150


class ExportSteps(QObject):
    """The figures of the card, the export itself, and the rows of exports."""

    told = Signal(str)
    failed = Signal(object)  # KnownError
    rows_changed = Signal()

    def __init__(
        self,
        card: EvidenceCard,
        transport: TransportSteps,
        places: PlaceSteps,
        grid: ReviewGrid,
        desk: FootageDesk,
    ) -> None:
        super().__init__(card)
        self._card, self._transport = card, transport
        self._places, self._grid = places, grid
        self._desk = desk
        self._jobs: ExportJobs = desk.exports
        self._asked: ExportOrder | None = None
        self._folder = Path(documents())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PLAN_AFTER_MS)
        self._timer.timeout.connect(self._on_plan)
        transport.span_changed.connect(self._look_again)
        places.chosen_changed.connect(self._look_again)
        card.export_requested.connect(self.ask_where)
        self._rows_timer = QTimer(self)
        self._rows_timer.setSingleShot(True)
        self._rows_timer.setInterval(_ROWS_MS)
        self._rows_timer.timeout.connect(self.rows_changed)
        self._jobs.changed.connect(self._on_jobs_changed)
        self._jobs.finished.connect(self._on_finished)

    def _on_jobs_changed(self) -> None:
        """Progress comes hundreds of times; it is shown a few times a second."""
        if not self._rows_timer.isActive():
            self._rows_timer.start()

    # What there is

    def _look_again(self) -> None:
        self._asked = None
        self._card.show_figures(CardFigures())
        if self._transport.span is not None and self._grid.chosen:
            self._timer.start()

    def _on_plan(self) -> None:
        order = self._order(Path(), tr("what there is"))
        if order is not None:
            self._asked = order
            work = functools.partial(plan_export, self._desk.footage, order)
            self._desk.background.run(work, self._on_planned, self.failed.emit)

    def _on_planned(self, plan: ExportPlan) -> None:
        if plan.order is self._asked:
            self._card.show_figures(figures_of(plan))

    def _order(self, target: Path, reason: str) -> ExportOrder | None:
        span, incident = self._transport.span, self._places.incident
        if span is None or not self._grid.chosen:
            return None
        return ExportOrder(
            self._grid.chosen,
            span,
            reason,
            target,
            incident_id=incident.id if incident else "",
            incident_number=incident.number if incident else "",
            form=PackageForm.ZIP if self._card.wants_zip else PackageForm.FOLDER,
            burned_copy=self._card.wants_burned,
        )

    # Taking it out

    def ask_where(self) -> None:
        """Ctrl+E: choose the folder or the memory stick; then it begins."""
        if not self._card.is_ready:
            self._card.reason.setFocus()
            return
        words = tr("Export to this folder")
        choose_folder(self._card, words, str(self._folder), self.export_to)

    def export_to(self, folder: Path) -> None:
        """Begin; it goes on when this place is left."""
        self._folder = folder
        try:
            order = self._order(folder, self._card.reason.text())
            if order is not None:
                self._jobs.begin(order)
        except KnownError as error:
            self.failed.emit(error)

    def cancel(self, job_id: str) -> None:
        self._jobs.cancel(job_id)

    def _on_finished(self, job: ExportJob) -> None:
        if job.state is ExportState.FAILED and job.error is not None:
            self.failed.emit(job.error)
        elif job.state is ExportState.DONE and job.package is not None:
            self.told.emit(
                tr("Exported: {path}\nKey {key}", path=job.package.path, key=job.package.key)
            )
        elif job.state is ExportState.CANCELLED:
            self.told.emit(tr("The export was cancelled; nothing of it is left."))

    # The rows

    def rows(self) -> list[KeptRow]:
        """Exports under way and done in this session, then those of the log."""
        jobs = self._jobs.jobs
        done = {job.package.package for job in jobs if job.package is not None}
        told = [one for one in self._desk.exported() if one.package not in done]
        rows = [_job_row(job) for job in jobs]
        rows += [
            KeptRow(
                "export", one.package, words=one.package,
                detail=f"{' '.join(one.camera_ids)} · {clock_time(one.span.begins)}"
                f"–{clock_time(one.span.ends)} · {one.reason}",
                icon="package",
            )
            for one in told
        ]  # fmt: skip
        return rows


def _job_row(job: ExportJob) -> KeptRow:
    order = job.order
    cameras = tr("{count} cameras", count=len(order.camera_ids))
    words = f"{cameras} · {span_words(order.span.duration_s)}"
    match job.state:
        case ExportState.RUNNING:
            doing = say(job.doing) if job.doing else ""
            right = f"{job.share * 100:.0f} %"
            return KeptRow("export", job.id, words=words, detail=doing, right=right,
                           icon="package", colour="blue", progress=job.share)  # fmt: skip
        case ExportState.DONE:
            assert job.package is not None
            good = bool(job.is_sound)
            right = tr("checked, whole") if good else tr("check failed")
            return KeptRow("export", job.id, words=job.package.package,
                           detail=f"{words} · {job.package.path.parent}", right=right,
                           icon="check" if good else "x",
                           colour="green" if good else "red")  # fmt: skip
        case ExportState.FAILED:
            why = say(job.error.what) if job.error else ""
            return KeptRow("export", job.id, words=words, detail=why, right=tr("failed"), icon="x",
                           colour="red")  # fmt: skip
        case ExportState.CANCELLED:
            return KeptRow("export", job.id, words=words, right=tr("cancelled"), icon="x")


def figures_of(plan: ExportPlan) -> CardFigures:
    """Keyframes, bytes and gaps of what would be exported."""
    spans = [camera.span for camera in plan.cameras if camera.span is not None]
    if not spans:
        return CardFigures(gaps=tr("no footage at all"), has_gaps=True)
    begins, ends = min(s.begins for s in spans), max(s.ends for s in spans)
    cut = f"{precise_time(begins)[:-2]} – {precise_time(ends)[:-2]}"
    clips = [clip for camera in plan.cameras for clip in camera.clips]
    codecs = sorted({_codec(clip.segments[0].codec) for clip in clips})
    size = f"≈ {size_words(plan.size_bytes)} · {' '.join(codecs)}"
    if all(clip.stream is StreamKind.SUB for clip in clips):
        size = " · ".join((size, tr("sub stream")))
    gaps = [words for camera in plan.cameras for words in _gaps(camera)]
    more = f" +{len(gaps) - _MOST_GAPS}" if len(gaps) > _MOST_GAPS else ""
    shown = ", ".join(gaps[:_MOST_GAPS]) + more
    return CardFigures(cut, size, shown or tr("none in this span"), bool(gaps))


def _gaps(camera: CameraPlan) -> list[str]:
    words = [
        f"{camera.camera_id} {short_span(one.span.duration_s)}"
        f" {detail_words(one.detail) or cause_words(one.cause)}"
        for one in camera.missing
    ]
    streams = {clip.stream for clip in camera.clips}
    if len(streams) > 1:
        words.append(tr("{camera} partly sub stream", camera=camera.camera_id))
    return words


def _codec(stored: str) -> str:
    return {"H264": "H.264", "HEVC": "H.265"}.get(stored, stored)
