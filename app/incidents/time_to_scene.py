"""Time to the scene as the 191 report lists it: by unit, by beat, by month, against the target.

Values in, values out; the orders it is reckoned from are `runs.py`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from app.incidents.runs import Run
from app.thai.collation import sort_key
from app.thai.dates import buddhist_year, to_local


class By(StrEnum):
    """What the orders are put together by."""

    UNIT = "unit"
    BEAT = "beat"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class SceneTimes:
    """The orders of one unit, beat or month. Seconds are None when nobody arrived.

    `arrived`: of how many it is known how long they took.

    `name` is the call sign, the beat's name (empty: of no beat), or the month as `2569-11`.
    """

    name: str
    sent: int
    arrived: int
    within_target: int
    median_s: float | None
    slowest_s: float | None

    @property
    def share_within(self) -> float | None:
        """How many of those who arrived came within the target, from 0 to 1."""
        return self.within_target / self.arrived if self.arrived else None


def scene_times(runs: Sequence[Run], by: By, target_s: float) -> list[SceneTimes]:
    """The orders put together, in the order of a Thai dictionary (or of the months).

    An order whose unit was called back before it arrived counts as sent, and in no time; so does
    one of which nobody knows how long it took.
    """
    groups: dict[str, list[Run]] = {}
    for run in runs:
        groups.setdefault(_name(run, by), []).append(run)
    return [_times(name, groups[name], target_s) for name in sorted(groups, key=sort_key)]


def scene_times_of_all(runs: Sequence[Run], target_s: float) -> SceneTimes:
    """All orders put together; they have no name."""
    return _times("", runs, target_s)


def _name(run: Run, by: By) -> str:
    match by:
        case By.UNIT:
            return run.call_sign
        case By.BEAT:
            return run.beat
        case By.MONTH:
            return f"{buddhist_year(run.assigned_at)}-{to_local(run.assigned_at).month:02d}"


def _times(name: str, runs: Sequence[Run], target_s: float) -> SceneTimes:
    times = [seconds for run in runs if (seconds := run.to_scene_s) is not None]
    return SceneTimes(
        name=name,
        sent=len(runs),
        arrived=len(times),
        within_target=sum(seconds <= target_s for seconds in times),
        median_s=median(times) if times else None,
        slowest_s=max(times, default=None),
    )
