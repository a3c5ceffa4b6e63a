"""Pictures of the ground as grids of tiles: which tiles hold a piece of ground, where each lies.

Two kinds: tiles of the web's kind, and a single picture that was cut. Draws and decodes none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.geo.projection import Points, Projection
from app.geo.rasters import Corners, TileMap

CUT_PX = 256  # the side of the tiles that a single picture is cut into
_EARTH_ROUND_M = 2 * math.pi * 6_378_137.0  # the radius of Web Mercator (EPSG:3857)
_MERCATOR_DEG = 85.0511

Lattice = NDArray[np.float64]  # (rows + 1, columns + 1, 2): where tiles meet, station metres


@dataclass(frozen=True, slots=True)
class Span:
    """Tiles that stand together at one zoom."""

    column: int
    row: int
    columns: int
    rows: int

    @property
    def count(self) -> int:
        """How many."""
        return self.columns * self.rows


class TileGrid(Protocol):
    """Tiles by zoom, column and row; at every zoom twice as many each way as at the one before."""

    tiles: TileMap
    min_zoom: int
    max_zoom: int
    tile_px: int | None
    """The side of a tile; None where only a decoded tile can tell."""

    def span(self, zoom: int, places_m: Points) -> Span | None:
        """The tiles round these places in station metres (N, 2); None where there are none."""
        ...

    def lattice_m(self, zoom: int, span: Span) -> Lattice:
        """The corners at which the tiles meet."""
        ...

    def tile_m(self, zoom: int, at_m: Points) -> float:
        """How long the side of a tile is on the ground, at a place (1, 2)."""
        ...


class MercatorGrid:
    """A tile map of the web's kind over the station's metres."""

    tile_px: int | None = None

    def __init__(self, tiles: TileMap, projection: Projection) -> None:
        self.tiles = tiles
        self.min_zoom, self.max_zoom = tiles.min_zoom, tiles.max_zoom
        self._projection = projection

    def span(self, zoom: int, places_m: Points) -> Span | None:
        """See `TileGrid`."""
        places = self._projection.to_degrees(places_m)
        places = places[np.isfinite(places).all(axis=1)]
        if not len(places):
            return None
        west, south, east, north = self.tiles.bounds_deg
        least, most = places.min(axis=0), places.max(axis=0)
        low = np.maximum(least, (west, max(south, -_MERCATOR_DEG)))
        high = np.minimum(most, (east, min(north, _MERCATOR_DEG)))
        if (low >= high).any():
            return None
        count = 2**zoom
        x = (np.array([low[0], high[0]]) + 180.0) / 360.0 * count
        lat = np.radians([high[1], low[1]])
        y = (1.0 - np.arcsinh(np.tan(lat)) / np.pi) / 2.0 * count
        return _span(x, y, count, count)

    def lattice_m(self, zoom: int, span: Span) -> Lattice:
        """See `TileGrid`."""
        x, y = _steps(span)
        lon = x / 2.0**zoom * 360.0 - 180.0
        lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y / 2.0**zoom))))
        places = self._projection.to_metres(np.column_stack((lon.ravel(), lat.ravel())))
        return places.reshape(span.rows + 1, span.columns + 1, 2)

    def tile_m(self, zoom: int, at_m: Points) -> float:
        """See `TileGrid`."""
        lat_deg = float(self._projection.to_degrees(at_m)[0, 1])
        return float(_EARTH_ROUND_M * math.cos(math.radians(lat_deg)) / 2**zoom)


class PictureGrid:
    """A single picture that was cut: at the largest zoom pixel by pixel, at each before it half.

    `corners_m`: top left, top right, bottom right, bottom left, in station metres.
    """

    tile_px: int | None = CUT_PX

    def __init__(self, tiles: TileMap, width_px: int, height_px: int, corners_m: Corners) -> None:
        self.tiles = tiles
        self.min_zoom, self.max_zoom = 0, zooms_of(width_px, height_px)
        self._size_px = np.array([width_px, height_px], dtype=np.float64)
        self._corners_m = corners_m
        top_left, top_right, bottom_right, bottom_left = corners_m
        right = (top_right - top_left + bottom_right - bottom_left) / 2
        down = (bottom_left - top_left + bottom_right - top_right) / 2
        self._sides_m = np.column_stack((right, down))

    def span(self, zoom: int, places_m: Points) -> Span | None:
        """See `TileGrid`."""
        middle = self._corners_m.mean(axis=0)
        try:
            shares = np.linalg.solve(self._sides_m, (places_m - middle).T).T + 0.5
        except np.linalg.LinAlgError:
            return None  # corners upon each other
        low, high = np.maximum(shares.min(axis=0), 0.0), np.minimum(shares.max(axis=0), 1.0)
        if (low >= high).any():
            return None
        tiles = self._size_px / (CUT_PX * 2 ** (self.max_zoom - zoom))
        x, y = np.array([low[0], high[0]]) * tiles[0], np.array([low[1], high[1]]) * tiles[1]
        return _span(x, y, math.ceil(tiles[0]), math.ceil(tiles[1]))

    def lattice_m(self, zoom: int, span: Span) -> Lattice:
        """See `TileGrid`."""
        x, y = _steps(span)
        pixels = CUT_PX * 2 ** (self.max_zoom - zoom)
        across = (x * pixels / self._size_px[0])[..., np.newaxis]
        down = (y * pixels / self._size_px[1])[..., np.newaxis]
        top_left, top_right, bottom_right, bottom_left = self._corners_m
        top = top_left + across * (top_right - top_left)
        bottom = bottom_left + across * (bottom_right - bottom_left)
        return np.asarray(top + down * (bottom - top))

    def tile_m(self, zoom: int, at_m: Points) -> float:
        """See `TileGrid`."""
        side_m = float(np.hypot(*self._sides_m[:, 0])) / self._size_px[0] * CUT_PX
        return float(side_m * 2 ** (self.max_zoom - zoom))


def zooms_of(width_px: int, height_px: int) -> int:
    """How often a picture is halved until it fits into one tile."""
    return max(0, math.ceil(math.log2(max(width_px, height_px) / CUT_PX)))


def _span(x: NDArray[np.float64], y: NDArray[np.float64], columns: int, rows: int) -> Span:
    """The tiles from the first to the last number, inside the grid."""
    first_column, last_column = (int(min(max(n, 0), columns - 1)) for n in np.floor(x))
    first_row, last_row = (int(min(max(n, 0), rows - 1)) for n in np.floor(y))
    return Span(first_column, first_row, last_column - first_column + 1, last_row - first_row + 1)


def _steps(span: Span) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Column and row numbers of every corner, as (rows + 1, columns + 1)."""
    x = np.arange(span.column, span.column + span.columns + 1, dtype=np.float64)
    y = np.arange(span.row, span.row + span.rows + 1, dtype=np.float64)
    grid_x, grid_y = np.meshgrid(x, y)
    return grid_x, grid_y
