"""Looks once a second at what is overdue: lets it be heard, and tells a supervisor. Never a dialog.

The colours are the list's own affair; this is what comes after them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.clock import to_stored
from app.errors import KnownError
from app.incidents.deadlines import Targets
from app.incidents.escalation import Loudness, Overdue, overdue
from app.incidents.incident import Incident
from app.log import Actor, Changed, Entry
from app.thai.dates import short_time
from app.thai.translation import tr
from app.ui.background import Background
from app.ui.desk import Desk

AGAIN_S = 30.0  # how long until what is still overdue is heard again
Play = Callable[[], str]


@dataclass(frozen=True, slots=True)
class OverdueWords:
    """What the header says: nothing when nothing is overdue and the sound is not muted."""

    icon: str = ""
    colour: str = ""
    text: str = ""
    explained: str = ""


class OverdueWatch(QObject):
    """One console's ear. `play` sounds once and says what played it; it runs in the background."""

    supervisor_wanted = Signal(str)  # a sentence for the notice
    sounded = Signal(str)  # by what: empty for the computer's own beep

    def __init__(self, desk: Desk, background: Background, play: Play, *, program: Actor) -> None:
        super().__init__()
        self._desk, self._background = desk, background
        self._play, self._program = play, program
        self._overdue: list[Overdue] = []
        self._telling: set[tuple[str, str]] = set()
        self._heard_s: float | None = None
        self._heard: frozenset[str] = frozenset()
        self.muted_until: datetime | None = None
        desk.changed.connect(self._on_changed)

    def look(self, incidents: Sequence[Incident], now: datetime, targets: Targets) -> None:
        """The open incidents as they stand now."""
        self._overdue = overdue(incidents, now, targets)
        if self.muted_until is not None and self.muted_until <= now:
            self.muted_until = None
        self._tell([one for one in self._overdue if one.is_news], targets)
        self._sound([one for one in self._overdue if one.loudness >= Loudness.SOUND])

    def read(self) -> None:
        """Whether somebody muted the sound; at the start."""
        self.muted_until = self._desk.incidents.muted_until()

    # The sound

    def test(self) -> None:
        """Sound once now, muted or not."""
        self._background.run(self._play, self._on_played, self._on_not_played)

    def mute(self, minutes: int) -> None:
        """Nothing is heard for so long; 0: it is heard again. KnownError for more than an hour."""
        self._desk.incidents.mute_sound(minutes)

    def _sound(self, loud: Sequence[Overdue]) -> None:
        """At once for what is newly overdue, and again after a while for what stays so."""
        ids = frozenset(one.incident.id for one in loud)
        now_s = self._desk.clock.monotonic()
        is_due = self._heard_s is None or now_s - self._heard_s >= AGAIN_S or ids - self._heard
        if ids and is_due and self.muted_until is None:
            self._heard_s = now_s
            self._heard = ids
            self.test()
        self._heard &= ids

    def _on_played(self, by: str) -> None:
        if not by:
            QApplication.beep()
        self.sounded.emit(by)

    def _on_not_played(self, error: KnownError) -> None:
        QApplication.beep()

    # The supervisor

    def _tell(self, news: Sequence[Overdue], targets: Targets) -> None:
        wanted = [one for one in news if _key(one) not in self._telling]
        if not wanted:
            return
        self._telling |= {_key(one) for one in wanted}
        tell = self._desk.incidents.tell_supervisor
        tell(wanted, targets, self._on_told, program=self._program)

    def _on_told(self, entries: tuple[Entry, ...]) -> None:
        subjects = {entry.subject for entry in entries}
        numbers = [one.incident.number for one in self._overdue if one.incident.id in subjects]
        if numbers:
            self.supervisor_wanted.emit(
                tr("Overdue: tell a supervisor of {numbers}.", numbers=", ".join(numbers))
            )

    def _on_changed(self, changed: Changed) -> None:
        if "sound_muted" in changed.kinds:
            self.read()

    # What the header says

    def words(self) -> OverdueWords:
        """How many are overdue past their colour, and whether they would be heard."""
        loud = [one for one in self._overdue if one.loudness >= Loudness.SOUND]
        told = [one for one in loud if one.loudness is Loudness.SUPERVISOR]
        explained = " · ".join(one.incident.number for one in told or loud)
        if told:
            words = tr("Supervisor: {count} overdue", count=len(told))
            return OverdueWords("triangle-alert", "red", words, explained)
        if loud:
            words = tr("Overdue {count}", count=len(loud))
            return OverdueWords("triangle-alert", "red", words, explained)
        if self.muted_until is not None:
            words = tr("Muted until {time}", time=short_time(self.muted_until))
            return OverdueWords("bell-off", "text_2", words)
        return OverdueWords()


def _key(one: Overdue) -> tuple[str, str]:
    return one.incident.id, to_stored(one.deadline.at)
