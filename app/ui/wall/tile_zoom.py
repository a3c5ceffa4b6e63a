"""Digital zoom by wheel and by pulling, the same on every tile. Knows no camera and no picture."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QWheelEvent

from app.ui.wall.tile_view import TileView

_NOTCH = 120  # what one step of a wheel's angle is
_CLOSER = 1.25


def wheeled(view: TileView, shown: QRect, event: QWheelEvent) -> TileView | None:
    """Closer or farther around the pointer; None where there is nothing to do: the whole picture
    has nothing farther. `shown`: where the picture stands on the tile."""
    notches = event.angleDelta().y() / _NOTCH
    if not notches or shown.isEmpty() or (notches < 0 and not view.is_zoomed):
        return None
    at = event.position()
    return view.zoomed(
        _CLOSER**notches,
        min(max((at.x() - shown.left()) / shown.width(), 0.0), 1.0),
        min(max((at.y() - shown.top()) / shown.height(), 0.0), 1.0),
    )


def pulled(view: TileView, shown: QRect, by: QPoint) -> TileView:
    """The picture pulled by so many pixels."""
    if shown.isEmpty():
        return view
    return view.moved(by.x() / shown.width(), by.y() / shown.height())
