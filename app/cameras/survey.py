"""What the survey of cameras still lacks: who is to be looked at again, what nobody wrote down.

Values in, values out; knows no log, no paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.cameras.camera import Camera

EVERY_DAYS = 180
"""How often somebody stands before every camera, where nothing else is said."""


class Lack(StrEnum):
    """What the survey asks and the record does not say."""

    OWNER = "owner"
    CONTACT = "contact"
    RETENTION = "retention"
    CONSENT = "consent"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A camera as the survey sees it. `due_on`: by when somebody should look again; None: nobody
    ever did. `late_days`: since when that is over; 0 while it is not."""

    camera: Camera
    checked_on: date | None
    due_on: date | None
    late_days: int
    lacks: tuple[Lack, ...]

    @property
    def is_overdue(self) -> bool:
        """Whether somebody has to go there."""
        return self.due_on is None or self.late_days > 0


def surveyed(camera: Camera, today: date, every_days: int = EVERY_DAYS) -> Surveyed:
    """How a camera stands on a day, if each is looked at every so many days."""
    checked = date.fromisoformat(camera.checked_on) if camera.checked_on else None
    due = None if checked is None else checked + timedelta(days=every_days)
    late = 0 if due is None else max(0, (today - due).days)
    return Surveyed(camera, checked, due, late, _lacks(camera))


def survey(cameras: Iterable[Camera], today: date, every_days: int = EVERY_DAYS) -> list[Surveyed]:
    """Whom to visit first: never looked at, then the longest overdue, then what is due next."""
    found = [surveyed(camera, today, every_days) for camera in cameras]
    return sorted(found, key=_order)


def _order(one: Surveyed) -> tuple[date, int, str]:
    return one.due_on or date.min, len(one.camera.id), one.camera.id


def _lacks(camera: Camera) -> tuple[Lack, ...]:
    there = {
        Lack.OWNER: bool(camera.owner.strip()),
        Lack.CONTACT: bool(camera.contact.strip()),
        Lack.RETENTION: camera.retention_days > 0,
        Lack.CONSENT: bool(camera.consent_on),
        Lack.SIGN: camera.notice_sign,
    }
    return tuple(lack for lack, is_there in there.items() if not is_there)
