"""`/แจ้ง …` in the palette: each reading of the line is a row, Enter on it takes the report.

What can be meant in two ways stands there twice; what may be the same as an open incident too.
"""

from __future__ import annotations

import functools

from app.errors import KnownError
from app.incidents.categories import Category, Channel, Priority
from app.incidents.duplicates import Likely, Told, likely_same
from app.incidents.incident import Report
from app.incidents.one_line import Meant, Placed, readings, without_type
from app.incidents.place_finder import PlaceFinder
from app.thai.translation import tr
from app.ui.desk import Desk
from app.ui.live.live_place import LivePlace
from app.ui.widgets.suggest_field import Suggestion
from app.ui.words import group_name


class OneLineRows:
    """Turns a line into rows; a row's value is what to run."""

    def __init__(self, desk: Desk, places: PlaceFinder, live: LivePlace, *, sample: bool) -> None:
        self._desk, self._places, self._live = desk, places, live
        self._sample = sample

    def find(self, rest: str) -> list[Suggestion]:
        """What the words after the command may mean; how it goes on when nothing yet."""
        meant = readings(rest, self._desk.incidents.categories(), self._places)
        if not meant:
            return [self._without_type(rest)]
        return [row for one in meant for row in self._rows(one)]

    def _without_type(self, rest: str) -> Suggestion:
        """What was typed is not lost: the form has it."""
        understood = without_type(rest, self._places)
        example = tr("for instance: /report 20 market, purse gone")
        return Suggestion(
            functools.partial(self._open_form, None, understood),
            tr("/report: type, place, what happened"),
            tr("and what kind of incident? Enter: go on in the form") if rest else example,
            icon="phone-incoming",
            key="F2",
        )

    def _rows(self, meant: Meant) -> list[Suggestion]:
        report = self._report(meant.category, meant)
        if not report.place:
            title = f"{meant.category.code} {meant.category.name}"
            detail = tr("and where? a name, a camera, coordinates")
            form = functools.partial(self._open_form, meant.category, meant)
            return [Suggestion(form, title, detail, icon="map-pin")]
        place = report.place if meant.place else tr("{place} (not on the map)", place=report.place)
        title = f"{meant.category.code} {meant.category.name} · {place}"
        rows = []
        likely = self._likely(meant, report)
        if likely is not None:
            number = likely.incident.number
            rows.append(
                Suggestion(
                    functools.partial(self._attach, likely.incident.id, report),
                    tr("Perhaps the same: attach to {number}", number=number),
                    likely.incident.report.place,
                    icon="triangle-alert",
                )
            )
        new = Suggestion(
            functools.partial(self._save, report),
            tr("Take the report: {title}", title=title),
            report.narrative,
            right=group_name(meant.category.group),
            icon="phone-incoming",
        )
        return [new, *rows]

    def _report(self, category: Category | None, placed: Placed) -> Report:
        point = placed.place.point if placed.place else None
        return Report(
            channel=Channel.CALL_191,
            category=category.code if category else "",
            priority=category.priority if category else Priority.SOON,
            place=placed.place_words,
            narrative=placed.narrative,
            lat_deg=point.lat_deg if point else None,
            lon_deg=point.lon_deg if point else None,
            areas=self._places.areas_at(point) if point else (),
            sample=self._sample,
        )

    def _likely(self, meant: Meant, report: Report) -> Likely | None:
        told = Told(meant.category, report.place, report.lat_deg, report.lon_deg)
        return likely_same(told, self._desk.open_incidents(), self._desk.now())

    def _open_form(self, category: Category | None, understood: Placed) -> None:
        self._live.open_intake(self._report(category, understood))

    def _save(self, report: Report) -> None:
        try:
            self._live.reporting.report(report)
        except KnownError as error:
            self._fail(error)

    def _attach(self, incident_id: str, report: Report) -> None:
        try:
            self._live.reporting.attach(incident_id, report)
        except KnownError as error:
            self._fail(error)

    def _fail(self, error: KnownError) -> None:
        """The palette is gone: the window says it."""
        self._desk.failed.emit(error)
