"""How long nothing was heard of a unit, and whether that is too long. Values in, values out."""

from __future__ import annotations

from datetime import datetime

from app.clock import from_stored
from app.duty.units import Unit, UnitState

_EXPECTED = frozenset(
    {UnitState.FREE, UnitState.ASSIGNED, UnitState.ON_THE_WAY, UnitState.ON_SCENE}
)


def silent_s(unit: Unit, now: datetime) -> float:
    """How long nothing was heard of a unit, in seconds; never below zero."""
    heard = unit.heard_at or unit.since
    return max(0.0, (now - from_stored(heard)).total_seconds()) if heard else 0.0


def overdue_s(unit: Unit, now: datetime, allowed_min: float) -> float:
    """By how many seconds a check-in is overdue; 0 if it is not, or is not asked for.

    Of a unit at rest or off duty nothing is expected; `allowed_min` 0 expects nothing of anybody.
    """
    if allowed_min <= 0 or unit.state not in _EXPECTED:
        return 0.0
    return max(0.0, silent_s(unit, now) - allowed_min * 60)
