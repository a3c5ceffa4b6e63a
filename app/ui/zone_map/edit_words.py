"""What the edit card says of a drawing, in words. Knows no widget."""

from __future__ import annotations

import numpy as np
import shapely

from app.geo.area_sheet import Sheet
from app.thai.translation import tr
from app.ui.zone_map.drawing import DrawingOf
from app.ui.zone_map.map_words import surface


def _corner_count(shape: object) -> int:
    rings = shapely.get_rings(shapely.get_parts(shape))
    return int(np.sum(shapely.get_num_points(rings) - 1))


def version_words(number: int) -> str:
    """Which version it becomes."""
    return tr("Version {now} → {next}", now=number, next=number + 1)


def surface_words(drawing: DrawingOf, sheet: Sheet) -> str:
    """The surface before and now; what to do while there is none."""
    now = drawing.shape(sheet)
    if now is None:
        return tr("Click corner after corner; a double click ends.")
    if drawing.is_new:
        return tr("Surface {now}", now=surface(now.area))
    before = drawing.first.shape(drawing.active)
    return tr("Surface {before} → {now}", before=surface(before.area), now=surface(now.area))


def corners_words(drawing: DrawingOf, sheet: Sheet, changed: int) -> str:
    """The corners before and now, and how many areas change."""
    now = drawing.shape(sheet)
    count = 0 if now is None else _corner_count(now)
    before = 0 if drawing.is_new else _corner_count(drawing.first.shape(drawing.active))
    return tr(
        "Corners {before} → {now} · {changed} areas change",
        before=before,
        now=count,
        changed=changed,
    )
