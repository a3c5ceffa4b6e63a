"""What the Setup place may do to the register and ask of cameras. Knows no widget.

Acts return at once; their answers come in the Qt thread. Passwords pass through to the store of
secrets, and nowhere else.
"""

from __future__ import annotations

import functools
import itertools
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.cameras.address import CameraAddress, parse_camera_address
from app.cameras.camera import Camera
from app.cameras.likeness import Likenesses, Twin
from app.cameras.passwords import CameraPasswords
from app.cameras.register import change, register, remove
from app.cameras.register_csv import FileRow
from app.cameras.register_import import (
    Imported,
    ImportPlan,
    export_register,
    import_register,
    plan_import,
)
from app.clock import Clock
from app.errors import KnownError, msg
from app.log import Actor, Log
from app.station.disk import Disk, reading_trouble
from app.station.redaction import Redactor
from app.thai.dates import to_local
from app.thai.translation import language
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.setup.camera_trials import CameraTrials
from app.video.health import Health
from app.video.health_record import CameraWeek, HealthRecord
from app.video.live import LivePictures
from app.video.opener import Opener
from app.video.preflight import Answer
from app.video.roll_call import call_roll

_EVERY_MINUTE_MS = 60_000

WhenDone = Callable[[Any], None]
WhenFailed = Callable[[KnownError], None]


