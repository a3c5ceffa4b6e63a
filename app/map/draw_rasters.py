"""Paints pictures of the ground under the roads: the tiles of the zoom that fits, dimmed at night.

Files are opened here when they are first drawn. One that is gone or damaged is told of and spoils
nothing else. Knows no roads and no names.
"""

from __future__ import annotations

import math
import weakref
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF, QTransform

from app.errors import KnownError
from app.geo.ground_pictures import GroundPicture, Trouble, open_picture
from app.geo.picture_grids import TileGrid
from app.geo.projection import Projection
from app.map.decoded_tiles import DECODED, Absent, BadTile, DecodedTiles, Tile, decode
from app.map.frame import Frame
from app.map.marks import Metres
from app.map.style import MapStyle

MOST_TILES = 144
"""In a picture, which is 1.5 times as wide and high as the view: 64 in what is looked at."""
LEAST_TILE_SHARE = 0.75  # a tile of 256 pixels is drawn on no fewer than 192
_USUAL_TILE_PX = 256
_MOST_ABOVE = 8  # zooms that are gone through for a tile that stands in for a missing one
_SPARE_PX = 0.3  # a tile reaches so far into its neighbours: no seam shows
_BENT_PX = 0.25  # a tile that is this far from a parallelogram is drawn as the quad it is
_ROUND = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])  # column and row of a tile's corners
_PROBES = np.array([(x, y) for x in np.linspace(0, 1, 5) for y in np.linspace(0, 1, 5)])

Troubles = tuple[tuple[str, Trouble], ...]
Check = Callable[[], None]
Pixels = NDArray[np.float64]


class RasterStack:
    """The pictures of one base map, the lowest first. For one drawing thread at a time."""

    def __init__(
        self,
        pictures: Iterable[GroundPicture],
        epsg: int,
        origin_m: Metres,
        decoded: DecodedTiles = DECODED,
    ) -> None:
        self._projection = Projection(epsg)
        self.origin_m = origin_m
        self._rasters = [_Raster(picture, decoded) for picture in pictures]
        weakref.finalize(self, _close_all, self._rasters)

    @property
    def troubles(self) -> Troubles:
        """What is wrong with which file, as far as it was seen."""
        return tuple(
            (raster.picture.name, trouble)
            for raster in self._rasters
            for trouble in sorted(raster.troubles)
        )

    def paint(self, image: QImage, frame: Frame, part_px: QRect, check: Check) -> bool:
        """Draw all of them on a part of the frame's picture; whether there was anything.

        `image` is as large as the part, in device pixels. `check` may raise.
        """
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            drawn = False
            for raster in self._rasters:
                if raster.is_usable(self._projection):
                    part = _Part(frame, part_px, self.origin_m)
                    drawn |= raster.paint(painter, part, check)
            return drawn
        finally:
            painter.end()


class _Part:
    """A part of a picture of the map: between its device pixels and station metres."""

    def __init__(self, frame: Frame, part_px: QRect, origin_m: Metres) -> None:
        self.px_per_m = frame.px_per_m * frame.dpr
        self._frame = frame
        self._corner_px = frame.in_device(part_px).topLeft()
        self._origin_m = origin_m
        seen = frame.part(part_px.x(), part_px.y(), part_px.width(), part_px.height())
        self.places_m = self._places(seen.rect_m)
        self.whole_m = self._places(frame.rect_m)
        self.middle_m = np.array([(frame.x_m, frame.y_m)]) + origin_m

    def _places(self, rect_m: QRectF) -> Metres:
        """All over a piece of ground, in station metres."""
        size = np.array([rect_m.width(), rect_m.height()])
        return np.asarray(_PROBES * size + (rect_m.left(), rect_m.top()) + self._origin_m)

    def pixels(self, lattice_m: NDArray[np.float64]) -> Pixels:
        """Device pixels of this part."""
        flat = (lattice_m - self._origin_m).reshape(-1, 2)
        corner = (self._corner_px.x(), self._corner_px.y())
        pixels = self._frame.all_to_px(flat) * self._frame.dpr - corner
        return np.asarray(pixels.reshape(lattice_m.shape))


