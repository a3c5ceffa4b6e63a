"""The form of one camera, which tests it while its address is typed. It asks, and saves nothing.

A trial is asked for when typing has stopped for a moment; what holds a password waits until its
field is left, for every try of a wrong one counts in the camera.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.cameras.address import CameraAddress
from app.cameras.camera import Camera
from app.errors import KnownError
from app.thai.translation import explain, tr
from app.ui.setup.camera_fields import CameraFields
from app.ui.setup.camera_office import CameraDraft
from app.ui.setup.save_button import SAVE_CAP, save_button
from app.ui.setup.trial_view import TrialView
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import restate, voiced
from app.ui.widgets.scrolling import scrolled
from app.ui.widgets.section_head import SectionHead
from app.video.stream_finder import FoundStreams
from app.video.trial import TrialResult, TrialStep

TYPING_ENDS_MS = 600


class CameraForm(QFrame):
    """A new camera, or one of the register. `CameraDraft` is what leaves it."""

    trial_requested = Signal(object, bool)  # CameraAddress, asked for by the button
    trial_dropped = Signal()
    save_requested = Signal(object)  # CameraDraft
    removal_requested = Signal(str)  # camera id

    def __init__(self, theme: Theme, *, sample: bool) -> None:
        super().__init__()
        self._new = Camera("", "", "", "", 0.0, 0.0, sample=sample)
        self._old = self._new
        self._today = date.min
        self._tried: CameraAddress | None = None
        self._found: FoundStreams | None = None
        self._confirmed: CameraDraft | None = None
        self.has_picture = False
        self.setProperty("ground", "panel")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_ENDS_MS)
        self._build(theme)
        self._connect()
        self.begin_new()

    def _build(self, theme: Theme) -> None:
        self.head = SectionHead(theme, "cctv", "")
        self.again = KeyButton(theme, tr("Try again"), icon="refresh-cw", flat=True)
        self.head.add_right(self.again)
        self.fields = CameraFields(theme)
        self.trial = TrialView(theme)
        self.fields.put_trial(self.trial)
        scroll = scrolled(self.fields)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(scroll, 1)
        column.addWidget(self._build_foot(theme))

    def _build_foot(self, theme: Theme) -> QWidget:
        foot = QFrame()
        foot.setProperty("edge", "top")
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(6)
        self.words = voiced("", wraps=True)
        self.words.hide()
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.save = save_button(theme, self, tr("Add the camera"), self._on_save)
        self.remove = KeyButton(theme, tr("Remove…"), icon="trash-2", flat=True)
        row.addWidget(self.remove)
        row.addStretch(1)
        row.addWidget(self.save)
        column.addLayout(row)
        return foot

    def _connect(self) -> None:
        self._typing.timeout.connect(self._on_typing_ended)
        address = self.fields["main_url"]
        address.edited.connect(self._on_address_edited)
        address.left.connect(self._on_address_left)
        for name in ("username", "password"):
            self.fields[name].edited.connect(self._drop_trial)
            self.fields[name].left.connect(self._try_if_other)
        self.fields["place"].left.connect(self.fields.tell_understood)
        self.again.clicked.connect(self._on_again)
        self.remove.clicked.connect(self._on_remove)

    # Which camera

    @property
    def camera_id(self) -> str:
        """The camera that is being changed; empty for a new one."""
        return self._old.id

    def begin_new(self) -> None:
        """An empty form for a camera that is not on the register."""
        self._show(None, tr("Add a camera"), tr("Add the camera"))

    def edit(self, camera: Camera) -> None:
        """The record of a camera on the register. Its password is kept unless one is typed."""
        self._show(camera, tr("Change {camera}", camera=camera.id), tr("Save changes"))

    def _show(self, camera: Camera | None, title: str, save: str) -> None:
        self._drop_trial()
        self._old = camera or self._new
        self.head.title.setText(title)
        self.save.show_words(save, SAVE_CAP)
        self.remove.setVisible(camera is not None)
        self.fields.fill(camera, tr("unchanged") if camera and camera.username else "")
        self.tell("", "")

    def show_today(self, today: date) -> None:
        """The day, for dates whose year has two digits."""
        self._today = today

    # Trials

    def show_streams(self, found: FoundStreams) -> None:
        """The trial found the streams. The address is filled in once nobody types in it."""
        self._found = found
        self.trial.show_streams(found)
        if not self.fields["main_url"].line.hasFocus():
            self._take_found()

    def show_step(self, step: TrialStep) -> None:
        self.trial.show_step(step)

    def show_trial_passed(self, result: TrialResult) -> None:
        self.has_picture = True

    def show_trial_failed(self, error: KnownError) -> None:
        self.trial.show_failure(error)

    def _take_found(self) -> None:
        if self._found is not None:
            self.fields.take_streams(self._found)
            self._tried = self._address()
            self._found = None

    def _address(self) -> CameraAddress | None:
        """Where the camera is and who asks, as it stands in the fields."""
        address = self.fields.address()
        if address is None or address.username is not None:
            return address
        username = self.fields["username"].text or None
        return address.with_credentials(username, self.fields["password"].line.text() or None)

    def _drop_trial(self) -> None:
        """What is typed now makes what was tried worthless."""
        self._typing.stop()
        self._tried = self._found = self._confirmed = None
        self.has_picture = False
        self.trial.clear()
        self.trial_dropped.emit()

    def _on_address_edited(self) -> None:
        self._drop_trial()
        self._typing.start()

    def _on_typing_ended(self) -> None:
        address = self.fields.address()
        if address is not None and address.username is None:
            self._try_if_other()

    def _on_address_left(self) -> None:
        self._typing.stop()
        self._take_found()
        self.fields.take_credentials()
        self._try_if_other()

    def _try_if_other(self) -> None:
        self._ask_for_trial(by_button=False)

    def _on_again(self) -> None:
        self.fields.take_credentials()
        self._tried = None
        self._ask_for_trial(by_button=True)

    def _ask_for_trial(self, *, by_button: bool) -> None:
        address = self._address()
        if address is None:
            if self.fields["main_url"].text:
                self.fields.tell_address()
            return
        if address == self._tried or (not by_button and self._is_too_soon(address)):
            return
        self._tried = address
        self.has_picture = False
        self.trial.begin()
        self.trial_requested.emit(address, by_button)

    def _is_too_soon(self, address: CameraAddress) -> bool:
        """Whether it would be tried for nothing: as registered, or with a name whose password is
        still to come. The camera would count that as a wrong one."""
        waits_for_password = bool(address.username) and not address.password
        return self._is_as_registered() or (waits_for_password and not self._old.id)

    def _is_as_registered(self) -> bool:
        """Whether nothing was typed that would make the camera another one."""
        return bool(self._old.id) and (
            self.fields["main_url"].text == self._old.main_url
            and self.fields["username"].text == self._old.username
            and not self.fields["password"].text
        )

    # Saving

    def draft(self) -> CameraDraft | None:
        """What was typed; None when something is wrong, which is said under its field."""
        self._take_found()
        self.fields.take_credentials()
        camera = self.fields.camera(self._old, self._today)
        if camera is None:
            return None
        return CameraDraft(camera, self.fields["password"].line.text())

    def needs_no_picture(self) -> bool:
        """Whether it may be saved without a word: a picture was seen, or nothing was changed."""
        return self.has_picture or self._is_as_registered()

    def is_confirmed(self, draft: CameraDraft) -> bool:
        """Whether the person has read the warnings of this very draft and saves all the same."""
        return draft == self._confirmed

    def warn(self, draft: CameraDraft, sentences: Sequence[str]) -> None:
        """Say what speaks against saving; the next press of the button saves."""
        self._confirmed = draft
        self.save.show_words(tr("Save all the same"), SAVE_CAP)
        self.tell("\n".join(sentences), "amber")

    def tell(self, words: str, state: str) -> None:
        """A sentence over the button; `state` is a colour token or nothing."""
        restate(self.words, "state", state)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.save.setEnabled(True)

    def show_save_failed(self, error: KnownError) -> None:
        """It could not be saved; what was typed stays."""
        self.tell(explain(error), "red")

    def _on_save(self) -> None:
        if not self.save.isEnabled():
            return
        draft = self.draft()
        if draft is None:
            self.tell(tr("Something is missing or wrong; see the red words."), "red")
            return
        self.save.setEnabled(False)
        self.save_requested.emit(draft)

    def _on_remove(self) -> None:
        self.removal_requested.emit(self._old.id)
