"""One, four, six or nine cameras side by side, and which of them is selected. Knows no place.

Frames never travel by signal: whoever owns the grid calls `refresh` many times a second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.cameras.camera import Camera
from app.ui.review.player import Player
from app.ui.review.review_tile import ReviewTile
from app.ui.theme import Theme
from app.ui.wall.tile_seats import TileSeats
from app.ui.wall.tile_view import TileViews
from app.video.live import Wanted

COUNTS = (1, 4, 6, 9)
_PAINTED_AFTER_S = 0.006  # at 8× that is most of a picture


class ReviewGrid(QWidget):
    """The tiles, and what the playback is asked to show."""

    camera_clicked = Signal(str)
    camera_opened = Signal(str)
    menu_requested = Signal(str, QPoint)
    arranged = Signal()

    def __init__(self, theme: Theme, player: Player) -> None:
        super().__init__()
        self._theme, self._player = theme, player
        self.views = TileViews()
        self._cameras: Mapping[str, Camera] = {}
        self._chosen: tuple[str, ...] = ()
        self._count = 4
        self._single = ""
        self._selected = ""
        self._asked: dict[str, Wanted] = {}
        self._is_awake = self._has_left = False
        self._seats: TileSeats[ReviewTile] = TileSeats(self._new_tile)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._arrange()

    # What it shows

    @property
    def tiles(self) -> tuple[ReviewTile, ...]:
        """Those on screen, row by row."""
        return self._seats.tiles

    @property
    def tile_count(self) -> int:
        return self._count

    @property
    def chosen(self) -> tuple[str, ...]:
        """The cameras that were chosen, in their order; those on tiles first."""
        return self._chosen

    @property
    def on_tiles(self) -> tuple[str, ...]:
        """The cameras that are seen now."""
        return tuple(tile.camera.id for tile in self.tiles if tile.camera)

    @property
    def selected(self) -> str:
        """The camera that is selected: the still and the thumbnails are its."""
        return self._selected

    @property
    def single(self) -> str:
        """The camera that has the whole grid; empty for none."""
        return self._single

    def tile_of(self, camera_id: str) -> ReviewTile | None:
        return next((t for t in self.tiles if t.camera and t.camera.id == camera_id), None)

    def set_cameras(self, cameras: Mapping[str, Camera]) -> None:
        """The register as it is now."""
        self._cameras = dict(cameras)
        self._chosen = tuple(one for one in self._chosen if one in cameras)
        self._arrange()

    def choose(self, camera_ids: Sequence[str]) -> None:
        """These cameras, in this order; the tiles become as many as are needed."""
        self._chosen = tuple(one for one in camera_ids if one in self._cameras)
        self._single = self._single if self._single in self._chosen else ""
        if self._selected not in self._chosen:
            self._selected = self._chosen[0] if self._chosen else ""
        self._arrange()

    def set_tile_count(self, count: int) -> None:
        """One of `COUNTS`; an unknown number is the next larger one."""
        self._count = next((known for known in COUNTS if known >= count), COUNTS[-1])
        self._single = ""
        self._arrange()

    def select(self, camera_id: str) -> None:
        """The camera that still, thumbnails and main stream are for."""
        if camera_id in self._chosen and camera_id != self._selected:
            self._selected = camera_id
            self._mark()
            self._ask()

    def toggle_single(self, camera_id: str) -> None:
        """One camera over the whole grid, or all again."""
        self._single = "" if self._single == camera_id else camera_id
        self.select(camera_id)
        self._arrange()

    def refresh(self, running: str, at: datetime) -> None:
        """Every tile's newest picture; `running` is said on the selected one, `at` where there is
        none."""
        for tile in self.tiles:
            if tile.camera is not None:
                newest = self._player.newest(tile.camera.id, painted_after_s=_PAINTED_AFTER_S)
                tile.show_footage(newest)
                tile.show_instant(at)
                tile.show_running(running if tile.is_selected else "")

    def show_at_once(self) -> None:
        """The newest pictures, painted before anything else; how it runs follows with `refresh`."""
        for tile in self.tiles:
            if tile.camera is not None:
                tile.show_footage(self._player.newest(tile.camera.id), at_once=True)

    def let_go(self) -> None:
        """Its window is going: ask for nothing more, hold nothing."""
        self._has_left = True
        for tile in self.tiles:
            tile.forget()

    # Arranging

    def _arrange(self) -> None:
        ids = (self._single,) if self._single else self._chosen[: self._count]
        cameras = [self._cameras.get(one) for one in ids]
        cameras += [None] * ((1 if self._single else self._count) - len(cameras))
        self._seats.seat(cameras, known_empty=True)
        self._mark()
        self._seats.place(self.width(), self.height())
        self._ask()
        self.arranged.emit()

    def _new_tile(self) -> ReviewTile:
        tile = ReviewTile(self._theme, self.views)
        tile.setMinimumSize(1, 1)
        tile.setParent(self)
        tile.clicked.connect(self.camera_clicked)
        tile.opened.connect(self.camera_opened)
        tile.menu_requested.connect(self.menu_requested)
        tile.wanted_changed.connect(self._ask)
        return tile

    def _mark(self) -> None:
        alone = bool(self._single) or self._count == 1
        for tile in self.tiles:
            camera_id = tile.camera.id if tile.camera else ""
            rank = self._chosen.index(camera_id) + 1 if camera_id in self._chosen else 0
            tile.show_rank(rank)
            tile.show_selected(bool(camera_id) and camera_id == self._selected, single=alone)

    def _ask(self) -> None:
        """Tell the playback what is on screen, and how large. Hidden tiles decode nothing."""
        if self._has_left:
            return
        wanted: dict[str, Wanted] = {}
        if self._is_awake:
            wanted = {tile.camera.id: tile.wanted() for tile in self.tiles if tile.camera}
        if list(wanted.items()) != list(self._asked.items()):
            self._asked = wanted
            self._player.show(wanted)

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._seats.place(self.width(), self.height())
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        self._is_awake = True
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Also when the window is minimised."""
        self._is_awake = False
        self._ask()
