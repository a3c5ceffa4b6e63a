"""The sound of overdue deadlines, muted for a named time only. Knows no loudspeaker.

Who muted it and until when stands in the log; there is no way to mute it for good.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from app.clock import from_stored, to_stored
from app.errors import KnownError, msg
from app.log import Actor, Entry, Log

MINUTES_TO_MUTE = (5, 15, 30, 60)
_LONGEST = timedelta(minutes=max(MINUTES_TO_MUTE))
_SUBJECT = "sound"


@dataclass(frozen=True, slots=True)
class SoundMuted:
    """Nothing is heard until then; a time that has come: it is heard again."""

    kind: ClassVar[str] = "sound_muted"
    until: str

    @property
    def subject(self) -> str:
        return _SUBJECT

    def body(self) -> Mapping[str, Any]:
        return {"until": self.until}


def mute_sound(log: Log, minutes: int, *, now: datetime, actor: Actor) -> Future[tuple[Entry, ...]]:
    """Mute it for so many minutes; 0 lets it be heard again. KnownError for more than an hour."""
    until = now + timedelta(minutes=minutes)
    if not timedelta(0) <= until - now <= _LONGEST:
        raise KnownError(
            msg("The sound can be muted for an hour at most."),
            safe=msg("Nothing was changed."),
            do=msg("Choose a shorter time; it can be muted again."),
        )
    return log.append(SoundMuted(to_stored(until)), actor=actor)


def muted_until(log: Log, now: datetime) -> datetime | None:
    """Until when nothing is heard; None when it is heard. A clock that was set back mutes for an
    hour at most.
    """
    said = _last(log.entries_of(_SUBJECT))
    if said is None or not now < said <= now + _LONGEST:
        return None
    return said


def _last(entries: Sequence[Entry]) -> datetime | None:
    muted = [entry for entry in entries if entry.kind == SoundMuted.kind and entry.body]
    return from_stored(muted[-1].data()["until"]) if muted else None
