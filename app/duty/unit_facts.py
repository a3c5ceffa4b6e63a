"""What is recorded of a unit beside its movements: crew, check-ins, its end. Facts only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class UnitCrewed:
    """Who rides in the unit from now on, and in which vehicle. Nobody: it is off duty.

    A member is an officer's id, or a name where the person is no officer of the station's list.
    """

    kind: ClassVar[str] = "unit_crewed"
    unit_id: str
    members: tuple[str, ...]
    vehicle: str = ""

    @property
    def subject(self) -> str:
        return self.unit_id

    def body(self) -> Mapping[str, Any]:
        return {"members": list(self.members), "vehicle": self.vehicle}


@dataclass(frozen=True, slots=True)
class UnitStoodDown:
    """The unit is on the list no longer. What it did stays in the log, under its call sign."""

    kind: ClassVar[str] = "unit_stood_down"
    unit_id: str
    reason: str = ""

    @property
    def subject(self) -> str:
        return self.unit_id

    def body(self) -> Mapping[str, Any]:
        return {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class UnitCheckedIn:
    """A unit reported itself. No words: nothing to report.

    `code` is the radio code it began with, `words` what it said with every code spelt out.
    `state`: `free` or `resting` when it said so, else empty. The place where it was given.
    """

    kind: ClassVar[str] = "unit_checked_in"
    unit_id: str
    words: str = ""
    code: str = ""
    state: str = ""
    place: str = ""
    lat_deg: float | None = None
    lon_deg: float | None = None

    @property
    def subject(self) -> str:
        return self.unit_id

    def body(self) -> Mapping[str, Any]:
        return {
            "words": self.words,
            "code": self.code,
            "state": self.state,
            "place": self.place,
            "lat_deg": self.lat_deg,
            "lon_deg": self.lon_deg,
        }
