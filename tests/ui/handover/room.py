"""The handover's screen on a real log, without the rest of the window: two officers, passwords."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.clock import ScriptedClock
from app.duty.officers import Officer, OfficerEnrolled
from app.duty.passwords import Argon2, OfficerPasswords
from app.duty.sign_in import SignIn
from app.errors import KnownError
from app.incidents.deadlines import Targets
from app.log import Log, Role
from app.station import Disk, Redactor
from app.station.secrets import FileSecrets
from app.thai.translation import explain
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.handover.draft import DraftFile
from app.ui.handover.faults import Surroundings
from app.ui.handover.handover_desk import HandoverDesk, HandoverParts
from app.ui.handover.handover_place import HandoverPlace
from app.ui.handover.handover_reading import HandoverReading
from app.ui.handover.page_lines import Box
from app.ui.recording_words import RecordingWords
from app.ui.theme import Theme
from tests.station_log import PROGRAM, a_station_log

THANA = Officer("officer-1", "ร.ต.ท.ธนา วงศ์คำ", "ร้อยเวร (ตัวอย่าง)", Role.DUTY_OFFICER)
PHICHAI = Officer("officer-2", "ร.ต.อ.พิชัย แสนสุข", "ร้อยเวร (ตัวอย่าง)", Role.DUTY_OFFICER)
SURACHAI = Officer("officer-4", "พ.ต.ท.สุรชัย โขงงาม", "สวป. (ตัวอย่าง)", Role.SUPERVISOR)
VIEWER = Officer("officer-9", "นายผู้ดู", "", Role.VIEWER)
PASSWORDS = {one.id: f"รหัสของ-{one.id}" for one in (THANA, PHICHAI, SURACHAI)}
WELL = Surroundings((), RecordingWords("dot", "green", "บันทึกอยู่"), 71.0, True, True)


@dataclass
class Room:
    """What a test has in its hands."""

    log: Log
    clock: ScriptedClock
    desk: Desk
    handover: HandoverDesk
    place: HandoverPlace
    qtbot: QtBot
    refused: list[KnownError]
    taken: list[Officer]

    @property
    def complaint(self) -> str:
        """What the officer reads that was refused."""
        return explain(self.refused[-1]) if self.refused else ""

    def settle(self) -> None:
        """Wait until nothing is being read or signed."""
        handover = self.handover
        self.qtbot.waitUntil(
            lambda: (
                handover.standing is not None and not handover.is_busy and not handover._is_looking
            ),
            timeout=10_000,
        )

    def look(self) -> None:
        """Read the log again, as the screen does every few seconds."""
        self.handover.look()
        self.settle()

    def write(self, notes: str = "") -> None:
        """The outgoing officer signs."""
        if notes:
            self.place.signing.notes.setPlainText(notes)
        self.place.signing.outgoing.password.setText(PASSWORDS[self.desk.officer.id])
        self.place.sign()
        self.qtbot.waitUntil(
            lambda: self.handover.waiting is not None or bool(self.refused), timeout=10_000
        )
        self.settle()

    def acknowledge_all(self) -> None:
        """Space, item by item."""
        self.place.list.go_to_next()
        for _ in self.handover.missing:
            self.place.list.acknowledge_current()

    def accept(self, password: str = "") -> None:
        """The incoming officer signs."""
        incoming = self.handover.draft.incoming
        self.place.signing.incoming.password.setText(password or PASSWORDS[incoming])
        refused = len(self.refused)
        self.place.sign()
        self.qtbot.waitUntil(
            lambda: self.handover.waiting is None or len(self.refused) > refused, timeout=10_000
        )
        self.settle()

    def boxes(self) -> list[Box]:
        """The boxes of the items that are shown."""
        return [line.box for line in self.place.list.lines if line.row is not None]


@contextmanager
def a_room(
    folder: Path, clock: ScriptedClock, theme: Theme, qtbot: QtBot, officer: Officer = THANA
) -> Iterator[Room]:
    """On the station in `folder`, made if it is not there; opened again it is a restart."""
    with a_station_log(folder, clock) as log:
        if not log.entries_of(THANA.id):
            people = (THANA, PHICHAI, SURACHAI, VIEWER)
            log.append(*(OfficerEnrolled(one) for one in people), actor=PROGRAM).result()
        passwords = OfficerPasswords(
            FileSecrets(Redactor(), file=folder / "secrets.json"), "station-1", Argon2(64, 1)
        )
        for id_, password in PASSWORDS.items():
            if not passwords.has(id_):
                passwords.put(id_, password)
        desk = Desk(log, clock, officer, Targets())
        background = Background(workers=1)
        parts = HandoverParts(
            desk=desk,
            log=log,
            background=background,
            reading=HandoverReading(log, clock, desk.targets, 15.0),
            surroundings=lambda: replace(WELL),
            sign_in=SignIn(log, passwords, clock),
            drafts=DraftFile(folder / "desk" / "handover.json", Disk()),
        )
        handover = HandoverDesk(parts)
        place = HandoverPlace(theme, handover)
        refused: list[KnownError] = []
        taken: list[Officer] = []
        handover.refused.connect(refused.append)
        handover.desk_taken.connect(taken.append)
        place.resize(1306, 700)
        place.show()
        room = Room(log, clock, desk, handover, place, qtbot, refused, taken)
        try:
            qtbot.waitUntil(lambda: QApplication.activeWindow() is place, timeout=5_000)
            room.settle()
            yield room
        finally:
            handover.leave()
            place.close()
            place.deleteLater()
            background.stop()
            desk.leave()
