"""The words for units: what they are and do, who rides in them, how fast they came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.duty.units import Unit, UnitKind, UnitState
from app.incidents.runs import Run
from app.incidents.suggestions import BEAT_WORTH_M, Suggestion
from app.thai.dates import countdown, elapsed, short_time
from app.thai.translation import language, say, tr


def unit_state_name(state: UnitState) -> str:
    """What a unit is doing."""
    match state:
        case UnitState.FREE:
            return tr("Free")
        case UnitState.ASSIGNED:
            return tr("Ordered")
        case UnitState.ON_THE_WAY:
            return tr("Coming")
        case UnitState.ON_SCENE:
            return tr("At the scene")
        case UnitState.RESTING:
            return tr("Resting")
        case UnitState.OFF_DUTY:
            return tr("Off duty")


def unit_kind_name(kind: UnitKind) -> str:
    """What a unit is."""
    match kind:
        case UnitKind.PATROL:
            return tr("Patrol unit")
        case UnitKind.TRAFFIC:
            return tr("Traffic police")
        case UnitKind.INVESTIGATION:
            return tr("Investigators")


def state_colour(state: UnitState) -> str:
    """The token of a unit state's words (tokens §5): its shape is drawn beside them."""
    return {
        UnitState.FREE: "green",
        UnitState.ASSIGNED: "blue",
        UnitState.ON_THE_WAY: "blue",
        UnitState.ON_SCENE: "text",
    }.get(state, "text_3")


def beat_or_kind(unit: Unit) -> str:
    """The beat it keeps; what it is, where it keeps none."""
    return unit.beat or unit_kind_name(unit.kind)


def crew_words(unit: Unit, names: Mapping[str, str]) -> str:
    """Who rides in it, and in which vehicle; officers by their names."""
    people = ", ".join(names.get(member, member) for member in unit.members)
    return " · ".join(part for part in (people, unit.vehicle) if part) or "–"


def metres(away_m: float) -> str:
    """`410 m`, `1.2 km`."""
    if away_m < 1000:
        return tr("{metres:.0f} m", metres=away_m)
    return tr("{kilometres:.1f} km", kilometres=away_m / 1000)


def suggestion_title(one: Suggestion) -> str:
    """`มุกดา 23 · 410 ม. · เขตตรวจ 2`."""
    away = metres(one.distance_m) if one.distance_m is not None else ""
    return " · ".join(part for part in (one.unit.call_sign, away, beat_or_kind(one.unit)) if part)


def suggestion_reasons(one: Suggestion) -> str:
    """Why it stands where it stands, in words."""
    return " · ".join(say(reason) for reason in one.reasons)


def suggestion_order() -> str:
    """How the list is ordered, so that nobody has to guess."""
    return tr(
        "By distance as the crow flies; the beat's own unit counts {metres:.0f} m nearer.",
        metres=BEAT_WORTH_M,
    )


def run_words(run: Run, now: datetime, target_s: float) -> tuple[str, str]:
    """What one unit of an incident has done, and the token of the words' colour.

    The time to the scene counts from the order to the arrival.
    """
    if run.arrived_at is not None:
        is_late = (run.to_scene_s or 0.0) > target_s
        text = _came_words(run.arrived_at, run.to_scene_s, is_late)
        if not run.is_out:
            text = tr("{what} · free again", what=text)
        return text, "amber" if is_late else "text_2"
    since_s = (now - run.assigned_at).total_seconds()
    if not run.is_out:
        return tr("called back"), "text_3"
    if run.left_at is not None:
        words = tr("left {at}, ordered {time} ago", at=short_time(run.left_at),
                   time=elapsed(since_s, language()))  # fmt: skip
        return words, "blue"
    return tr("ordered {time} ago", time=elapsed(since_s, language())), "blue"


def _came_words(arrived_at: datetime, to_scene_s: float | None, is_late: bool) -> str:
    if to_scene_s is None:  # the clock was set back on the way: only when it came is known
        return tr("came at {at}", at=short_time(arrived_at))
    if is_late:
        return tr("came in {time}, target passed", time=countdown(to_scene_s))
    return tr("came in {time}", time=countdown(to_scene_s))


def runs_words(runs: Sequence[Run], now: datetime, target_s: float) -> list[str]:
    """A line a unit: call sign and what it has done."""
    return [f"{run.call_sign} · {run_words(run, now, target_s)[0]}" for run in runs]
