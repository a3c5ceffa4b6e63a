"""The camera grid: layouts of 1 to 16 tiles, pages, and the seeing cameras in the first row.

Frames never travel by signal: one timer asks for the newest picture of each visible tile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.cameras.camera import Camera
from app.clock import Clock
from app.ui.live.camera_tile import CameraTile
from app.ui.theme import Theme
from app.video.live import LivePictures

COLUMNS = {1: 1, 4: 2, 6: 3, 9: 3, 12: 4, 16: 4}
_REFRESH_MS = 25
_GAP = 6


@dataclass(frozen=True, slots=True)
class Seen:
    """A camera that sees the selected place, and how far away it stands."""

    camera_id: str
    distance_m: float


class CameraGrid(QWidget):
    """Tiles in rows, each told 40 times a second what is newest."""

    camera_clicked = Signal(str)
    camera_opened = Signal(str)
    layout_changed = Signal(int, int, int)  # tiles, page (from 1), pages

    def __init__(self, theme: Theme, pictures: LivePictures, clock: Clock) -> None:
        super().__init__()
        self._theme = theme
        self._pictures = pictures
        self._clock = clock
        self._cameras: tuple[Camera, ...] = ()
        self._has_register = False
        self._seeing: tuple[Seen, ...] = ()
        self._count = 12
        self._page = 0
        self._single = ""
        self._selected = ""
        self._tiles: list[CameraTile] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._on_refresh)
        self._set_tile_count(self._count)

    # What it shows

    @property
    def tiles(self) -> tuple[CameraTile, ...]:
        """The tiles on screen, row by row."""
        return tuple(self._tiles)

    @property
    def tile_count(self) -> int:
        """The chosen layout: 1, 4, 6, 9, 12 or 16."""
        return self._count

    def set_cameras(self, cameras: Sequence[Camera]) -> None:
        self._cameras = tuple(cameras)
        self._has_register = True
        self._arrange()

    def set_tile_count(self, count: int) -> None:
        """Another layout; an unknown number is the next larger one."""
        self._count = next((known for known in COLUMNS if known >= count), max(COLUMNS))
        self._page, self._single = 0, ""
        self._arrange()

    def set_seeing(self, seeing: Sequence[Seen]) -> None:
        """The cameras that see the selected place come first, in this order; () gives all back."""
        self._seeing = tuple(seeing)
        self._page = 0
        self._arrange()

    def select_camera(self, camera_id: str) -> None:
        self._selected = camera_id
        for tile in self._tiles:
            tile.show_selected(tile.camera is not None and tile.camera.id == camera_id != "")

    def toggle_single(self, camera_id: str) -> None:
        """One camera over the whole grid, or the grid again."""
        self._single = "" if self._single == camera_id else camera_id
        self._arrange()

    def leave_single(self) -> bool:
        """Back from one camera to the grid; whether there was anything to leave."""
        was_single = bool(self._single)
        self._single = ""
        if was_single:
            self._arrange()
        return was_single

    def turn_page(self, by: int) -> None:
        pages = self._pages()
        self._page = (self._page + by) % pages
        self._arrange()

    def camera_at(self, number: int) -> str:
        """The camera of the tile with this number, from 1; empty if there is none."""
        if not 1 <= number <= len(self._tiles):
            return ""
        camera = self._tiles[number - 1].camera
        return camera.id if camera else ""

    def pictures_painted(self) -> int:
        """How many different pictures have reached the screen on the present tiles."""
        return sum(tile.painted for tile in self._tiles)

    # Arranging

    def _ordered(self) -> list[Camera]:
        by_id = {camera.id: camera for camera in self._cameras}
        first = [by_id[seen.camera_id] for seen in self._seeing if seen.camera_id in by_id]
        return first + [camera for camera in self._cameras if camera not in first]

    def _pages(self) -> int:
        return max(1, -(-len(self._cameras) // self._count))

    def _arrange(self) -> None:
        self._page = min(self._page, self._pages() - 1)
        ordered = self._ordered()
        if self._single:
            shown = [camera for camera in ordered if camera.id == self._single]
        else:
            shown = ordered[self._page * self._count : (self._page + 1) * self._count]
        self._set_tile_count(1 if self._single else self._count)
        ranks = {seen.camera_id: (rank, seen) for rank, seen in enumerate(self._seeing, 1)}
        for number, tile in enumerate(self._tiles):
            camera = shown[number] if number < len(shown) else None
            tile.is_known_empty = self._has_register
            tile.show_camera(camera)
            tile.update()
            rank, seen = ranks.get(camera.id, (0, None)) if camera else (0, None)
            tile.show_rank(rank, seen.distance_m if seen else 0.0)
            tile.show_selected(camera is not None and camera.id == self._selected)
        self._place_tiles()
        self.layout_changed.emit(self._count, self._page + 1, self._pages())

    def _set_tile_count(self, count: int) -> None:
        while len(self._tiles) > count:
            tile = self._tiles.pop()
            tile.setParent(None)
            tile.deleteLater()
        while len(self._tiles) < count:
            tile = CameraTile(self._theme)
            tile.setParent(self)
            tile.clicked.connect(self.camera_clicked)
            tile.opened.connect(self.camera_opened)
            tile.show()
            self._tiles.append(tile)

    def _place_tiles(self) -> None:
        columns = 1 if len(self._tiles) == 1 else COLUMNS[self._count]
        rows = -(-len(self._tiles) // columns)
        gap = _GAP if self.width() > 900 else 4
        width = (self.width() - gap * (columns - 1)) / columns
        height = (self.height() - gap * (rows - 1)) / rows
        for number, tile in enumerate(self._tiles):
            row, column = divmod(number, columns)
            left, top = round(column * (width + gap)), round(row * (height + gap))
            right = round(column * (width + gap) + width)
            bottom = round(row * (height + gap) + height)
            tile.setGeometry(left, top, right - left, bottom - top)
        self._ask_for_pictures()

    def _ask_for_pictures(self) -> None:
        """Tell the video room what is on screen, and how large. Hidden tiles decode nothing."""
        if not self.isVisible():
            self._pictures.show({})
            return
        wanted = {tile.camera.id: tile.wanted() for tile in self._tiles if tile.camera}
        self._pictures.show(wanted)

    # Qt

    def _on_refresh(self) -> None:
        now_s = self._clock.monotonic()
        for tile in self._tiles:
            if tile.camera is not None:
                camera_id = tile.camera.id
                tile.refresh(
                    self._pictures.newest(camera_id), self._pictures.health(camera_id), now_s
                )

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_tiles()

    def showEvent(self, event: QShowEvent) -> None:
        self._timer.start()
        self._place_tiles()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        self._pictures.show({})
