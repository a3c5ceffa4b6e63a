"""All that stands behind who holds the desk, built and ended in order. No widget."""

from __future__ import annotations

import functools

from app.clock import Clock
from app.duty.passwords import OfficerPasswords
from app.duty.recovery import Recovery
from app.duty.sign_in import SignIn
from app.duty.sign_in_entries import PasswordSetBy
from app.log import Log
from app.station import Profile, SecretStore
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.officer_office import OfficerOffice
from app.ui.sign_in.desk_guard import DeskGuard
from app.ui.sign_in.idle_watch import IdleWatch


class Entrance:
    """Made once for a desk; windows come and go."""

    def __init__(
        self,
        desk: Desk,
        log: Log,
        profile: Profile,
        secrets: SecretStore,
        clock: Clock,
        background: Background,
    ) -> None:
        passwords = OfficerPasswords(secrets, profile.station_id)
        self.sign_in = SignIn(log, passwords, clock)
        self.recovery = Recovery(log, self.sign_in)
        self.guard = DeskGuard(desk, log, profile, self.sign_in, self.recovery, background)
        self.idle = IdleWatch(clock, profile.lock_after_min)
        self.idle.idle.connect(self.guard.lock_idle)
        self.office = OfficerOffice(desk, log, self.sign_in, self.recovery, background)
        self._desk, self._background = desk, background
        self.guard.begin()

    def start(self) -> None:
        """When the window is seen: into the log who has the desk; begin to look for idle hands."""
        self.guard.announce()
        self.idle.start()

    def give_everybody(self, password: str) -> None:
        """A sample station's officers have this one, and it is shown where they sign in."""
        self.guard.sample_password = password
        work = functools.partial(self._give, password)
        self._background.run(work, _nothing, self._desk.failed.emit)

    def _give(self, password: str) -> None:
        for officer in self.guard.officers():
            has_own = self.sign_in.has_password(officer.id)
            if not has_own or not self.sign_in.was_set_here(officer.id):
                self.sign_in.set_password(officer, password, by=PasswordSetBy.FOUNDING)

    def stop(self) -> None:
        """Look for idle hands no more."""
        self.idle.stop()


def _nothing(_: object) -> None:
    pass
