"""The zone map: which way the paper lies, at which scale, and what is on it. No widget."""

from __future__ import annotations

from app.cameras.ground import Ground
from app.errors import KnownError
from app.geo.areas import Area
from app.log import Connection
from app.map.marks import MapLayer
from app.sheets.sheet import Sheet
from app.sheets.zone_map_options import CLOSEST, ZoneMapOptions, map_mm
from app.sheets.zone_map_sheet import MappedZone, zone_map_sheet, zone_of
from app.ui.paper_maps import area_map, closest_scale, ground_as_of
from app.ui.papers.order import THAI_DIGITS, SheetOrder
from app.ui.papers.sheet_parts import SheetParts

_ALWAYS = frozenset((MapLayer.ZONES, MapLayer.NO_GO))


def build_zone_map(db: Connection, parts: SheetParts, order: SheetOrder) -> Sheet:
    """The map of now. KnownError: there is no zone, or it fits on no sheet."""
    options = ZoneMapOptions.from_order(order.options)
    at = parts.clock.now()
    ground = ground_as_of(db, at, parts.ground)
    area = zone_of(ground.areas, order.about)
    flipped, scale = _way_and_scale(ground, area, options)
    width_mm, height_mm = map_mm(options.paper, flipped=flipped)
    seen = ground.for_coverage(area).answer().coverage if "coverage" in options.layers else None
    drawn = area_map(
        ground,
        parts.basemap(),
        area,
        scale=scale,
        width_mm=width_mm,
        height_mm=height_mm,
        layers=_ALWAYS | {MapLayer(name) for name in options.layers},
        coverage=seen,
        grid=options.grid,
        thai_digits=options.digits == THAI_DIGITS,
    )
    mapped = MappedZone(area, ground.areas, ground.cameras, ground.projection, seen)
    return zone_map_sheet(db, mapped, options, drawn, at, flipped=flipped)


def _way_and_scale(ground: Ground, area: Area, options: ZoneMapOptions) -> tuple[bool, int]:
    """Whichever way the area comes out larger, upright when it is all the same. KnownError: it
    fits neither way."""
    ways = (False, True) if options.flipped is None else (options.flipped,)
    fitting: dict[bool, int] = {}
    trouble: KnownError | None = None
    for flipped in ways:
        try:
            size_mm = map_mm(options.paper, flipped=flipped)
            fitting[flipped] = closest_scale(ground, area, *size_mm)
        except KnownError as error:
            trouble = error
    if options.scale != CLOSEST:
        return min(fitting, key=lambda way: (fitting[way], way), default=ways[0]), options.scale
    if not fitting:
        assert trouble is not None
        raise trouble
    flipped = min(fitting, key=lambda way: (fitting[way], way))
    return flipped, fitting[flipped]
