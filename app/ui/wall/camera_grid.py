"""The camera grid: the wall's arrangement as tiles, moved by mouse and keyboard.

Knows no log and no incident: it is told who sees the selected place, and which layout to show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from app.cameras.camera import Camera
from app.clock import Clock
from app.ui.theme import Theme
from app.ui.wall.camera_drag import camera_of, drag_camera
from app.ui.wall.camera_tile import CameraTile
from app.ui.wall.tile_outline import TileOutline
from app.ui.wall.tile_places import Direction, beside
from app.ui.wall.tile_seats import TileSeats
from app.ui.wall.tile_view import TileViews
from app.ui.wall.wall import Wall
from app.ui.wall.wall_refresh import WallRefresh
from app.video.live import LivePictures, Wanted

_ARROWS = {
    Qt.Key.Key_Left: Direction.LEFT,
    Qt.Key.Key_Right: Direction.RIGHT,
    Qt.Key.Key_Up: Direction.UP,
    Qt.Key.Key_Down: Direction.DOWN,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A camera that sees the selected place, and how far away it stands."""

    camera_id: str
    distance_m: float


class CameraGrid(QWidget):
    """One wall's tiles. There is one grid only, in whichever window it stands."""

    camera_clicked = Signal(str)
    camera_opened = Signal(str)
    menu_requested = Signal(str, QPoint)  # camera id, place on the screen
    arranged = Signal()  # layout, page or order are different now

    def __init__(self, theme: Theme, pictures: LivePictures, clock: Clock) -> None:
        super().__init__()
        self._theme = theme
        self._pictures = pictures
        self.wall = Wall()
        self.views = TileViews()
        self._cameras: dict[str, Camera] = {}
        self._has_register = False
        self._seeing: tuple[Seen, ...] = ()
        self._single = ""
        self._selected = ""
        self._recorded: frozenset[str] | None = None
        self._seats: TileSeats[CameraTile] = TileSeats(self._new_tile)
        self._asked: dict[str, Wanted] = {}
        self._is_awake = False
        self._moves_house = False
        self._has_left = False
        self._framed = 0
        self._frame = TileOutline(theme, self)
        self._drop_place = TileOutline(theme, self, thick=3)
        self._refresh = WallRefresh(pictures, clock, self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard to the list
        self.setAcceptDrops(True)
        self._arrange()

    # What it shows

    @property
    def tiles(self) -> tuple[CameraTile, ...]:
        """The tiles on screen, row by row."""
        return self._seats.tiles

    @property
    def tile_count(self) -> int:
        """The chosen layout: one of `TILE_COUNTS`."""
        return self.wall.present.tile_count

    @property
    def single(self) -> str:
        """The camera that has the whole grid; empty for none."""
        return self._single

    @property
    def selected(self) -> str:
        """The camera that is selected; empty for none."""
        return self._selected

    @property
    def camera_in_hand(self) -> str:
        """Which camera a key means: the one that has the grid, else the selected one."""
        return self._single or self._selected

    def set_cameras(self, cameras: Sequence[Camera]) -> None:
        """The register as it is now."""
        self._cameras = {camera.id: camera for camera in cameras}
        self._has_register = True
        if self._single not in self._cameras:
            self._single = ""
        self.rearrange(lambda wall: wall.set_cameras(list(self._cameras)))

    def rearrange(self, change: Callable[[Wall], None]) -> None:
        """Change the wall, and show it."""
        change(self.wall)
        self._arrange()

    def set_tile_count(self, count: int) -> None:
        """Another layout; an unknown number is the next larger one."""
        self._single = ""
        self.rearrange(lambda wall: wall.set_tile_count(count))

    def set_seeing(self, seeing: Sequence[Seen]) -> None:
        """The cameras that see the selected place come first, in this order; () gives all back."""
        self._seeing = tuple(seeing)
        self.rearrange(lambda wall: wall.set_seeing([seen.camera_id for seen in seeing]))

    def turn_page(self, by: int) -> None:
        """After the last page comes the first."""
        self.rearrange(lambda wall: wall.turn_page(by))

    def put(self, camera_id: str, tile: int) -> None:
        """A camera into the tile with this index: the two change places."""
        self.rearrange(lambda wall: wall.put(camera_id, tile))

    def take_out(self, camera_id: str) -> None:
        """Empty the camera's tile. Nothing is lost: it can be dragged or brought back."""
        shown = self.wall.shown()
        if camera_id in shown and not self._single:
            self.rearrange(lambda wall: wall.empty(shown.index(camera_id)))

    def select_camera(self, camera_id: str) -> None:
        """The camera that keys and the main stream are for; the frame goes to its tile."""
        self._selected = camera_id
        if camera_id in self.wall.shown():
            self._framed = self.wall.shown().index(camera_id)
        self._mark_tiles()

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

    def camera_at(self, number: int) -> str:
        """The camera of the tile with this number, from 1; empty if there is none."""
        if not 1 <= number <= len(self.tiles):
            return ""
        camera = self.tiles[number - 1].camera
        return camera.id if camera else ""

    def pictures_painted(self) -> int:
        """How many different pictures have reached the screen on the present tiles."""
        return sum(tile.painted for tile in self.tiles)

    def let_go(self) -> None:
        """Its window is going, another has the wall now: ask for nothing more, not even nothing."""
        self._has_left = True
        self._refresh.stop()
        self._seats.empty()

    @contextmanager
    def staying_awake(self) -> Iterator[None]:
        """While it goes to another window: its cameras are not closed and opened again."""
        self._moves_house = True
        try:
            yield
        finally:
            self._moves_house = False
            if not self.isVisible():
                self._sleep()

    # Arranging

    def _arrange(self) -> None:
        ids = (self._single,) if self._single else self.wall.shown()
        cameras = [self._cameras.get(camera_id) for camera_id in ids]
        self._seats.seat(cameras, known_empty=self._has_register)
        self._framed = min(self._framed, len(ids) - 1)
        self._mark_tiles()
        self._place_tiles()
        self._refresh.follow(self.tiles)
        self.arranged.emit()

    def _new_tile(self) -> CameraTile:
        tile = CameraTile(self._theme, self.views)
        tile.setMinimumSize(1, 1)  # as small as the layout says
        tile.setParent(self)
        tile.clicked.connect(self.camera_clicked)
        tile.opened.connect(self.camera_opened)
        tile.menu_requested.connect(self.menu_requested)
        tile.drag_requested.connect(self._on_drag_requested)
        tile.wanted_changed.connect(self._ask_for_pictures)
        return tile

    def show_recording(self, cameras: frozenset[str] | None) -> None:
        """The cameras that are being recorded; None: nothing is to be said of it."""
        if cameras != self._recorded:
            self._recorded = cameras
            self._mark_tiles()

    def _mark_tiles(self) -> None:
        ranks = {seen.camera_id: (rank, seen) for rank, seen in enumerate(self._seeing, 1)}
        for tile in self.tiles:
            rank, seen = ranks.get(tile.camera.id, (0, None)) if tile.camera else (0, None)
            tile.show_rank(rank, seen.distance_m if seen else 0.0)
            tile.show_selected(tile.camera is not None and tile.camera.id == self._selected)
            known = tile.camera is not None and self._recorded is not None
            tile.show_recorded(tile.camera.id in self._recorded if known else None)  # type: ignore[union-attr, operator]
        self._show_frame()

    def _place_tiles(self) -> None:
        self._seats.place(self.width(), self.height())
        self._show_frame()
        self._ask_for_pictures()

    def _ask_for_pictures(self) -> None:
        """Tell the video room what is on screen, and how large. Hidden tiles decode nothing."""
        if self._has_left:
            return
        wanted: dict[str, Wanted] = {}
        if self._is_awake:
            wanted = {tile.camera.id: tile.wanted() for tile in self.tiles if tile.camera}
        if self._single in wanted:
            wanted[self._single] = wanted[self._single]._replace(main=True)
        if list(wanted.items()) != list(self._asked.items()):  # the order counts
            self._asked = wanted
            self._pictures.show(wanted)

    # The keyboard

    def _show_frame(self) -> None:
        shown = self.hasFocus() and not self._single
        self._frame.show_around(self.tiles[self._framed].geometry() if shown else None)

    def _frame_tile(self, number: int) -> None:
        self._framed = number
        camera = self.tiles[number].camera
        self._selected = camera.id if camera else ""
        self._mark_tiles()

    def _step(self, direction: Direction, *, carry: bool) -> None:
        there = beside(self.tile_count, self._framed, direction)
        if there is None or self._single:
            return
        if carry and self._selected:
            self.put(self._selected, there)
        self._frame_tile(there)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the frame, with Shift its camera; Enter opens it, Del empties its tile."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        carry = held == Qt.KeyboardModifier.ShiftModifier
        key = Qt.Key(event.key())
        camera_id = self._single or self._selected
        if key in _ARROWS and (carry or held == Qt.KeyboardModifier.NoModifier):
            self._step(_ARROWS[key], carry=carry)
        elif held != Qt.KeyboardModifier.NoModifier:
            event.ignore()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn_page(1 if key == Qt.Key.Key_PageDown else -1)
            self._frame_tile(self._framed)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and camera_id:
            self.camera_opened.emit(camera_id)
        elif key == Qt.Key.Key_Delete and camera_id:
            self.take_out(camera_id)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._frame_tile(self._framed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._show_frame()

    # Dragging

    def _on_drag_requested(self, camera_id: str) -> None:
        camera = self._cameras[camera_id]
        drag_camera(self._theme, self, camera_id, f"{camera.id} {camera.name}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if camera_of(event.mimeData()) in self._cameras:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        number = self._seats.under(event.position().toPoint())
        box: QRect | None = None if number is None else self.tiles[number].geometry()
        self._drop_place.show_around(box)
        event.setAccepted(box is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_place.show_around(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_place.show_around(None)
        number = self._seats.under(event.position().toPoint())
        camera_id = camera_of(event.mimeData())
        if number is None or camera_id not in self._cameras:
            return
        event.acceptProposedAction()
        if self._single:
            self._single = camera_id
            self._arrange()
        else:
            self.put(camera_id, number)
            self.select_camera(camera_id)

    # Qt

    def _wake(self) -> None:
        if self._has_left:
            return
        self._is_awake = True
        self._refresh.start()
        self._place_tiles()
        self._refresh.refresh()

    def _sleep(self) -> None:
        self._is_awake = False
        self._refresh.stop()
        self._ask_for_pictures()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_tiles()

    def showEvent(self, event: QShowEvent) -> None:
        self._wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Also when the window is minimised."""
        if not self._moves_house:
            self._sleep()
