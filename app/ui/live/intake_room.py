"""How wide the intake lies over the Live place: over whole columns of tiles, never over half a one.

Knows only where the tiles stand.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

_SHARE = 0.36
_MOST_SHARE = 0.48


def intake_width(place: QWidget, tiles: Iterable[QWidget], intake: QWidget, liked: int) -> int:
    """In pixels: up to the left edge of a column of tiles of this place, the one nearest to what
    is liked; as wide as its words need in any case."""
    width, needed = place.width(), intake.minimumSizeHint().width()
    liked = max(needed, min(liked, round(width * _SHARE)))
    here = (tile for tile in tiles if place.isAncestorOf(tile) and tile.isVisibleTo(place))
    edges = {width - tile.mapTo(place, QPoint(0, 0)).x() + 1 for tile in here}
    fitting = [edge for edge in edges if needed <= edge <= width * _MOST_SHARE]
    return min(fitting, key=lambda edge: abs(edge - liked), default=liked)
