"""Setup › Cameras: the table of all cameras and, beside it, the form, a file or a removal.

Composes and wires; what is done to the register is the office's.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.cameras.address import CameraAddress
from app.cameras.camera import Camera
from app.cameras.register_import import Imported, ImportPlan
from app.errors import KnownError
from app.thai.dates import to_local
from app.thai.translation import explain, say, tr
from app.ui.desk import Desk
from app.ui.file_choice import choose_file, choose_new_file
from app.ui.setup.camera_form import CameraForm
from app.ui.setup.camera_office import CameraDraft, CameraOffice, Saved
from app.ui.setup.camera_rows import rows_of
from app.ui.setup.camera_table import CameraTable
from app.ui.setup.removal_pane import RemovalPane
from app.ui.setup.transfer_pane import TransferPane
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.section_head import SectionHead

_REFRESH_MS = 1000
_FORM_PX = 384


class CamerasPane(QFrame):
    """Left the cameras there are, right the one that is added or changed."""

    told = Signal(str)

    def __init__(self, theme: Theme, desk: Desk, office: CameraOffice, *, sample: bool) -> None:
        super().__init__()
        self._theme = theme
        self._desk = desk
        self._office = office
        self._cameras: dict[str, Camera] = {}
        self._build(sample)
        self._connect()

    def _build(self, sample: bool) -> None:
        theme = self._theme
        self.setProperty("ground", "bg")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self._build_list(), 1)
        self.form = CameraForm(theme, sample=sample)
        self.transfer = TransferPane(theme)
        self.removal = RemovalPane(theme)
        self._side = QStackedWidget()
        self._side.setFixedWidth(theme.px(_FORM_PX))
        for pane in (self.form, self.transfer, self.removal):
            self._side.addWidget(pane)
        row.addWidget(self._side)

    def _build_list(self) -> QWidget:
        theme = self._theme
        pane = QFrame()
        pane.setProperty("ground", "panel")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = SectionHead(theme, "cctv", tr("Cameras"))
        self.add = KeyButton(theme, tr("Add a camera"), key="Ins", icon="plus")
        self.take_in = KeyButton(theme, tr("Import…"), flat=True)
        self.take_out = KeyButton(theme, tr("Export…"), flat=True)
        for button in (self.take_in, self.take_out, self.add):
            self.head.add_right(button)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search by id, name, owner or address"))
        self.search.setAccessibleName(tr("Search cameras"))
        self.search.setClearButtonEnabled(True)
        self.table = CameraTable(theme)
        line = QHBoxLayout()
        line.setContentsMargins(10, 6, 10, 6)
        line.addWidget(self.search)
        column.addWidget(self.head)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        return pane

    def _connect(self) -> None:
        office, trials, form = self._office, self._office.trials, self.form
        self.table.chosen.connect(self._on_camera_chosen)
        self.table.edit_requested.connect(self._on_edit_requested)
        self.search.textChanged.connect(self._on_search)
        self.add.clicked.connect(self.begin_new)
        self.take_in.clicked.connect(self._on_take_in)
        self.take_out.clicked.connect(self._on_take_out)
        form.trial_requested.connect(self._on_trial_requested)
        form.trial_dropped.connect(trials.cancel)
        form.save_requested.connect(self._on_save_requested)
        form.removal_requested.connect(self._on_removal_requested)
        trials.streams_found.connect(form.show_streams)
        trials.stepped.connect(form.show_step)
        trials.passed.connect(form.show_trial_passed)
        trials.failed.connect(form.show_trial_failed)
        office.answered.connect(self.transfer.show_progress)
        self.transfer.take_requested.connect(self._on_take_requested)
        self.transfer.closed.connect(self._on_transfer_closed)
        self.removal.removal_confirmed.connect(self._on_removal_confirmed)
        self.removal.closed.connect(self._show_form)
        QShortcut(QKeySequence("Insert"), self, self.begin_new)
        self._refresh = QTimer(self)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)

    # What is shown

    def fill(self) -> None:
        """Read the register again."""
        self._cameras = {camera.id: camera for camera in self._desk.cameras()}
        self.head.title.setText(tr("Cameras {count}", count=len(self._cameras)))
        self.form.show_today(to_local(self._desk.now()).date())
        self.refresh()
        if self.form.camera_id and self.form.camera_id not in self._cameras:
            self.begin_new()

    def refresh(self) -> None:
        """How the cameras are now."""
        now_s = self._desk.clock.monotonic()
        cameras = tuple(self._cameras.values())
        self.table.show_rows(rows_of(cameras, self._office.health, self._office.week(), now_s))

    def begin_new(self) -> None:
        """An empty form, the keyboard in its first field."""
        self.table.choose("")
        self.form.begin_new()
        self._show_form()
        self.form.fields["main_url"].line.setFocus()

    def edit(self, camera_id: str) -> None:
        """The form of a camera on the register; an empty one if there is no such camera."""
        if camera_id in self._cameras:
            self.table.choose(camera_id)
            self._on_camera_chosen(camera_id)

    def _show_form(self) -> None:
        self._side.setCurrentWidget(self.form)

    def _on_camera_chosen(self, camera_id: str) -> None:
        self.form.edit(self._cameras[camera_id])
        self._show_form()

    def _on_edit_requested(self, camera_id: str) -> None:
        self.form.fields["name"].line.setFocus()

    def _on_search(self, text: str) -> None:
        self.table.rows.search(text)

    # A camera

    def _on_trial_requested(self, address: CameraAddress, by_button: bool) -> None:
        kept = self._cameras.get(self.form.camera_id)
        if kept is not None and address.username and not address.password:
            address = address.with_credentials(address.username, self._office.password(kept.id))
        self._office.learn(address.password)
        self._office.trials.begin(address, again=by_button)

    def _on_save_requested(self, draft: CameraDraft) -> None:
        warnings = [say(twin.sentence) for twin in self._office.twins(draft.camera)]
        if not self.form.needs_no_picture():
            warnings.append(tr("No picture of this camera has been seen yet; it may be off today."))
        if warnings and not self.form.is_confirmed(draft):
            self.form.warn(draft, warnings)
            return
        self._office.save(
            draft,
            confirmed=self.form.is_confirmed(draft),
            done=self._on_saved,
            failed=self.form.show_save_failed,
        )

    def _on_saved(self, saved: Saved) -> None:
        words = tr("{camera} was added.") if saved.is_new else tr("{camera} was changed.")
        words = words.format(camera=saved.camera_id)
        self.fill()
        if saved.password_error is not None:
            self.form.edit(self._cameras[saved.camera_id])
            self.form.tell(f"{words}\n{explain(saved.password_error)}", "amber")
            return
        self.begin_new()
        self.form.tell(words, "green")
        self.told.emit(words)

    def _on_removal_requested(self, camera_id: str) -> None:
        self._side.setCurrentWidget(self.removal)
        self.removal.ask(self._cameras[camera_id])

    def _on_removal_confirmed(self, camera_id: str, reason: str) -> None:
        self._office.remove(
            camera_id, reason, done=self._on_removed, failed=self.removal.show_failure
        )

    def _on_removed(self, camera_id: str) -> None:
        self.fill()
        self.begin_new()
        self.told.emit(tr("{camera} was removed.", camera=camera_id))

    # The whole register

    def _on_take_in(self) -> None:
        words, kinds = tr("Take cameras from a file"), [tr("Tables (*.csv *.txt)")]
        choose_file(self, words, kinds, self.read_file)

    def read_file(self, path: Path) -> None:
        """Show what a file would do to the register."""
        self._side.setCurrentWidget(self.transfer)
        self.transfer.show_file(path)
        self._office.read_file(path, done=self._on_plan, failed=self.transfer.show_failure)

    def _on_plan(self, plan: ImportPlan) -> None:
        self.transfer.show_plan(plan)
        rows = [one.row for one in plan.rows]
        self._office.call_roll(rows, done=self.transfer.show_answers)

    def _on_take_requested(self, rows: list[object], confirmed: bool) -> None:
        self._office.end_roll_call()
        self._office.take(
            rows,  # type: ignore[arg-type]  # a signal carries any list
            confirmed=confirmed,
            done=self._on_taken,
            failed=self.transfer.show_failure,
        )

    def _on_taken(self, imported: Imported) -> None:
        self.fill()
        self.transfer.show_taken(imported)

    def _on_transfer_closed(self) -> None:
        self._office.end_roll_call()
        self._show_form()

    def _on_take_out(self) -> None:
        day = to_local(self._desk.now()).date().isoformat()
        words, kinds = tr("Write the register to a file"), {tr("All files (*)"): "csv"}
        choose_new_file(self, words, f"cameras-{day}.csv", kinds, self.write_file)

    def write_file(self, path: Path) -> None:
        """Write the register to a file; the log says who did."""
        self._office.export(path, done=self._on_written, failed=self._on_not_written)

    def _on_written(self, path: Path) -> None:
        self.told.emit(tr("The register was written to {file}. It holds no passwords.",
                          file=path.name))  # fmt: skip

    def _on_not_written(self, error: KnownError) -> None:
        self._show_form()
        self.form.tell(explain(error), "red")

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        self._refresh.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._refresh.stop()
