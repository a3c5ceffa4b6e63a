"""Where the tiles of a wall stand: cells, rectangles, and who is beside whom. Knows no Qt."""

from __future__ import annotations

import math
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from app.cameras.wall_layouts import TILE_COUNTS


class Cell(NamedTuple):
    """A tile's place in columns and rows; `span` of both it covers."""

    column: int
    row: int
    span: int = 1


class Box(NamedTuple):
    """A tile's rectangle in pixels."""

    left: int
    top: int
    width: int
    height: int


class Direction(Enum):
    """Where an arrow key goes, in columns and rows."""

    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, -1)
    DOWN = (0, 1)


_COLUMNS = {1: 1, 4: 2, 6: 3, 9: 3, 12: 4, 16: 4, 25: 5, 36: 6}
_ONE_LARGE = (Cell(0, 0, 2), Cell(2, 0), Cell(2, 1), Cell(0, 2), Cell(1, 2), Cell(2, 2))


def known_count(count: int) -> int:
    """The layout for so many tiles: itself, or the next larger one there is."""
    return next((known for known in TILE_COUNTS if known >= count), max(TILE_COUNTS))


@lru_cache
def cells(count: int) -> tuple[Cell, ...]:
    """The cells of a layout in the order of its tiles.

    Six are one large tile with five round it: three by three cells keep 16:9, and the camera that
    sees best gets the large one.
    """
    if count == 6:
        return _ONE_LARGE
    columns = _COLUMNS[count]
    return tuple(Cell(number % columns, number // columns) for number in range(count))


def boxes(count: int, width: int, height: int, gap: int) -> tuple[Box, ...]:
    """The tiles' rectangles in a room of this size; `gap` between neighbours, none at the edges."""
    columns = _COLUMNS[count]
    rows = columns if count == 6 else math.ceil(count / columns)
    step_x, step_y = (width + gap) / columns, (height + gap) / rows
    placed = []
    for cell in cells(count):
        left, top = round(cell.column * step_x), round(cell.row * step_y)
        right = round((cell.column + cell.span) * step_x - gap)
        bottom = round((cell.row + cell.span) * step_y - gap)
        placed.append(Box(left, top, max(1, right - left), max(1, bottom - top)))
    return tuple(placed)


def beside(count: int, tile: int, direction: Direction) -> int | None:
    """The tile that an arrow key reaches from `tile`; None at the edge."""
    cell = cells(count)[tile]
    by_column, by_row = direction.value
    column = cell.column + (cell.span if by_column > 0 else by_column)
    row = cell.row + (cell.span if by_row > 0 else by_row)
    return _covering(count).get((column, row))


@lru_cache
def _covering(count: int) -> dict[tuple[int, int], int]:
    """Which tile covers a column and row."""
    return {
        (cell.column + right, cell.row + down): number
        for number, cell in enumerate(cells(count))
        for right in range(cell.span)
        for down in range(cell.span)
    }
