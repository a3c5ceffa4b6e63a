"""The tiles of a grid and who sits in them. A camera keeps its tile wherever it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from app.cameras.camera import Camera
from app.ui.wall.tile_places import boxes

_WIDE_PX = 900
_MANY = 16
_GAP, _NARROW_GAP = 6, 4


class SeatedTile(QWidget):
    """What sits: shows one camera, or an empty place."""

    camera: Camera | None = None
    is_known_empty = False
    """Whether the register has been read: only then does a tile say that it is empty."""

    def show_camera(self, camera: Camera | None) -> None:
        """Another camera, or none."""
        raise NotImplementedError


Tile = TypeVar("Tile", bound=SeatedTile)


class TileSeats(Generic[Tile]):
    """As many tiles as there are places; those not needed now wait hidden.

    Tiles are moved, not filled anew: no picture goes dark when cameras change places.
    """

    def __init__(self, make: Callable[[], Tile]) -> None:
        self._make = make
        self._tiles: list[Tile] = []
        self._spare: list[Tile] = []

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Those on screen, in the order of their places."""
        return tuple(self._tiles)

    def seat(self, cameras: Sequence[Camera | None], *, known_empty: bool) -> None:
        """A tile for each place; None is an empty one."""
        free = [*self._tiles, *self._spare]
        sitting = {tile.camera.id: tile for tile in free if tile.camera}
        kept = [sitting.get(camera.id) if camera else None for camera in cameras]
        free = [tile for tile in free if tile not in kept]
        self._tiles = [tile or (free.pop() if free else self._make()) for tile in kept]
        self._spare = free
        for tile in free:
            tile.hide()
        for tile, camera in zip(self._tiles, cameras, strict=True):
            tile.is_known_empty = known_empty
            tile.show_camera(camera)
            tile.show()

    def empty(self) -> None:
        """Nobody sits here any more: no tile holds a picture whose place its decoder needs."""
        for tile in (*self._tiles, *self._spare):
            tile.show_camera(None)

    def place(self, width: int, height: int) -> None:
        """Spread them over a room of this size."""
        is_roomy = width > _WIDE_PX and len(self._tiles) <= _MANY
        gap = _GAP if is_roomy else _NARROW_GAP
        for tile, box in zip(self._tiles, boxes(len(self._tiles), width, height, gap), strict=True):
            tile.setGeometry(*box)

    def under(self, at: QPoint) -> int | None:
        """The place at a point of the grid; None between the tiles."""
        for number, tile in enumerate(self._tiles):
            if tile.geometry().contains(at):
                return number
        return None