@dataclass(frozen=True, slots=True)
class CameraDraft:
    """A camera as typed. No id: a new one. `password` empty: the one that is kept stays."""

    camera: Camera
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved; `password_error` if its password could not be kept."""

    camera_id: str
    is_new: bool
    password_error: KnownError | None = None


@dataclass(frozen=True, slots=True)
class OfficeParts:
    """What the office stands on; made by the application."""

    desk: Desk
    log: Log
    clock: Clock
    passwords: CameraPasswords
    redactor: Redactor
    opener: Opener
    pictures: LivePictures
    record: HealthRecord
    disk: Disk = field(default_factory=Disk)


class CameraOffice(QObject):
    """Where cameras are tried, registered, changed, removed, taken in and out."""

    passwords_changed = Signal()
    """A camera's password is another one: the cameras are to be opened anew."""
    answered = Signal(int, int)
    """A roll call goes on: so many cameras have answered, of so many."""

    def __init__(self, parts: OfficeParts) -> None:
        super().__init__()
        self._parts = parts
        self.trials = CameraTrials(parts.opener, parts.clock)
        self._background = Background(workers=2)
        self._roll_call_ends = threading.Event()
        self._is_noting = False
        self._minute = QTimer(self)
        self._minute.setInterval(_EVERY_MINUTE_MS)
        self._minute.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._minute.timeout.connect(self.note_health)

    def start(self) -> None:
        """Read the week's health, and note it from now on every minute."""
        self._background.run(self._parts.record.open, _nothing, _nothing)
        self._minute.start()

    def let_go(self) -> None:
        """Call off every trial and roll call, so that `stop` need not wait for them."""
        self._minute.stop()
        self.end_roll_call()
        self.trials.cancel()

    def stop(self) -> None:
        """The end of trials, roll calls and notes; waits for those under way."""
        self.let_go()
        self.trials.stop()
        self._background.stop()
        self._parts.record.close()

    # Health

    def health(self, camera_id: str) -> Health:
        """How a camera is now."""
        return self._parts.pictures.health(camera_id)

    def week(self) -> Mapping[str, CameraWeek]:
        """How each camera was in the last seven days."""
        return self._parts.record.week()

    def note_health(self) -> None:
        """A line for every camera. One at a time: a slow disk must not pile them up."""
        if self._is_noting:
            return
        self._is_noting = True
        healths = [self.health(camera.id) for camera in self._parts.desk.cameras()]
        work = functools.partial(self._parts.record.note, healths)
        self._background.run(work, self._on_noted, self._on_noted)

    def _on_noted(self, _: object) -> None:
        self._is_noting = False

    # One camera

    def twins(self, camera: Camera) -> tuple[Twin, ...]:
        """Cameras on the register that it is like."""
        return Likenesses(self._parts.desk.cameras()).twins(camera)

    def learn(self, password: str | None) -> None:
        """A password was typed: from now on no log shows it."""
        self._parts.redactor.learn(password or "")

    def password(self, camera_id: str) -> str | None:
        """The password that is kept for a camera on the register."""
        try:
            return self._parts.passwords.get(camera_id)
        except KnownError:
            return None  # the trial will say that the camera wants one

    def _opened(self, row: FileRow) -> CameraAddress:
        """The main stream as it is opened: with the file's password, or the one that is kept."""
        camera, password = row.camera, row.password
        if not password and camera.id:
            password = self.password(camera.id) or ""
        address = parse_camera_address(camera.main_url)
        return address.with_credentials(camera.username or None, password or None)

    def save(
        self, draft: CameraDraft, *, confirmed: bool, done: WhenDone, failed: WhenFailed
    ) -> None:
        """Register a new camera or change one; `done` gets Saved."""
        work = functools.partial(self._save, draft, confirmed, self._parts.desk.officer.actor)
        self._background.run(work, functools.partial(self._on_saved, done), failed)

    def _save(self, draft: CameraDraft, confirmed: bool, actor: Actor) -> Saved:
        camera = draft.camera
        self._parts.redactor.learn(draft.password)
        act = change if camera.id else register
        entries = act(self._parts.log, camera, actor=actor, confirmed=confirmed).result()
        camera_id = camera.id or entries[0].subject
        try:
            if draft.password:
                self._keep_password(camera_id, draft.password)
        except KnownError as error:
            return Saved(camera_id, not camera.id, error)
        return Saved(camera_id, not camera.id)

    def _on_saved(self, done: WhenDone, saved: Saved) -> None:
        self.passwords_changed.emit()
        done(saved)

    def remove(self, camera_id: str, reason: str, *, done: WhenDone, failed: WhenFailed) -> None:
        """Take a camera off the register, and its password out of the store."""

        actor = self._parts.desk.officer.actor

        def work() -> str:
            remove(self._parts.log, camera_id, reason, actor=actor).result()
            self._parts.passwords.forget(camera_id)
            return camera_id

        self._background.run(work, done, failed)

    # The whole register

    def export(self, path: Path, *, done: WhenDone, failed: WhenFailed) -> None:
        """Write the register to a file; `done` gets the path."""
        tongue, actor = language(), self._parts.desk.officer.actor

        def work() -> Path:
            _check_folder(path.parent, self._parts.disk)  # before the log says it was taken out
            data = export_register(self._parts.log, actor=actor, language=tongue)
            self._parts.disk.write(path, data)
            return path

        self._background.run(work, done, failed)

    def read_file(self, path: Path, *, done: WhenDone, failed: WhenFailed) -> None:
        """Read a file and hold it against the register; `done` gets an ImportPlan."""

        def work() -> ImportPlan:
            try:
                data = path.read_bytes()
            except OSError as error:
                raise reading_trouble(error, path) from error
            plan = plan_import(self._parts.log, data, to_local(self._parts.clock.now()).date())
            for row in plan.rows:
                self._parts.redactor.learn(row.row.password)
            return plan

        self._background.run(work, done, failed)

    def call_roll(self, rows: Sequence[FileRow], *, done: WhenDone) -> None:
        """Ask every camera of these rows whether it is there; `done` gets Answers by row."""
        self.end_roll_call()
        self._roll_call_ends = stop = threading.Event()
        count = itertools.count(1)

        def on_answer(_: str, answer: Answer) -> None:
            self.answered.emit(next(count), len(rows))

        def work() -> dict[int, Answer]:
            addresses = {str(one.row): self._opened(one) for one in rows}
            answers = call_roll(addresses, stop=stop, on_answer=on_answer)
            return {int(row): answer for row, answer in answers.items()}

        self._background.run(work, done, _nothing)

    def end_roll_call(self) -> None:
        """Ask no more cameras; who has answered is told."""
        self._roll_call_ends.set()

    def take(
        self, rows: Sequence[FileRow], *, confirmed: bool, done: WhenDone, failed: WhenFailed
    ) -> None:
        """Take these rows onto the register, all or none; `done` gets Imported."""
        actor = self._parts.desk.officer.actor

        def work() -> Imported:
            return import_register(
                self._parts.log,
                rows,
                actor=actor,
                keep_password=self._keep_password,
                confirmed=confirmed,
            )

        self._background.run(work, functools.partial(self._on_taken, done), failed)

    def _on_taken(self, done: WhenDone, imported: Imported) -> None:
        self.passwords_changed.emit()
        done(imported)

    def _keep_password(self, camera_id: str, password: str) -> None:
        self._parts.passwords.put(camera_id, password)


def _check_folder(folder: Path, disk: Disk) -> None:
    if not folder.is_dir():
        raise KnownError(
            msg("The folder {path} does not exist.", path=str(folder)),
            do=msg("Make that folder first, or choose another place."),
        )
    disk.check_writable(folder)


def _nothing(_: object) -> None:
    """Nobody waits for this answer."""
