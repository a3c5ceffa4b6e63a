"""Ninety invented days of incidents, the same from the same seed, and a fresh shift on top.

Written through the same acts as an officer's; every report is marked as a sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.demo.people import UNITS
from app.demo.stories import STORIES, Story
from app.duty.movements import UnitArrived, UnitAssigned, UnitOnTheWay, UnitReleased
from app.duty.units import Unit
from app.geo.coordinates import LatLon
from app.geo.places import Place, PlaceKind
from app.incidents.categories import BY_CODE, Priority
from app.incidents.incident import (
    AreaFound,
    IncidentClosed,
    IncidentReported,
    IncidentUnderControl,
    NoteAdded,
    Report,
)
from app.incidents.place_finder import PlaceFinder
from app.log import Fact
from app.thai.dates import buddhist_year, to_local

SEED = 2569
_SPREAD_DEG = 0.00045  # about 50 m


@dataclass(frozen=True, slots=True)
class Dated:
    """A fact and when it is recorded, aware UTC."""

    at: datetime
    fact: Fact
    actor: int
    """Which of the sample officers wrote it."""


class InventedDays:
    """Makes the past. Areas are looked up with `finder`; `given` are the last serials by year."""

    def __init__(
        self,
        places: Sequence[Place],
        finder: PlaceFinder,
        *,
        given: Mapping[int, int] | None = None,
        seed: int = SEED,
    ) -> None:
        self._random = Random(seed)
        self._spots = [one for one in places if one.kind is not PlaceKind.COMMUNITY]
        self._finder = finder
        self._serial = dict(given or {})
        self._busy_until: dict[str, datetime] = {}

    def past(self, until: datetime, days: int) -> Iterator[list[Dated]]:
        """The facts of each incident, closed ones only, in order of when they were reported."""
        times = sorted(self._times(until, days), key=lambda pair: pair[0])
        for at, story in times:
            yield self._closed_incident(at, story)

    def _times(self, until: datetime, days: int) -> Iterator[tuple[datetime, Story]]:
        weights = [story.weight for story in STORIES]
        for day in range(days, 0, -1):
            midnight = to_local(until - timedelta(days=day)).replace(
                hour=0, minute=0, second=0, microsecond=0
            )
            for _ in range(self._random.randint(5, 11)):
                story = self._random.choices(STORIES, weights)[0]
                begin, end = story.hours
                length = (end - begin) % 24 or 24
                minutes = begin * 60 + self._random.randrange(length * 60)
                at = midnight + timedelta(minutes=minutes, seconds=self._random.randrange(60))
                if at < until - timedelta(hours=6):
                    yield at, story

    def number(self, at: datetime) -> tuple[str, int, int]:
        """The next number of its Buddhist year."""
        year = buddhist_year(at)
        self._serial[year] = self._serial.get(year, 0) + 1
        return f"{self._serial[year]}/{year}", year, self._serial[year]

    def report(self, story: Story, spot: Place) -> Report:
        """A report of this story near this place."""
        category = BY_CODE[story.category]
        at = LatLon(
            round(spot.at.lat_deg + self._random.uniform(-_SPREAD_DEG, _SPREAD_DEG) / 2, 6),
            round(spot.at.lon_deg + self._random.uniform(-_SPREAD_DEG, _SPREAD_DEG) / 2, 6),
        )
        return Report(
            channel=self._random.choice(story.channels),
            category=category.code,
            priority=Priority(category.priority),
            place=spot.name_th,
            narrative=self._random.choice(story.texts),
            lat_deg=at.lat_deg,
            lon_deg=at.lon_deg,
            areas=self.areas_at(at),
            caller_unnamed=True,
            sample=True,
        )

    def areas_at(self, at: LatLon) -> tuple[AreaFound, ...]:
        return self._finder.areas_at(at)

    def _closed_incident(self, at: datetime, story: Story) -> list[Dated]:
        spot = self._random.choice(self._spots)
        report = self.report(story, spot)
        number, year, serial = self.number(at)
        id_ = f"inc-{self._random.getrandbits(48):012x}"
        unit = self._free_unit(at)
        officer = self._random.randrange(3)
        moment = at
        facts = [Dated(moment, IncidentReported(id_, number, year, serial, report), officer)]
        for fact, low_s, high_s in self._steps(id_, unit, story, report):
            moment += timedelta(seconds=self._random.uniform(low_s, high_s))
            facts.append(Dated(moment, fact, officer))
        self._busy_until[unit.id] = moment
        return facts

    def _free_unit(self, at: datetime) -> Unit:
        """Nobody is sent to two places at once."""
        free = [unit for unit in UNITS if self._busy_until.get(unit.id, at) <= at]
        return self._random.choice(free or UNITS)

    def _steps(
        self, id_: str, unit: Unit, story: Story, report: Report
    ) -> Iterator[tuple[Fact, float, float]]:
        away_m = float(self._random.randint(150, 1900))
        yield UnitAssigned(id_, unit.id, unit.call_sign, away_m, beat=unit.beat), 20, 170
        yield UnitOnTheWay(id_, unit.id, unit.call_sign), 15, 120
        yield (
            UnitArrived(
                id_, unit.id, unit.call_sign, lat_deg=report.lat_deg, lon_deg=report.lon_deg
            ),
            100,
            800,
        )
        if self._random.random() < 0.35:
            yield NoteAdded(id_, "ถึงที่เกิดเหตุแล้ว กำลังสอบถามผู้เห็นเหตุการณ์"), 60, 300
        if self._random.random() < 0.5:
            yield IncidentUnderControl(id_), 120, 900
        yield UnitReleased(id_, unit.id, unit.call_sign), 200, 1500
        result = self._random.choice(story.results)
        yield IncidentClosed(id_, result, arrest="จับกุม" in result), 10, 200
