"""The base map's order, inks and widths, the same on screen and on paper. Knows no shapes.

How the shapes of a kind come onto the picture is its heirs' business.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from app.geo.basemap import ROADS, GroundKind
from app.map.style import MapStyle, pen

ROAD_WIDTH_M = (15.0, 11.0, 8.5, 6.5, 4.0)
ROAD_LEAST_PX = (2.2, 1.6, 1.1, 0.8, 0.6)
BUILDINGS_FROM_PX_PER_M = 0.3
OUTLINES_FROM_PX_PER_M = 0.7
SMALL_ROADS_FROM_PX_PER_M = 0.08
_HAIRLINE_BELOW_PX = 2.0  # Qt draws a line of one pixel five times as fast as one of two
_ROUND_FROM_PX = 6.0  # the end of a narrower road is not seen to be round


class GroundLayers(ABC):
    """One base map, from the land up; `scale` is in pixels a metre.

    `lay_pictures` lays pictures of the ground on every surface and under every line.
    """

    def __init__(
        self,
        painter: QPainter,
        scale: float,
        style: MapStyle,
        lay_pictures: Callable[[], None] | None = None,
    ) -> None:
        self._lay_pictures = lay_pictures
        self._painter = painter
        self._scale = scale
        self._style = style

    @abstractmethod
    def _fill(self, kind: GroundKind, fill: str, outline: str | None = None) -> None:
        """The areas of a kind in one colour."""

    @abstractmethod
    def _lines(self, kind: GroundKind, line: QPen) -> None:
        """The lines of a kind."""

    @abstractmethod
    def _road(self, rank: int, line: QPen) -> None:
        """The roads of a rank, 0 the largest: their casing, or they themselves."""

    def paint(self) -> None:
        """All of it, the lowest first."""
        style, scale = self._style, self._scale
        self._fill(GroundKind.WATER, style.water)
        self._lines(GroundKind.WATER_LINE, pen(style.water_line, 1.2))
        self._fill(GroundKind.PROMENADE, style.promenade)
        self._fill(GroundKind.GREEN, style.green)
        if scale >= BUILDINGS_FROM_PX_PER_M:
            outlined = scale >= OUTLINES_FROM_PX_PER_M and self._lay_pictures is None
            self._fill(
                GroundKind.BUILDING, style.building, style.building_outline if outlined else None
            )
            self._fill(
                GroundKind.LANDMARK_BUILDING,
                style.landmark_building,
                style.landmark_outline if outlined else None,
            )
        if self._lay_pictures is not None:
            self._lay_pictures()
            if scale >= OUTLINES_FROM_PX_PER_M:
                self._lines(GroundKind.BUILDING, pen(style.building_outline, 1.0))
                self._lines(GroundKind.LANDMARK_BUILDING, pen(style.landmark_outline, 1.0))
        self._lines(GroundKind.BOUNDARY, pen(style.boundary, 1.0, dash_px=(6, 3)))
        self._roads()

    def _roads(self) -> None:
        """Casings under every road first, then the roads, the largest on top."""
        scale = self._scale
        ranks = len(ROADS) if scale >= SMALL_ROADS_FROM_PX_PER_M else 3
        widths = [
            max(metres * scale, least)
            for metres, least in zip(ROAD_WIDTH_M, ROAD_LEAST_PX, strict=True)
        ]
        if scale >= BUILDINGS_FROM_PX_PER_M:
            # The casing is nearly as dark as the land: its jagged edge is not seen.
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            for rank in reversed(range(ranks)):
                self._road(rank, _road_pen(self._style.road_casing, widths[rank] + 2.0))
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rank in reversed(range(ranks)):
            self._road(rank, _road_pen(self._style.roads[rank], widths[rank]))


def _road_pen(ink: str, width_px: float) -> QPen:
    """Ends and bends as plain as the width allows: round ones cost half as much again."""
    line = pen(ink, width_px if width_px >= _HAIRLINE_BELOW_PX else 1.0)
    if width_px < _ROUND_FROM_PX:
        line.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        line.setCapStyle(Qt.PenCapStyle.FlatCap)
    return line