class _Raster:
    """One file: opened when it is first drawn."""

    def __init__(self, picture: GroundPicture, decoded: DecodedTiles) -> None:
        self.picture = picture
        self.troubles: set[Trouble] = set()
        self._decoded = decoded
        self._key = f"{picture.path}|{picture.size_bytes}|{picture.changed_ns}"
        self._grid: TileGrid | None = None
        self._tile_px: int | None = None

    def is_usable(self, projection: Projection) -> bool:
        """Whether it is there and can be read."""
        if not self.picture.is_there():
            self.troubles.add(Trouble.GONE)
            return False
        if self._grid is None and Trouble.DAMAGED not in self.troubles:
            try:
                self._grid = open_picture(self.picture.path, projection)
                self._tile_px = self._grid.tile_px
            except KnownError:
                self.troubles.add(Trouble.DAMAGED)
        return self._grid is not None

    def close(self) -> None:
        """Let the file go."""
        if self._grid is not None:
            self._grid.tiles.close()

    def paint(self, painter: QPainter, part: _Part, check: Check) -> bool:
        """Draw what of it lies in a part; whether anything does."""
        grid = self._grid
        assert grid is not None
        zoom = self._zoom(grid, part)
        span = None if zoom is None else grid.span(zoom, part.places_m)
        if zoom is None or span is None:
            return False
        corners = part.pixels(grid.lattice_m(zoom, span))
        drawn = False
        for row in range(span.rows):
            for column in range(span.columns):
                check()
                quad = corners[_ROUND[:, 1] + row, _ROUND[:, 0] + column]
                found = self._find(grid, zoom, span.column + column, span.row + row)
                if found is not None and np.isfinite(quad).all():
                    _draw(painter, *found, quad)
                    drawn = True
        if grid.tiles.is_damaged:
            self.troubles.add(Trouble.DAMAGED)
        return drawn

    def _zoom(self, grid: TileGrid, part: _Part) -> int | None:
        """The finest at which a tile is not drawn much smaller than it is, and not too many are."""
        tile_px = self._tile_px or self._measured(grid, part) or _USUAL_TILE_PX
        for zoom in range(grid.max_zoom, grid.min_zoom - 1, -1):
            side_px = grid.tile_m(zoom, part.middle_m) * part.px_per_m
            if zoom > grid.min_zoom and side_px < LEAST_TILE_SHARE * tile_px:
                continue
            span = grid.span(zoom, part.whole_m)
            if span is None:
                return None
            if span.count <= MOST_TILES:
                return zoom
        return None  # so far away that even the coarsest are too many

    def _measured(self, grid: TileGrid, part: _Part) -> int | None:
        """The side of a tile in pixels, learnt from one that lies in the middle."""
        for zoom in range(grid.max_zoom, grid.min_zoom - 1, -1):
            span = grid.span(zoom, np.concatenate((part.middle_m - 0.5, part.middle_m + 0.5)))
            if span is not None and self._tile(grid, zoom, span.column, span.row) is not None:
                return self._tile_px
        return None

    def _find(
        self, grid: TileGrid, zoom: int, column: int, row: int
    ) -> tuple[QImage, QRectF] | None:
        """A tile; where it is missing, the part of a coarser one that shows the same ground."""
        for above in range(min(zoom - grid.min_zoom, _MOST_ABOVE) + 1):
            image = self._tile(grid, zoom - above, column >> above, row >> above)
            if image is not None:
                parts = 1 << above
                width, height = image.width() / parts, image.height() / parts
                left, top = (column % parts) * width, (row % parts) * height
                return image, QRectF(left, top, width, height)
        return None

    def _tile(self, grid: TileGrid, zoom: int, column: int, row: int) -> QImage | None:
        key = (self._key, zoom, column, row)
        tile = self._decoded.find(key)
        if tile is None:
            tile = _read(grid, zoom, column, row)
            self._decoded.keep(key, tile)
        if isinstance(tile, Absent):
            if tile is Absent.DAMAGED:
                self.troubles.add(Trouble.DAMAGED)
            return None
        self._tile_px = self._tile_px or tile.width()
        return tile


def _read(grid: TileGrid, zoom: int, column: int, row: int) -> Tile:
    data = grid.tiles.tile(zoom, column, row)
    if data is None:
        return Absent.MISSING
    try:
        return decode(data)
    except BadTile:
        return Absent.DAMAGED


def paint_rasters(
    painter: QPainter,
    frame: Frame,
    part_px: QRect,
    stack: RasterStack,
    strength: float,
    style: MapStyle,
    check: Check,
) -> None:
    """Lay the pictures over what is painted of a part of the map. `strength` is 0–1.

    They are put together apart first: what overlaps is then no stronger than the rest.
    """
    size = frame.in_device(part_px).size()
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    if not stack.paint(image, frame, part_px, check):
        return
    if style.picture_dim > 0:
        _dim(image, style.picture_dim)
    image.setDevicePixelRatio(frame.dpr)
    painter.save()
    painter.resetTransform()
    painter.setOpacity(strength)
    painter.drawImage(QPointF(part_px.topLeft()), image)
    painter.restore()


def _dim(image: QImage, share: float) -> None:
    """Darken what is there, so that marks and names stay readable."""
    dark = QColor(0, 0, 0)
    dark.setAlphaF(share)
    over = QPainter(image)
    try:
        over.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceAtop)
        over.fillRect(image.rect(), dark)
    finally:
        over.end()


def _draw(painter: QPainter, image: QImage, source: QRectF, quad_px: Pixels) -> None:
    """A part of a tile upon its four corners: top left, top right, bottom right, bottom left."""
    top_left, top_right, bottom_right, bottom_left = quad_px
    middle = quad_px.mean(axis=0)
    right = (top_right - top_left + bottom_right - bottom_left) / 2
    down = (bottom_left - top_left + bottom_right - top_right) / 2
    sides_px = math.hypot(*right), math.hypot(*down)
    if min(sides_px) < 1e-3:
        return
    grown = [1 + 2 * _SPARE_PX / side for side in sides_px]
    bend = quad_px - middle - (_ROUND - 0.5) @ np.stack((right, down))
    width, height = source.width(), source.height()
    if np.abs(bend).max() <= _BENT_PX:
        right, down = right * grown[0], down * grown[1]
        corner = middle - (right + down) / 2
        painter.setTransform(
            QTransform(
                right[0] / width, right[1] / width, down[0] / height, down[1] / height,
                corner[0], corner[1],
            )
        )  # fmt: skip
    else:
        ends = middle + (quad_px - middle) * max(grown)
        flat = QPolygonF(QRectF(0, 0, width, height))
        flat.removeLast()  # the first once more
        upon = QPolygonF([QPointF(x, y) for x, y in ends.tolist()])
        bent = QTransform()
        if not QTransform.quadToQuad(flat, upon, bent):
            return
        painter.setTransform(bent)
    painter.drawImage(QRectF(0, 0, width, height), image, source)


def _close_all(rasters: list[_Raster]) -> None:
    for raster in rasters:
        raster.close()
