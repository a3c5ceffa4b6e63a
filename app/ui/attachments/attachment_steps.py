"""Attaching a file to the selected incident: by key, by button, by dragging it onto it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent

from app.errors import KnownError
from app.incidents.attachments.attachment import Attachment, KeptFile, TakenOut
from app.incidents.attachments.preview import Preview
from app.thai.translation import explain, tr
from app.ui.actions import LIVE, Action
from app.ui.attachments.attachment_desk import AttachmentDesk
from app.ui.attachments.attachments_card import AttachmentsCard, dropped_files
from app.ui.file_choice import choose_file, choose_new_file
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


class AttachmentSteps(QObject):
    """Of one window; its card is made when it is first wanted."""

    def __init__(self, window: MainWindow, theme: Theme, desk: AttachmentDesk) -> None:
        super().__init__(window)
        self._window, self._theme, self._desk = window, theme, desk
        self._incident_id = ""
        self._files: list[Attachment] = []
        self._seen: dict[str, Preview] = {}
        self._looking: set[str] = set()
        detail = window.live.detail
        detail.setAcceptDrops(True)
        detail.installEventFilter(self)
        desk.attached.connect(self._on_attached)
        desk.progressed.connect(self._on_progressed)
        desk.cancelled.connect(self._on_cancelled)
        desk.failed.connect(self._on_failed)
        desk.looked.connect(self._on_looked)
        desk.desk.changed.connect(self._on_changed)

    @cached_property
    def card(self) -> AttachmentsCard:
        """The files of an incident."""
        card = AttachmentsCard(self._theme, self._window)
        card.add_requested.connect(self._on_add)
        card.dropped.connect(self._on_dropped)
        card.chosen.connect(self._on_chosen)
        card.save_requested.connect(self._on_save)
        card.open_requested.connect(self._on_open)
        card.cancel_requested.connect(self._desk.cancel)
        card.closed.connect(self._on_card_closed)
        return card

    def actions(self) -> tuple[Action, ...]:
        """For palette, `?` and keys."""
        return (Action("attachments", tr("Files of the incident"), self.open, "Ctrl+U", "link",
                       place=LIVE),)  # fmt: skip

    def open(self) -> None:
        """The files of the selected incident."""
        if self._window.place_id != LIVE:
            self._window.show_place(LIVE)  # which takes the keyboard
        incident = self._window.live.selected
        if incident is None:
            self._window.notice.warn_of(tr("Choose an incident first; a file belongs to one."))
            return
        self._incident_id = incident.id
        self.card.open_for(tr("Files of {number}", number=incident.number))
        self._fill()

    def attach(self, paths: Sequence[Path]) -> None:
        """Attach a file to the selected incident. One at a time, so that each is looked at."""
        self.open()
        if not self._incident_id or not paths:
            return
        if len(paths) > 1:
            self.card.tell(tr("One file at a time: the first is attached."), "amber")
        try:
            self._desk.keep(self._incident_id, paths[0])
        except KnownError as error:
            self._on_failed(error)

    def _fill(self) -> None:
        self._files = self._desk.of(self._incident_id)
        self.card.show_files(self._files, self._desk.desk.actor_names())

    def _file(self, attachment_id: str) -> Attachment | None:
        return next((one for one in self._files if one.id == attachment_id), None)

    # Slots

    def _on_card_closed(self) -> None:
        if self._window.live.intake.isHidden():
            self._window.live.table.setFocus()
        else:
            self._window.live.intake.take_keyboard()

    def _on_add(self) -> None:
        title = tr("Attach a file")
        choose_file(self.card, title, [tr("All files") + " (*)"], self._on_path)

    def _on_path(self, path: Path) -> None:
        self.attach([path])

    def _on_dropped(self, paths: list[str]) -> None:
        self.attach([Path(path) for path in paths])

    def _on_chosen(self, attachment_id: str) -> None:
        file = self._file(attachment_id)
        if file is None:
            return
        seen = self._seen.get(attachment_id)
        self.card.show_seen(seen, file.file.sha256)
        if seen is None and attachment_id not in self._looking:
            self._looking.add(attachment_id)
            self._desk.look_into(file)

    def _on_looked(self, attachment_id: str, seen: Preview) -> None:
        self._seen[attachment_id] = seen
        self._looking.discard(attachment_id)
        file = self._file(attachment_id)
        if file is not None and self.card.chosen_id() == attachment_id:
            self.card.show_seen(seen, file.file.sha256)

    def _on_save(self, attachment_id: str) -> None:
        file = self._file(attachment_id)
        if file is None:
            return
        suffix = Path(file.file.file_name).suffix.lstrip(".")
        name = f"{Path(file.file.name).stem}.{suffix}"

        def chosen(target: Path) -> None:
            self._desk.take_out(
                file, TakenOut.COPIED, lambda path: self._desk.copy(path, target, self._on_copied)
            )

        choose_new_file(self.card, tr("Save a copy"), name, {f"*.{suffix}": suffix}, chosen)

    def _on_copied(self, _: object) -> None:
        self.card.tell(tr("The copy is saved; the log says who took it."), "green")

    def _on_open(self, attachment_id: str) -> None:
        file = self._file(attachment_id)
        if file is not None:
            self._desk.take_out(file, TakenOut.OPENED, _open)

    def _on_attached(self, incident_id: str, kept: KeptFile) -> None:
        self.card.show_progress(0, 0)
        self._window.notice.tell(tr("“{name}” is attached", name=kept.name))
        if incident_id == self._incident_id:
            self._fill()

    def _on_progressed(self, done: int, total: int) -> None:
        self.card.show_progress(done, total)

    def _on_cancelled(self) -> None:
        self.card.show_progress(0, 0)
        self.card.tell(tr("Nothing was attached."))

    def _on_failed(self, error: KnownError) -> None:
        self._looking.clear()
        self.card.show_progress(0, 0)
        self.card.show_nothing()
        if self.card.isVisible():
            self.card.tell(explain(error), "red")
        else:
            self._window.notice.warn(error)

    def _on_changed(self, changed: object) -> None:
        if "card" in vars(self) and self.card.isVisible():
            self._fill()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A file dragged onto the incident is attached to it."""
        if isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter:
            if dropped_files(event) and self._window.live.selected is not None:
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            paths = [Path(path) for path in dropped_files(event)]
            if paths:
                self.attach(paths)
                return True
        return False


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
