"""What a unit does for an incident: assigned, on the way, arrived, released. Facts only.

The subject is the incident, so that an incident's entries tell its whole story; the unit stands in
the body.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.log import Said


@dataclass(frozen=True, slots=True)
class Movement:
    """What the four movements share. The place is given where it is known (arrival)."""

    incident_id: str
    unit_id: str
    call_sign: str
    distance_m: float | None = None
    lat_deg: float | None = None
    lon_deg: float | None = None
    happened_at: str | None = None
    """When it really was, as stored, where that was said later."""

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        late = {} if self.happened_at is None else {"happened_at": self.happened_at}
        return {
            "unit": self.unit_id,
            "call_sign": self.call_sign,
            "distance_m": self.distance_m,
            "lat_deg": self.lat_deg,
            "lon_deg": self.lon_deg,
            **late,
        }


@dataclass(frozen=True, slots=True)
class UnitAssigned(Movement):
    """The duty officer sent the unit; of which beat it was then."""

    kind: ClassVar[str] = "unit_assigned"
    beat: str = ""
    moved_from: str = ""
    """The incident it was sent to, where that became part of this one: the order goes on."""

    def body(self) -> Mapping[str, Any]:
        moved = {"moved_from": self.moved_from} if self.moved_from else {}
        return {**Movement.body(self), "beat": self.beat, **moved}


@dataclass(frozen=True, slots=True)
class UnitOnTheWay(Movement):
    """The unit answered and left."""

    kind: ClassVar[str] = "unit_on_the_way"


@dataclass(frozen=True, slots=True)
class UnitArrived(Movement):
    """The unit is at the scene."""

    kind: ClassVar[str] = "unit_arrived"


@dataclass(frozen=True, slots=True)
class UnitReleased(Movement):
    """The unit is free again."""

    kind: ClassVar[str] = "unit_released"


MOVEMENTS = frozenset({UnitAssigned.kind, UnitOnTheWay.kind, UnitArrived.kind, UnitReleased.kind})

SAID = (Said(UnitAssigned.kind, ("call_sign",)),)
"""An incident is found by the units that were sent to it."""
