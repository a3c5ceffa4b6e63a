"""The incident sheet with its map: the ground of that day, and the cameras that see the place."""

from __future__ import annotations

from app.cameras.ground import Ground
from app.errors import KnownError, msg
from app.geo.coordinates import LatLon
from app.geo.daylight import is_dark
from app.incidents.incident import Incident
from app.incidents.register import incident
from app.log import Connection
from app.sheets.incident_options import MAP_MM, IncidentOptions
from app.sheets.incident_sheet import incident_sheet
from app.sheets.map_on_paper import GridKind, MapOnPaper
from app.sheets.sheet import Sheet
from app.ui.paper_maps import ground_as_of, place_map
from app.ui.papers.order import THAI_DIGITS, SheetOrder
from app.ui.papers.sheet_parts import SheetParts

_MOST_CAMERAS = 8
"""On one map: more numbers than that would cover each other."""


def build_incident(db: Connection, parts: SheetParts, order: SheetOrder) -> Sheet:
    """Everything the log says of one incident. KnownError: there is no such incident."""
    found = incident(db, order.about)
    if found is None:
        raise KnownError(
            msg("There is no such incident in the log."),
            do=msg("Choose the incident again by its number."),
        )
    options = IncidentOptions.from_order(order.options)
    if not options.with_map or _place(found) is None:
        return incident_sheet(db, parts.folder, found.id, options)
    ground = ground_as_of(db, found.reported_at, parts.ground)
    return incident_sheet(
        db, parts.folder, found.id, options, _map(ground, parts, order, options, found)
    )


def _place(found: Incident) -> LatLon | None:
    report = found.report
    if report.lat_deg is None or report.lon_deg is None:
        return None
    return LatLon(report.lat_deg, report.lon_deg)


def _map(
    ground: Ground,
    parts: SheetParts,
    order: SheetOrder,
    options: IncidentOptions,
    found: Incident,
) -> MapOnPaper:
    place = _place(found)
    assert place is not None  # asked before
    width_mm, height_mm = MAP_MM[options.form]
    seen = ground.who_sees_at(place, found.reported_at)[:_MOST_CAMERAS]
    return place_map(
        ground,
        parts.basemap(),
        place,
        scale=options.scale,
        width_mm=width_mm,
        height_mm=height_mm,
        seeing=[one.camera_id for one in seen],
        night=is_dark(found.reported_at, place),
        grid=GridKind(order.options.get("grid", GridKind.UTM)),
        thai_digits=options.digits == THAI_DIGITS,
    )
