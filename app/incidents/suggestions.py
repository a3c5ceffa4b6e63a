"""Which unit to send: who may go, whose beat holds the place, how far, and the reasons in words.

Values in, values out. The officer decides; this only orders the list and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.duty.check_ins import overdue_s, silent_s
from app.duty.units import Unit, UnitKind, UnitState
from app.errors import Message, msg

BEAT_WORTH_M = 300.0
"""So much nearer counts a unit whose own beat holds the place: it knows the ground."""
SENDABLE = (UnitState.FREE, UnitState.RESTING)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One unit that may be sent. `distance_m` is as the crow flies from its last known place."""

    unit: Unit
    distance_m: float | None
    owns_beat: bool
    is_nearest: bool
    reasons: tuple[Message, ...]

    @property
    def rank_m(self) -> float:
        """What the list is ordered by among its equals; infinite where nothing is known."""
        away = float("inf") if self.distance_m is None else self.distance_m
        return away - BEAT_WORTH_M if self.owns_beat else away


def suggest(
    units: Iterable[Unit],
    beats: Collection[str],
    distance_m: Callable[[Unit], float | None],
    now: datetime,
    check_in_min: float,
) -> list[Suggestion]:
    """The units that may be sent, the likeliest first.

    Free ones before those at rest, patrols and traffic police before investigators, then by
    distance, of which the unit's own beat takes off `BEAT_WORTH_M`. `beats` are the names of the
    beats that hold the place.
    """
    able = [unit for unit in units if unit.state in SENDABLE]
    away = {unit.id: distance_m(unit) for unit in able}
    known = [metres for metres in away.values() if metres is not None]
    nearest = min(known, default=None)
    made = [
        _suggestion(unit, away[unit.id], nearest, bool(unit.beat) and unit.beat in beats,
                    silent_min(unit, now, check_in_min))
        for unit in able
    ]  # fmt: skip
    return sorted(made, key=_order)


def silent_min(unit: Unit, now: datetime, check_in_min: float) -> int:
    """For how many minutes an overdue unit was not heard; 0 if it is not overdue."""
    return int(silent_s(unit, now) // 60) if overdue_s(unit, now, check_in_min) else 0


def _order(one: Suggestion) -> tuple[bool, bool, float, float, str]:
    return (
        one.unit.state is UnitState.RESTING,
        one.unit.kind is UnitKind.INVESTIGATION,
        one.rank_m if one.distance_m is not None else float("inf"),
        0.0 if one.owns_beat else 1.0,
        one.unit.call_sign,
    )


def _suggestion(
    unit: Unit, away_m: float | None, nearest_m: float | None, owns_beat: bool, silent: int
) -> Suggestion:
    is_nearest = away_m is not None and away_m == nearest_m
    reasons: list[Message] = []
    if owns_beat:
        reasons.append(msg("{beat} holds the place", beat=unit.beat))
    if is_nearest:
        reasons.append(msg("nearest"))
    if unit.state is UnitState.RESTING:
        reasons.append(msg("resting, can be called"))
    if unit.kind is UnitKind.INVESTIGATION:
        reasons.append(msg("investigators, sent when needed"))
    if unit.beat and not owns_beat:
        reasons.append(msg("leaves {beat}", beat=unit.beat))
    if silent:
        reasons.append(msg("not heard for {minutes} min", minutes=silent))
    return Suggestion(unit, away_m, owns_beat, is_nearest, tuple(reasons))
