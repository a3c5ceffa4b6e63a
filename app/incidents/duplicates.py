"""Whether a report may be of an incident that is open already: near in place and time, and alike.

Only a question is asked: the officer decides, and whatever is decided loses nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.incidents.categories import CaseGroup, Category
from app.incidents.incident import Incident
from app.thai.text import search_clusters

NEAR_M = 150.0  # a market's length: callers name different gates of it
NEAR_TIME = timedelta(minutes=60)  # how long people keep calling about the same thing
_METRES_PER_DEGREE = 111_195.0  # a sphere of 6,371 km; over 150 m the difference is centimetres


@dataclass(frozen=True, slots=True)
class Likely:
    """An open incident that may be the same, how far away and how long ago it was reported."""

    incident: Incident
    away_m: float | None
    """None when the places are the same in words only."""
    ago_s: float


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the report so far."""

    category: Category | None
    place: str
    lat_deg: float | None
    lon_deg: float | None


def likely_same(told: Told, among: Iterable[Incident], now: datetime) -> Likely | None:
    """The nearest open incident that may be the same as what is being reported; None if none is.

    `among` are open incidents. A type that was not chosen yet excludes nothing.
    """
    found = [one for one in (_held(told, incident, now) for incident in among) if one is not None]
    return min(found, key=lambda one: (one.away_m or 0.0, one.ago_s), default=None)


def _held(told: Told, incident: Incident, now: datetime) -> Likely | None:
    ago = now - incident.reported_at
    if incident.erased or not timedelta(0) <= ago <= NEAR_TIME:
        return None
    if told.category is not None and not are_kindred(told.category, incident.category):
        return None
    report = incident.report
    if None not in (told.lat_deg, told.lon_deg, report.lat_deg, report.lon_deg):
        away_m = _away_m(told, incident)
        return Likely(incident, away_m, ago.total_seconds()) if away_m <= NEAR_M else None
    words = search_clusters(told.place)
    if words and words == search_clusters(report.place):
        return Likely(incident, None, ago.total_seconds())
    return None


def are_kindred(one: Category, other: Category) -> bool:
    """The same type, the same case group, or for what is no case the same tens of its code."""
    if one.code == other.code:
        return True
    if one.group is not CaseGroup.NONE or other.group is not CaseGroup.NONE:
        return one.group is other.group
    return one.code[:1] == other.code[:1]


def _away_m(told: Told, incident: Incident) -> float:
    report = incident.report
    assert told.lat_deg is not None and told.lon_deg is not None
    assert report.lat_deg is not None and report.lon_deg is not None
    north = (report.lat_deg - told.lat_deg) * _METRES_PER_DEGREE
    shrink = math.cos(math.radians(told.lat_deg))
    east = (report.lon_deg - told.lon_deg) * _METRES_PER_DEGREE * shrink
    return math.hypot(north, east)
