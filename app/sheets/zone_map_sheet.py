"""(e) The zone map on paper: the map at a true scale, and a table of the areas on it.

The map is drawn elsewhere and handed in; here stands what is said about it. In Thai.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import shapely

from app.cameras.camera import Camera
from app.clock import from_stored
from app.errors import KnownError, Message, msg
from app.geo.areas import Area, AreaKind, Areas
from app.geo.lookup import share_inside, surface_m2
from app.geo.projection import Projection
from app.geo.zone_coverage import Coverage
from app.log import Connection
from app.sheets.map_on_paper import MapOnPaper
from app.sheets.sheet import Sheet
from app.sheets.zone_map_options import ZoneMapOptions
from app.thai.dates import short_date
from app.thai.translation import Language, say

KIND = "zone_map"
_SQUARE_KILOMETRES_FROM_M2 = 100_000.0
_RAI_M2 = 1600.0
_TABLED = (AreaKind.ZONE, AreaKind.COMMUNITY, AreaKind.BEAT, AreaKind.NO_GO)


@dataclass(frozen=True, slots=True)
class MappedZone:
    """The area a map is of, the others that hold at the same time, and the cameras in use."""

    area: Area
    areas: Sequence[Area]
    cameras: Sequence[Camera]
    projection: Projection
    coverage: Coverage | None = None
    """What cameras see of it, where that is wanted."""


def zone_of(areas: Sequence[Area], area_id: str) -> Area:
    """The area a sheet is asked for; the first zone when none is named. KnownError: none such."""
    zones = [area for area in areas if area.kind is AreaKind.ZONE]
    found = [area for area in areas if area.id == area_id] if area_id else zones[:1]
    if not found:
        raise KnownError(
            msg("There is no such area on the map."),
            do=msg("Draw the zone on the map first, or choose another area."),
        )
    return found[0]


def zone_map_sheet(
    db: Connection,
    mapped: MappedZone,
    options: ZoneMapOptions,
    drawn: MapOnPaper,
    at: datetime,
    *,
    flipped: bool,
) -> Sheet:
    """The sheet, with the areas as they hold `at` an instant (aware)."""
    area = mapped.area
    return Sheet(
        KIND,
        f"แผนที่ {area.name_th}",
        area.id,
        {
            "heading": f"แผนที่ {area.name_th}",
            "as_of": f"แนวเขตที่ใช้อยู่ ณ วันที่ {short_date(at, Language.THAI)}",
            "map": drawn.data(),
            "flipped": flipped,
            "paper": options.paper.value,
            "areas": [_row(db, mapped, one) for one in _tabled(mapped)],
            "cameras": _cameras_inside(mapped),
            "coverage": "" if mapped.coverage is None else _coverage_words(mapped.coverage),
        },
        files={"map.svg": drawn.svg},
        options={**options.to_order(), "digits": options.digits},
        notes=drawn.lacking,
    )


def _tabled(mapped: MappedZone) -> list[Area]:
    """The area itself, then those of other kinds that it meets, by kind and name."""
    area = mapped.area
    others = [
        one
        for one in mapped.areas
        if one.id != area.id
        and one.kind in _TABLED
        and one.kind is not area.kind
        and share_inside(one, area, mapped.projection) >= 0.0005
    ]
    return [area, *sorted(others, key=lambda one: (_TABLED.index(one.kind), one.name_th))]


def _row(db: Connection, mapped: MappedZone, one: Area) -> dict[str, Any]:
    share = ""
    if one.id != mapped.area.id:
        inside = share_inside(one, mapped.area, mapped.projection)
        share = f"{min(max(round(inside * 100), 1), 100)} %"
    versions = [version.version for version in Areas(db).versions(one.id)]
    number = versions.index(one.version) + 1 if one.version in versions else 1
    since = short_date(from_stored(one.from_at), Language.THAI) if one.from_at else ""
    return {
        "kind": say(_kind_name(one.kind), Language.THAI),
        "name": one.name_th or one.id,
        "surface": say(_surface(surface_m2(one, mapped.projection)), Language.THAI),
        "share": share,
        "since": f"รุ่นที่ {number}" + (f" · {since}" if since else ""),
        "sample": one.sample,
    }


def _cameras_inside(mapped: MappedZone) -> int:
    """How many cameras in use stand in the area."""
    if not mapped.cameras:
        return 0
    at = np.array([(one.lon_deg, one.lat_deg) for one in mapped.cameras])
    return int(shapely.intersects_xy(mapped.area.shape, at[:, 0], at[:, 1]).sum())


def _coverage_words(seen: Coverage) -> str:
    """`กล้องเห็น 20 % ของพื้นที่เปิด …`: without buildings and no-go areas."""
    return (
        f"กล้องเห็น {_percent(seen.seen_share)} ของพื้นที่เปิด"
        f" (ตั้งแต่ 2 กล้อง {_percent(seen.seen_twice_share)})"
        f" และ {_percent(seen.road_seen_share)} ของความยาวถนน"
    )


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"


def _surface(square_metres: float) -> Message:
    rai = f"{square_metres / _RAI_M2:,.1f}"
    if square_metres < _SQUARE_KILOMETRES_FROM_M2:
        return msg("{area} m² · {rai} rai", area=f"{square_metres:,.0f}", rai=rai)
    return msg("{area} km² · {rai} rai", area=f"{square_metres / 1e6:,.3f}", rai=rai)


def _kind_name(kind: AreaKind) -> Message:
    return {
        AreaKind.ZONE: msg("Safety zone"),
        AreaKind.COMMUNITY: msg("Community"),
        AreaKind.BEAT: msg("Beat"),
        AreaKind.TAMBON: msg("Tambon"),
        AreaKind.NO_GO: msg("No-go area"),
    }[kind]
