"""The ticks of a timeline's ruler: round times of the station's clock, and their words. No Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.thai.dates import MONTHS, clock_time, precise_time, short_time, to_local
from app.thai.translation import Language
from app.ui.review.timeline_scale import DAY_S, TimelineScale, instant

_STEPS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
            3600, 7200, 10_800, 21_600, 43_200, DAY_S, 2 * DAY_S, 7 * DAY_S)  # fmt: skip
_EAST_S = 7 * 3600.0  # Asia/Bangkok has no summer time (docs/time.md)


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of the ruler. `begins_day`: it is midnight, and its words are the day."""

    at_s: float
    text: str
    begins_day: bool = False


def step_s(scale: TimelineScale, least_px: float) -> float:
    """The smallest round step of which two ticks stand at least so far apart."""
    wanted = least_px / scale.px_per_s
    return next((step for step in _STEPS_S if step >= wanted), _STEPS_S[-1])


def ticks(scale: TimelineScale, least_px: float, language: Language) -> list[Tick]:
    """Every tick that is to be seen, from left to right, on round times of the wall clock."""
    step = step_s(scale, least_px)
    first = math.ceil((scale.begins_s + _EAST_S) / step - 1e-9)
    last = math.floor((scale.ends_s + _EAST_S) / step + 1e-9)
    return [_tick(number * step - _EAST_S, step, language) for number in range(first, last + 1)]


def _tick(at_s: float, step: float, language: Language) -> Tick:
    at = instant(at_s + 0.0005)  # a step of a tenth is no round number of a computer's
    local = to_local(at)
    is_midnight = (local.hour, local.minute, local.second) == (0, 0, 0) and step >= 60
    if is_midnight:
        return Tick(at_s, day_words(at_s, language), begins_day=True)
    if step >= 60:
        return Tick(at_s, short_time(at))
    return Tick(at_s, clock_time(at) if step >= 1 else precise_time(at)[:-2])


def day_words(at_s: float, language: Language) -> str:
    """`22 พ.ย.`: a day among days of the same weeks needs no year."""
    local = to_local(instant(at_s))
    return f"{local.day} {MONTHS[language][local.month - 1]}"
