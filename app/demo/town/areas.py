"""The sample zone, communities, beats and tambon, invented. ตัวอย่าง ไม่ใช่แนวเขตจริง. No log here.

As in the programme's notice: one community whole in the zone, two in part.
"""

from __future__ import annotations

import numpy as np
import shapely

from app.demo.town.plan import GRID, on_grid
from app.geo.areas import AreaDrawn, AreaKind

REASON = "ตัวอย่าง ไม่ใช่แนวเขตจริง"

# plan metres; the zone's edges keep to streets and the water's edge
_ZONE = (
    (-652, 312), (-520, 318), (-322, 316), (44, 314), (46, 100), (44, -60), (42, -169),
    (38, -281), (-326, -281), (-320, -169), (-516, -172), (-512, 130), (-648, 128), (-650, 200),
)  # fmt: skip
_WHOLE = ((-510, -167), (-322, -166), (38, -166), (41, 0), (42, 312), (-322, 312), (-510, 313))
_SOUTH = ((-322, -172), (40, -172), (34, -400), (30, -617), (-322, -617), (-330, -400))
_BEHIND = ((-868, 128), (-512, 128), (-512, 315), (-516, 530), (-740, 530), (-872, 505))
# neighbours share every corner, so that their borders stay one line where the streets bend
_BEAT_1 = ((-322, 133), (70, 133), (70, 1250), (-322, 1250))
_BEAT_2 = ((-322, -400), (70, -400), (70, 133), (-322, 133), (-322, -20))
_BEAT_3 = ((-1450, -20), (-322, -20), (-322, 133), (-322, 1250), (-1450, 1250))
_BEAT_4 = (
    (-1450, -1250), (70, -1250), (70, -400), (-322, -400), (-322, -20), (-1450, -20),
)  # fmt: skip
_TAMBON = (
    (-1490, -1180), (-900, -1290), (70, -1270), (72, 0), (70, 1260), (-620, 1290), (-1380, 1230),
    (-1510, 300),
)  # fmt: skip

_Corners = tuple[tuple[float, float], ...]
_AREAS: tuple[tuple[str, AreaKind, str, str, _Corners], ...] = (
    ("zone-1", AreaKind.ZONE, "เขตปลอดภัยเมืองมุกดาหาร", "Mueang Mukdahan safety zone", _ZONE),
    ("community-1", AreaKind.COMMUNITY, "ชุมชนศรีมงคลยอดแก้ว", "Si Mongkhon Yot Kaeo", _WHOLE),
    ("community-2", AreaKind.COMMUNITY, "ชุมชนศรีสุมังค์", "Si Sumang", _SOUTH),
    ("community-3", AreaKind.COMMUNITY, "ชุมชนหลังศูนย์ราชการ", "Lang Sun Ratchakan", _BEHIND),
    ("beat-1", AreaKind.BEAT, "เขตตรวจ 1", "Beat 1", _BEAT_1),
    ("beat-2", AreaKind.BEAT, "เขตตรวจ 2", "Beat 2", _BEAT_2),
    ("beat-3", AreaKind.BEAT, "เขตตรวจ 3", "Beat 3", _BEAT_3),
    ("beat-4", AreaKind.BEAT, "เขตตรวจ 4", "Beat 4", _BEAT_4),
    ("tambon-490101", AreaKind.TAMBON, "ต.มุกดาหาร", "Tambon Mukdahan", _TAMBON),
)


def sample_areas() -> tuple[AreaDrawn, ...]:
    """The facts that draw the sample areas, in degrees, each marked as a sample."""
    return tuple(
        AreaDrawn(
            area_id=area_id,
            area_kind=kind,
            name_th=name_th,
            name_en=name_en,
            shape=_polygon(corners),
            reason=REASON,
            sample=True,
        )
        for area_id, kind, name_th, name_en, corners in _AREAS
    )


def _polygon(corners: _Corners) -> shapely.Polygon:
    lonlat = GRID.to_degrees(on_grid(np.array(corners, dtype=np.float64)))
    return shapely.Polygon(lonlat)
