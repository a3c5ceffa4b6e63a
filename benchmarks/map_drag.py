"""Three areas of 600 corners with a common border in the product's own editor, for the drag figure.

The drawing's words (surface, validity, shares) are worked out at each movement, as the card does.
"""

from __future__ import annotations

import math

import numpy as np
import pyproj
import shapely
import shapely.affinity
from PySide6.QtCore import QPointF

from app.geo.areas import Area, AreaKind
from app.geo.coordinates import LatLon
from app.geo.projection import Projection
from app.map import MapView
from app.map.area_editor import AreaEditor
from app.ui.theme import load_theme
from app.ui.zone_map.drawing import DrawingOf
from app.ui.zone_map.edit_card import EditCard, EditWords
from app.ui.zone_map.map_words import percent, snap_words, surface
from benchmarks.map_town import CENTRE_EAST_M, CENTRE_NORTH_M, EPSG

CORNERS, RADIUS_M = 600, 500.0


class DragScene:
    """A pie of three pieces; its middle is the corner all three share."""

    def __init__(self, view: MapView) -> None:
        self._view = view
        to_degrees = pyproj.Transformer.from_crs(EPSG, 4326, always_xy=True)
        self._areas = [
            Area(f"zone-{i}", AreaKind.ZONE, f"เขต {i}", "", _piece(i, to_degrees), "v:1")
            for i in range(3)
        ]
        community = shapely.box(-300, -300, 300, 300)
        community = shapely.transform(
            shapely.affinity.translate(community, CENTRE_EAST_M, CENTRE_NORTH_M),
            lambda points: np.column_stack(to_degrees.transform(*points.T)),
        )
        self._areas.append(Area("community-1", AreaKind.COMMUNITY, "ชุมชน", "", community, "v:1"))
        self._projection = Projection(EPSG)

    def begin(self) -> None:
        """The middle of the town at a scale that shows all corners, one area in the hand."""
        lon, lat = self._projection.to_degrees(np.array([[CENTRE_EAST_M, CENTRE_NORTH_M]]))[0]
        self._view.show_place(LatLon(float(lat), float(lon)))
        basemap = self._view.basemap
        self.drawing = DrawingOf(self._areas, AreaKind.ZONE, "zone-0", self._projection, basemap)
        origin = self._view.ground.origin_m
        self._editor = AreaEditor(
            self.drawing.history, "zone-0", origin, self.drawing.snapper, snap_words, _words
        )
        self._card = EditCard(load_theme(), self._view)
        self._card.open(new=False)
        self._editor.changed.connect(self._on_changed)
        self._view.set_tool(self._editor)
        self._before = self.drawing.history.present
        self._shares = self.drawing.shares(self._before)

    def end(self) -> None:
        """The map without a tool."""
        self._view.set_tool(None)
        self._card.hide()

    def corner_px(self) -> QPointF:
        """Where the shared corner is on the map's surface."""
        at = self._projection.point_to_degrees(CENTRE_EAST_M, CENTRE_NORTH_M)
        return self._view.pixel_of(at)

    def has_followed(self) -> bool:
        """Whether all three have another shape now, and still neither gap nor overlap."""
        sheet = self.drawing.history.present
        shapes = [sheet.shape(f"zone-{i}") for i in range(3)]
        before = [self._before.shape(f"zone-{i}") for i in range(3)]
        moved = all(not shapely.equals(one, old) for one, old in zip(shapes, before, strict=True))
        whole = float(shapely.union_all(shapes).area)
        return moved and math.isclose(sum(one.area for one in shapes), whole, rel_tol=1e-6)

    def _on_changed(self) -> None:
        sheet = self._editor.sheet
        trouble = self.drawing.trouble(sheet, repair=False)
        shape = self.drawing.shape(sheet)
        if trouble is None:
            self._shares = self.drawing.shares(sheet)
        self._editor.trouble_m = trouble.at_m if trouble is not None else None
        self._card.show_words(
            EditWords(
                title="zone-0",
                version="1 → 2",
                surface=surface(shape.area) if shape is not None else "",
                corners=str(len(self.drawing.changed(sheet))),
                trouble="" if trouble is None else "?",
                can_repair=False,
                notes=tuple(f"{one.area.name_th} {percent(one.now)}" for one in self._shares),
                can_save=trouble is None,
            )
        )
        self._view.redraw()


def _words(east_m: float, north_m: float) -> str:
    return f"{east_m:.0f} {north_m:.0f}"


def _piece(number: int, to_degrees: pyproj.Transformer) -> shapely.Polygon:
    """A third of a circle: 600 corners, the two straight sides shared with the neighbours."""
    first, last = (math.radians(120 * (number + step)) for step in (0, 1))
    side = np.linspace(0.0, 1.0, 40)[1:]
    arc = np.linspace(first, last, CORNERS - 2 * len(side) + 1)[1:-1]
    out = np.stack((np.sin(first) * side, np.cos(first) * side), axis=1)
    round_ = np.stack((np.sin(arc), np.cos(arc)), axis=1)
    back = np.stack((np.sin(last) * side, np.cos(last) * side), axis=1)[::-1]
    ring = np.concatenate(([[0.0, 0.0]], out, round_, back)) * RADIUS_M
    ring = ring + (CENTRE_EAST_M, CENTRE_NORTH_M)
    return shapely.Polygon(np.column_stack(to_degrees.transform(*ring.T)))
