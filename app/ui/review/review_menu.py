"""The menu of a review tile: what can be done with its camera, each with its key."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.wall.tile_menu import MenuLine, open_tile_menu
from app.video.playback.shown import Shown

if TYPE_CHECKING:
    from app.ui.review.review_place import ReviewPlace


def open_review_menu(theme: Theme, place: ReviewPlace, camera_id: str, at: QPoint) -> QMenu | None:
    """For the tile of this camera, which becomes the selected one."""
    tile = place.grid.tile_of(camera_id)
    if tile is None or tile.camera is None:
        return None
    place.grid.select(camera_id)
    has_picture = isinstance(tile.shown, Shown)
    act = functools.partial
    lines = (
        MenuLine(tr("Over the whole grid, and back"), tr("double click"), "maximize-2",
                 act(place.grid.toggle_single, camera_id)),
        MenuLine(tr("Still picture"), "F5", "image", place.take_still, has_picture,
                 rule_before=True),
        MenuLine(tr("Bookmark this moment"), "M", "bookmark", place.evidence.mark, has_picture),
        MenuLine(tr("The whole picture"), "Ctrl 0", "zoom-out", place.whole_tile,
                 tile.view.is_zoomed),
        MenuLine(tr("Live picture of this camera"), "", "monitor",
                 act(place.live_requested.emit, camera_id), rule_before=True),
        MenuLine(tr("Take the camera off the grid"), "", "x", act(place.places.toggle, camera_id)),
    )  # fmt: skip
    title = f"{tile.camera.id} {tile.camera.name}"
    return open_tile_menu(theme, place.grid, title, lines, at)
