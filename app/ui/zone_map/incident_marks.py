"""The incidents on the map: of now, or of a span; by state and case group. Knows no drawing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np
import shapely

from app.geo.projection import Points
from app.incidents.deadlines import Urgency, by_urgency, urgency
from app.incidents.incident import Incident
from app.map.marks import IncidentMark, MapLayer
from app.map.view import MapView
from app.ui.map_desk import MapDesk
from app.ui.words import map_urgency
from app.ui.zone_map.layers_panel import LayersPanel
from app.ui.zone_map.time_bar import SPANS, TimeBar

_KEPT = 4 * SPANS["quarter"]  # of the past, read once


class IncidentMarks:
    """Reads the register when asked, and shows what the bar under the map says."""

    def __init__(self, view: MapView, bar: TimeBar, layers: LayersPanel, desk: MapDesk) -> None:
        self._view, self._bar, self._layers, self._desk = view, bar, layers, desk
        self._past: list[Incident] | None = None
        self._end: datetime | None = None
        self._shown: list[Incident] = []
        self._places: Points = np.empty((0, 2))
        bar.changed.connect(self.show)

    def fill(self) -> None:
        """Something was reported or done."""
        self._past = None
        self.show()

    def set_end(self, at: datetime | None) -> None:
        """The map is of an earlier day, which ended then; None: of now."""
        if at != self._end:
            self._end = at
            self.show()

    def show(self) -> None:
        """What the bar asks for."""
        now = self._end or self._desk.desk.now()
        span = self._bar.span(now, self._first(now))
        found = self._desk.desk.open_incidents() if span is None else self._in(*span)
        group = self._bar.case_group()
        self._shown = [
            one
            for one in found
            if (group is None or one.category.group is group)
            and one.report.lat_deg is not None
            and one.report.lon_deg is not None
        ]
        self._view.set_incidents([self._mark(one, now) for one in self._shown])
        self._bar.say(span, len(self._shown))
        self._layers.show_counts({MapLayer.INCIDENTS: len(self._shown)})

    def by_urgency(self, ids: Iterable[str]) -> list[tuple[Incident, Urgency]]:
        """Those of the shown, the most pressing first, then the newest."""
        wanted = frozenset(ids)
        found = [one for one in self._shown if one.id in wanted]
        return by_urgency(found, self._end or self._desk.desk.now(), self._desk.desk.targets)

    def inside(self, ring_m: Points) -> int:
        """How many incidents of the last ninety days lie inside a ring of station metres."""
        if self._past is None or len(self._places) == 0:
            self._read(self._desk.desk.now())
        polygon = shapely.make_valid(shapely.Polygon(ring_m))
        shapely.prepare(polygon)
        places = self._places
        return int(shapely.contains_xy(polygon, places[:, 0], places[:, 1]).sum())

    def _in(self, begins: datetime, ends: datetime) -> list[Incident]:
        now = self._desk.desk.now()
        if begins < now - _KEPT:
            return self._desk.incidents(begins, ends)
        past = self._read(now)
        return [one for one in past if begins <= one.reported_at < ends]

    def _first(self, now: datetime) -> datetime:
        past = self._past if self._end is None else None
        return past[0].reported_at if past else now - SPANS["quarter"]

    def _read(self, now: datetime) -> list[Incident]:
        if self._past is None:
            self._past = self._desk.incidents(now - _KEPT, now)
            lon_lat = [
                (one.report.lon_deg, one.report.lat_deg)
                for one in self._past
                if one.report.lat_deg is not None and one.report.lon_deg is not None
            ]
            ground = self._view.ground
            places = ground.from_degrees(np.array(lon_lat, dtype=np.float64).reshape(-1, 2))
            self._places = places + ground.origin_m
        return self._past

    def _mark(self, one: Incident, now: datetime) -> IncidentMark:
        report = one.report
        assert report.lat_deg is not None
        assert report.lon_deg is not None
        return IncidentMark(
            id=one.id,
            label=f"{one.number.split('/')[0]} {one.category.name}",
            lat_deg=report.lat_deg,
            lon_deg=report.lon_deg,
            urgency=map_urgency(urgency(one, now, self._desk.desk.targets)),
        )
