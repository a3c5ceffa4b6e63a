"""The lines of the unit board: what each unit does since when, where it was, when it was heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from app.clock import from_stored
from app.duty.check_ins import overdue_s, silent_s
from app.duty.units import Unit, UnitState
from app.incidents.incident import Incident
from app.thai.collation import sort_key
from app.thai.dates import elapsed, short_date, short_time, to_local
from app.thai.translation import language, tr
from app.ui.units.unit_words import beat_or_kind, crew_words, state_colour, unit_state_name

_ORDER = (
    UnitState.ASSIGNED,
    UnitState.ON_THE_WAY,
    UnitState.ON_SCENE,
    UnitState.FREE,
    UnitState.RESTING,
    UnitState.OFF_DUTY,
)


class Column(IntEnum):
    """The columns, left to right."""

    MARK = 0
    CALL_SIGN = 1
    BEAT = 2
    CREW = 3
    DOING = 4
    SINCE = 5
    PLACE = 6
    HEARD = 7


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit as it is shown: texts by column, and the token of each text's colour."""

    unit: Unit
    texts: tuple[str, ...]
    colours: tuple[str, ...]
    is_overdue: bool

    @property
    def id(self) -> str:
        """The unit's."""
        return self.unit.id


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """What the lines are made of beside the units themselves."""

    incidents: Mapping[str, Incident]
    names: Mapping[str, str]
    """Of officers, by id."""
    now: datetime
    check_in_min: float
    shift_began: datetime
    """Crews of before are said to be so."""
    place_name: Callable[[Unit], str]
    """What the last place is called, where it was given as coordinates only."""


def board_rows(units: Sequence[Unit], facts: BoardFacts) -> list[BoardRow]:
    """Those who are out first, then the free ones; of one state by call sign."""
    ordered = sorted(units, key=lambda one: (_ORDER.index(one.state), sort_key(one.call_sign)))
    return [_row(unit, facts) for unit in ordered]


def _row(unit: Unit, facts: BoardFacts) -> BoardRow:
    incident = facts.incidents.get(unit.incident or "")
    overdue = overdue_s(unit, facts.now, facts.check_in_min) > 0
    off = unit.state is UnitState.OFF_DUTY
    texts = (
        "",
        unit.call_sign,
        beat_or_kind(unit),
        _crew(unit, facts),
        _doing(unit, incident),
        _ago(unit.since, facts.now),
        _place(unit, incident, facts),
        _heard(unit, facts.now, overdue),
    )
    colours = (
        "text", "text_3" if off else "text", "text_2", "text_2", state_colour(unit.state),
        "text_2", "text_2", "amber" if overdue else "text_2",
    )  # fmt: skip
    return BoardRow(unit, texts, colours, overdue)


def _crew(unit: Unit, facts: BoardFacts) -> str:
    words = crew_words(unit, facts.names)
    since = from_stored(unit.crew_since) if unit.crew_since else facts.shift_began
    if unit.members and since < facts.shift_began:
        return tr("{crew} · of an earlier shift", crew=words)
    return words


def _doing(unit: Unit, incident: Incident | None) -> str:
    words = unit_state_name(unit.state)
    if incident is None:
        return words
    return f"{words} · {incident.number.partition('/')[0]} {incident.category.name}"


def _ago(stored: str, now: datetime) -> str:
    if not stored:
        return ""
    return elapsed((now - from_stored(stored)).total_seconds(), language())


def _place(unit: Unit, incident: Incident | None, facts: BoardFacts) -> str:
    """Where it was last, and when that was said."""
    if unit.state is UnitState.OFF_DUTY:
        return "–"
    if unit.state is UnitState.ON_SCENE and incident is not None and not unit.place:
        return incident.report.place
    words = unit.place or facts.place_name(unit)
    at = _when(unit.place_at, facts.now) if unit.place_at else ""
    return f"{words} {at}".strip()


def _when(stored: str, now: datetime) -> str:
    """The time of today, else the day: a time of another day would be taken for today'"'"'s."""
    at = from_stored(stored)
    is_today = to_local(at).date() == to_local(now).date()
    return short_time(at) if is_today else short_date(at, language())


def _heard(unit: Unit, now: datetime, overdue: bool) -> str:
    if not unit.heard_at or unit.state is UnitState.OFF_DUTY:
        return "–"
    if overdue:
        return tr("not heard for {minutes} min", minutes=int(silent_s(unit, now) // 60))
    at = _when(unit.heard_at, now)
    return f"{at} {unit.heard}".strip()
