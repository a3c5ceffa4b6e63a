"""The units at the desk: who is where, whom to send, what they say by radio. Knows no widget.

Acts return at once; what was written comes back as the desk's `changed` or `failed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import TYPE_CHECKING

from app.cameras.ground import Ground
from app.duty import unit_keeping
from app.duty.radio_codes import (
    CodeBook,
    RadioCode,
    radio_codes,
    remove_radio_code,
    set_radio_code,
)
from app.duty.unit_keeping import Crew, UnitRecord
from app.duty.units import Unit, units
from app.geo.areas import AreaKind
from app.geo.coordinates import LatLon
from app.incidents import dispatch
from app.incidents.check_in import check_in, set_resting
from app.incidents.dispatch import Sent
from app.incidents.incident import Incident
from app.incidents.intake import check_in_thailand
from app.incidents.late import LateTime
from app.incidents.runs import Run, runs_between, runs_of
from app.incidents.suggestions import Suggestion, suggest
from app.log import Entry, Log

if TYPE_CHECKING:
    from app.ui.desk import Desk, WhenWritten

Written = Future[tuple[Entry, ...]]
CHECK_IN_MIN = 60.0


class UnitDesk:
    """Everything a window may ask about units, and do with them."""

    def __init__(self, desk: Desk, log: Log) -> None:
        self.desk = desk
        self._log = log
        self.check_in_min = CHECK_IN_MIN
        """How long a unit may be silent; a station's setting."""

    # What is there

    def units(self) -> list[Unit]:
        """The units on the list, by id."""
        with self._log.reading() as db:
            return units(db)

    def runs(self, incident_id: str) -> list[Run]:
        """The units that were sent to an incident, and when each left and came."""
        with self._log.reading() as db:
            return runs_of(db, incident_id)

    def runs_between(self, begins: datetime, ends: datetime) -> list[Run]:
        """Every order of a span of time."""
        with self._log.reading() as db:
            return runs_between(db, begins, ends)

    def radio_codes(self) -> list[RadioCode]:
        """The station's own codes."""
        with self._log.reading() as db:
            return radio_codes(db)

    def spell_out(self, text: str) -> str:
        """A text with the words of each radio code behind it."""
        return CodeBook(self.radio_codes()).spell_out(text)

    def beats(self) -> list[str]:
        """The names of the beats that are drawn, and of those that units keep besides."""
        drawn = [one.name_th for one in self.desk.areas() if one.kind is AreaKind.BEAT]
        kept = [unit.beat for unit in self.units() if unit.beat]
        return list(dict.fromkeys([*drawn, *kept]))

    def suggestions(self, incident: Incident, ground: Ground) -> list[Suggestion]:
        """Whom to send to an incident, the likeliest first."""
        report = incident.report
        beats = {area.name for area in report.areas if area.kind == AreaKind.BEAT}
        scene = (
            LatLon(report.lat_deg, report.lon_deg)
            if report.lat_deg is not None and report.lon_deg is not None
            else None
        )

        def away(unit: Unit) -> float | None:
            if scene is None:
                return None
            return ground.distance_m(scene, LatLon(unit.lat_deg, unit.lon_deg))

        return suggest(self.units(), beats, away, self.desk.now(), self.check_in_min)

    # What can be done about an incident

    def send(self, incident_id: str, sent: Sequence[Sent], done: WhenWritten | None = None) -> None:
        """Send these units, all of them or none."""
        actor = self.desk.officer.actor
        self.desk.follow(dispatch.dispatch_all(self._log, incident_id, sent, actor=actor), done)

    def step(
        self,
        incident_id: str,
        unit_id: str,
        step: str,
        happened_at: datetime | None = None,
        then: WhenWritten | None = None,
    ) -> None:
        """One unit of an incident left, arrived or is free: `on_the_way`, `arrived`, `release`.

        `happened_at`: when, if it was earlier than now.
        """
        actor, log = self.desk.officer.actor, self._log
        late = LateTime(happened_at, self.desk.now()) if happened_at is not None else None
        one = unit_id
        match step:
            case "on_the_way":
                done = dispatch.unit_on_the_way(
                    log, incident_id, unit_id=one, actor=actor, late=late
                )
            case "arrived":
                done = dispatch.units_arrived(log, incident_id, unit_id=one, actor=actor, late=late)
            case "release":
                done = dispatch.release_unit(log, incident_id, one, actor=actor, late=late)
            case _:
                raise ValueError(f"no such step: {step}")
        self.desk.follow(done, then)

    # What can be done about a unit

    def check_in(
        self, unit_id: str, said: str, place: str, at: LatLon | None, done: WhenWritten
    ) -> None:
        """Write what a unit said. KnownError at once for what cannot be written."""
        actor = self.desk.officer.actor
        self.desk.follow(check_in(self._log, unit_id, said, place=place, at=at, actor=actor), done)

    def set_resting(self, unit_id: str, resting: bool) -> None:
        """It rests, or is ready again."""
        actor = self.desk.officer.actor
        self.desk.follow(set_resting(self._log, unit_id, resting=resting, actor=actor))

    def crew(self, unit_id: str, crew: Crew, done: WhenWritten) -> None:
        """Who rides in it from now on. KnownError at once for what cannot be."""
        actor = self.desk.officer.actor
        self.desk.follow(unit_keeping.crew_unit(self._log, unit_id, crew, actor=actor), done)

    def form(self, record: UnitRecord, crew: Crew, at: LatLon, done: WhenWritten) -> None:
        """A new unit. KnownError at once without the right, or for what cannot be."""
        self.desk.require_right("unit_formed")
        check_in_thailand(at.lat_deg, at.lon_deg)
        written = unit_keeping.form_unit(
            self._log, record, crew, at.lat_deg, at.lon_deg, actor=self.desk.officer.actor
        )
        self.desk.follow(written, done)

    def change(self, unit_id: str, record: UnitRecord, done: WhenWritten) -> None:
        """Another call sign, kind or beat. KnownError at once without the right."""
        self.desk.require_right("unit_changed")
        actor = self.desk.officer.actor
        self.desk.follow(unit_keeping.change_unit(self._log, unit_id, record, actor=actor), done)

    def stand_down(self, unit_id: str, done: WhenWritten) -> None:
        """Off the list. KnownError at once without the right."""
        self.desk.require_right("unit_stood_down")
        actor = self.desk.officer.actor
        self.desk.follow(unit_keeping.stand_down(self._log, unit_id, actor=actor), done)

    # Radio codes

    def set_radio_code(self, code: RadioCode, done: WhenWritten) -> None:
        """Give a code its words. KnownError at once if they will not do, or without the right."""
        self.desk.require_right("radio_code_set")
        self.desk.follow(set_radio_code(self._log, code, actor=self.desk.officer.actor), done)

    def remove_radio_code(self, code: str, done: WhenWritten) -> None:
        """The station uses it no longer."""
        self.desk.require_right("radio_code_removed")
        self.desk.follow(remove_radio_code(self._log, code, actor=self.desk.officer.actor), done)
