"""Marks, locks and exports of a review: joins card and list to the footage desk. Paints nothing."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from app.cameras.bookmarks import Bookmark
from app.errors import KnownError
from app.log import Entry
from app.thai.dates import clock_time, short_date, short_time
from app.thai.translation import language, tr
from app.ui.footage_desk import FootageDesk
from app.ui.review.evidence_card import EvidenceCard
from app.ui.review.export_steps import ExportSteps
from app.ui.review.kept_list import KeptList, KeptRow
from app.ui.review.place_steps import PlaceSteps
from app.ui.review.review_grid import ReviewGrid
from app.ui.review.transport_steps import TransportSteps
from app.video.archive.locks import FootageLock, LockState


class EvidenceSteps(QObject):
    """Keeps the right pane true, and does what its buttons and rows ask for."""

    told = Signal(str)
    failed = Signal(object)  # KnownError
    mark_asked = Signal(str, str)  # the new mark's id, its words: a note may follow

    def __init__(
        self,
        card: EvidenceCard,
        kept: KeptList,
        transport: TransportSteps,
        places: PlaceSteps,
        grid: ReviewGrid,
        exports: ExportSteps,
        desk: FootageDesk,
    ) -> None:
        super().__init__(card)
        self._exports = exports
        self._card, self._kept = card, kept
        self._transport, self._places, self._grid = transport, places, grid
        self._desk = desk
        self._marks: dict[str, Bookmark] = {}
        self._locks: dict[str, FootageLock] = {}
        self._menu: QMenu | None = None
        self._connect()

    def _connect(self) -> None:
        self._transport.span_changed.connect(self.show_span)
        self._places.chosen_changed.connect(self.show_span)
        self._card.lock_requested.connect(self.lock)
        self._card.edge_clicked.connect(self._on_edge_clicked)
        self._card.reason_edited.connect(self._on_reason)
        self._exports.rows_changed.connect(self.show_kept)
        self._kept.opened.connect(self._on_opened)
        self._kept.removal_requested.connect(self._on_removal)
        self._kept.menu_requested.connect(self._on_menu)

    # The card

    def show_span(self) -> None:
        """A, B, cameras and incident as they are now."""
        incident = self._places.incident
        number = incident.number if incident is not None else ""
        self._card.show_span(self._transport.a, self._transport.b, number)
        self._card.show_cameras(len(self._grid.chosen))

    def _on_edge_clicked(self, edge: str) -> None:
        """Go there; an edge that is not set yet is set here."""
        at = self._transport.a if edge == "a" else self._transport.b
        if at is not None:
            self._transport.go_to(at)
        elif edge == "a":
            self._transport.set_a()
        else:
            self._transport.set_b()

    def _on_reason(self) -> None:
        incident = self._places.incident
        incident_id = incident.id if incident is not None else ""
        self._desk.watch_for(self._places.place_name, incident_id, self._card.reason.text().strip())

    def lock(self) -> None:
        """Ask the recorder to keep A–B of the chosen cameras."""
        span, incident = self._transport.span, self._places.incident
        if span is None or not self._grid.chosen:
            self._card.reason.setFocus()
            return
        reason = self._card.reason.text()
        try:
            incident_id = incident.id if incident else ""
            self._desk.lock(self._grid.chosen, span, reason, incident_id, self._card.lock_days)
        except KnownError as error:
            self.failed.emit(error)
            self._card.reason.setFocus()

    # Marks

    def mark(self) -> None:
        """M: this moment of the selected camera; a note may follow."""
        camera_id = self._grid.selected
        if not camera_id:
            return
        at = self._transport.at
        incident = self._places.incident
        words = " · ".join((camera_id, tr("Marked {time}", time=clock_time(at))))
        tell = functools.partial(self._on_marked, words)
        self._desk.desk.mark_moment(camera_id, at, incident.id if incident else "", tell)

    def _on_marked(self, words: str, entries: tuple[Entry, ...]) -> None:
        self.mark_asked.emit(entries[0].id, words)

    # The list

    def show_kept(self) -> None:
        """Marks and locks as the log has them now."""
        names = self._desk.desk.actor_names()
        marks = [mark for mark in self._desk.marks() if self._is_meant(mark)][::-1]
        locks = self._desk.locks()
        self._marks = {mark.id: mark for mark in marks}
        self._locks = {lock.id: lock for lock in locks}
        self._kept.show_rows(
            [*self._mark_rows(marks), *self._lock_rows(locks, names), *self._export_rows()]
        )

    def _is_meant(self, mark: Bookmark) -> bool:
        incident = self._places.incident
        about = incident is not None and mark.incident_id == incident.id
        return about or mark.camera_id in self._grid.chosen

    def _mark_rows(self, marks: Sequence[Bookmark]) -> list[KeptRow]:
        head, key = tr("Bookmarks {count}", count=len(marks)), tr("add") + "\tM"
        if not marks:
            return [KeptRow("mark", "", words=tr("M marks this moment."), head=head, key=key)]
        return [
            KeptRow(
                "mark", mark.id, clock_time(mark.at),
                mark.note or short_date(mark.at, language()), right=mark.camera_id,
                icon="bookmark", head="" if number else head, key="" if number else key,
            )
            for number, mark in enumerate(marks)
        ]  # fmt: skip

    def _lock_rows(self, locks: Sequence[FootageLock], names: dict[str, str]) -> list[KeptRow]:
        head = tr("Locked {count}", count=len(locks))
        if not locks:
            words = tr("What is locked is never deleted by age.")
            return [KeptRow("lock", "", words=words, head=head)]
        return [_lock_row(lock, names, "" if n else head) for n, lock in enumerate(locks)]

    def _export_rows(self) -> list[KeptRow]:
        rows = self._exports.rows()
        head, key = tr("Exported {count}", count=len(rows)), tr("add") + "\tCtrl E"
        if not rows:
            words = tr("Nothing left the station yet.")
            return [KeptRow("export", "", words=words, head=head, key=key)]
        return [replace(rows[0], head=head, key=key), *rows[1:]]

    def _on_opened(self, kind: str, row_id: str) -> None:
        if kind == "mark" and row_id in self._marks:
            mark = self._marks[row_id]
            self._show_camera(mark.camera_id)
            self._transport.go_to(mark.at)
        elif kind == "lock" and row_id in self._locks:
            lock = self._locks[row_id]
            self._places.choose(lock.camera_ids)
            self._transport.set_span(lock.span.begins, lock.span.ends)
            self._transport.go_to(lock.span.begins)

    def _show_camera(self, camera_id: str) -> None:
        if camera_id not in self._grid.chosen:
            self._places.toggle(camera_id)
        self._grid.select(camera_id)

    def _on_removal(self, kind: str, row_id: str) -> None:
        if kind == "mark":
            self.unmark(row_id)
        elif kind == "lock":
            self._unlock(row_id)
        else:
            self._exports.cancel(row_id)

    def unmark(self, mark_id: str) -> None:
        """It was a mistake; both entries stay."""
        self._desk.desk.unmark_moment(mark_id, self._on_unmarked)

    def _on_unmarked(self, entries: tuple[Entry, ...]) -> None:
        self.told.emit(tr("The mark was taken back"))

    def _unlock(self, lock_id: str) -> None:
        """A supervisor lets it go, for the reason that stands in the card."""
        try:
            self._desk.unlock(lock_id, self._card.reason.text())
        except KnownError as error:
            self.failed.emit(error)
            self._card.reason.setFocus()

    def _on_menu(self, kind: str, row_id: str, at: QPoint) -> None:
        menu = QMenu(self._kept)
        menu.aboutToHide.connect(menu.deleteLater)
        if kind != "export":
            go = menu.addAction(tr("Show it"))
            go.triggered.connect(functools.partial(self._on_opened, kind, row_id))
        words = {
            "mark": tr("Take the mark back"),
            "lock": tr("Unlock, for the reason typed above"),
            "export": tr("Cancel the export"),
        }
        away = menu.addAction(f"{words[kind]}\tDel")
        away.triggered.connect(functools.partial(self._on_removal, kind, row_id))
        menu.popup(at)


def _lock_row(lock: FootageLock, names: dict[str, str], head: str) -> KeptRow:
    begins, ends = clock_time(lock.span.begins), clock_time(lock.span.ends)
    states = {
        LockState.REQUESTED: (tr("locking…"), "amber"),
        LockState.UNLOCK_REQUESTED: (tr("unlocking…"), "amber"),
    }
    right, colour = states.get(lock.state, ("", "text_2"))
    who = names.get(lock.actor, lock.actor)
    until = tr("no end") if lock.until is None else date_words(lock.until)
    detail = f"{who} {date_words(lock.asked_at)} · {until} · {lock.reason}"
    return KeptRow(
        "lock", lock.id, f"{begins}–{ends}", " ".join(lock.camera_ids), detail, right,
        "lock", colour, head=head,
    )  # fmt: skip


def date_words(at: datetime) -> str:
    """`22 พ.ย. 2569 08:12`."""
    return f"{short_date(at, language())} {short_time(at)}"
