"""What can be done with one camera of the wall, by key and by menu: joins tiles to the desk's acts.

The tile meant is the selected one if it is on screen, else the one under the pointer.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.errors import KnownError
from app.log import Entry
from app.thai.dates import clock_time
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.wall.camera_grid import CameraGrid
from app.ui.wall.camera_tile import CameraTile
from app.ui.wall.mask_steps import MaskSteps
from app.ui.wall.moment_field import MomentField
from app.ui.wall.snapshots import Snapshots, no_picture, no_tile
from app.ui.wall.tile_menu import MenuLine, open_tile_menu
from app.ui.wall.tile_view import WHOLE

if TYPE_CHECKING:
    from app.ui.live.live_place import LiveParts

_CLOSER = 1.5
_LOOK = 0.25


class CameraActs(QObject):
    """Snapshot, mark, zoom, masks, retry, off the tile."""

    told = Signal(str)
    failed = Signal(object)  # KnownError
    footage_requested = Signal(str)  # camera id: what it showed just now

    def __init__(self, theme: Theme, grid: CameraGrid, parts: LiveParts, under: QWidget) -> None:
        """`under`: what lies beneath the cameras, where a marked moment's line may stand."""
        super().__init__(grid)
        self._theme, self._grid = theme, grid
        self._desk, self._selection, self._pictures = parts.desk, parts.selection, parts.pictures
        self._snapshots = Snapshots(self, parts.desk, parts.selection, parts.pictures, parts.stills)
        self.field = MomentField(theme, under)
        self.masks = MaskSteps(theme, grid, parts.desk, parts.pictures)
        self._connect()

    def _connect(self) -> None:
        for part in (self._snapshots, self.masks):
            part.told.connect(self.told)
            part.failed.connect(self.failed)
        self.field.note_written.connect(self._on_note_written)
        self.field.unmark_requested.connect(self._on_unmark_requested)
        self._grid.menu_requested.connect(self.open_menu)

    def complain(self, error: KnownError) -> bool:
        """Say a failure where the officer is drawing, if anywhere."""
        return self.masks.complain(error)

    # The tile that is meant

    def tile(self, camera_id: str = "") -> CameraTile | None:
        """The camera's tile, or without an id the selected one, or the one pointed at."""
        shown = [tile for tile in self._grid.tiles if tile.camera is not None]
        if camera_id:
            return next((one for one in shown if one.camera and one.camera.id == camera_id), None)
        if len(shown) == 1:
            return shown[0]
        selected = next((tile for tile in shown if tile.is_selected), None)
        return selected or next((tile for tile in shown if tile.underMouse()), None)

    def _meant(self, camera_id: str) -> CameraTile | None:
        """The tile that is meant; says so when there is none."""
        tile = self.tile(camera_id)
        if tile is None:
            self.failed.emit(no_tile())
        return tile

    # Acts

    def snapshot(self, camera_id: str = "") -> None:
        """F5: the picture into the selected incident, or to the clipboard."""
        tile = self._meant(camera_id)
        if tile is not None:
            self._snapshots.take(tile)

    def mark(self, camera_id: str = "") -> None:
        """Ctrl+B: mark the moment the tile shows. Written at once; a note may follow."""
        tile = self._meant(camera_id)
        if tile is None or tile.camera is None:
            return
        picture = self._pictures.newest(tile.camera.id)
        if picture is None:
            self.failed.emit(no_picture(tile.camera))
            return
        words = tr("Marked {time}", time=clock_time(picture.arrived_at))
        tell = functools.partial(self._on_marked, tile, tile.camera.id, words)
        incident_id = self._selection.incident_id
        self._desk.mark_moment(tile.camera.id, picture.arrived_at, incident_id, tell)

    def zoom(self, closer: bool, camera_id: str = "") -> None:
        """Closer to the middle of what is seen, or farther from it."""
        tile = self._meant(camera_id)
        if tile is not None:
            tile.show_view(tile.view.zoomed(_CLOSER if closer else 1 / _CLOSER))

    def look(self, right: int, down: int) -> None:
        """A quarter of what is seen to the right and down; negative is left and up."""
        tile = self._meant("")
        if tile is not None:
            tile.show_view(tile.view.moved(-right * _LOOK, -down * _LOOK))

    def whole(self, camera_id: str = "") -> None:
        """Ctrl+0: the whole picture again."""
        tile = self._meant(camera_id)
        if tile is not None:
            tile.show_view(WHOLE)

    def retry(self, camera_id: str = "") -> None:
        """Try a camera now, not when its waiting time ends."""
        tile = self._meant(camera_id)
        if tile is not None and tile.camera is not None:
            self._pictures.retry(tile.camera.id)
            tile.say(tr("Trying again"))

    def draw_masks(self, camera_id: str = "") -> None:
        """The privacy masks of a camera."""
        tile = self._meant(camera_id)
        if tile is not None and tile.camera is not None:
            self.masks.edit(tile.camera)

    def take_off(self, camera_id: str = "") -> None:
        """Leave the tile empty."""
        tile = self._meant(camera_id)
        if tile is not None and tile.camera is not None:
            self._grid.take_out(tile.camera.id)

    def open_menu(self, camera_id: str = "", at: QPoint | None = None) -> QMenu | None:
        """Everything above as a menu at a place on the screen, or in the middle of the tile."""
        tile = self._meant(camera_id)
        if tile is None or tile.camera is None:
            return None
        where = at or tile.mapToGlobal(tile.picture_rect().center())
        title = f"{tile.camera.id} {tile.camera.name}"
        return open_tile_menu(self._theme, self._grid, title, self._lines(tile), where)

    def _lines(self, tile: CameraTile) -> tuple[MenuLine, ...]:
        assert tile.camera is not None
        id_ = tile.camera.id
        act = functools.partial
        has_picture = self._pictures.newest(id_) is not None
        is_well = self._pictures.health(id_).state.is_well
        attach = tr("Still picture to the incident")
        copy = tr("Still picture to the clipboard")
        return (
            MenuLine(tr("Over the whole grid, and back"), tr("double click"), "maximize-2",
                     act(self._grid.toggle_single, id_)),
            MenuLine(tr("The last 30 seconds"), "Shift R", "history",
                     act(self.footage_requested.emit, id_)),
            MenuLine(attach if self._selection.incident_id else copy, "F5", "image",
                     act(self.snapshot, id_), has_picture, rule_before=True),
            MenuLine(tr("Mark this moment"), "Ctrl B", "bookmark", act(self.mark, id_),
                     has_picture),
            MenuLine(tr("The whole picture"), "Ctrl 0", "zoom-out", act(self.whole, id_),
                     tile.view.is_zoomed),
            MenuLine(tr("Privacy masks…"), "Ctrl M", "eye-off", act(self.draw_masks, id_),
                     has_picture, rule_before=True),
            MenuLine(tr("Try the camera again now"), "Ctrl R", "refresh-cw", act(self.retry, id_),
                     not is_well),
            MenuLine(tr("Take off this tile"), "Ctrl Del", "x", act(self.take_off, id_)),
        )  # fmt: skip

    # Answers

    def _on_marked(
        self, tile: CameraTile, camera_id: str, words: str, entries: tuple[Entry, ...]
    ) -> None:
        if tile.camera is not None and tile.camera.id == camera_id:
            tile.say(words)
        self.field.ask(entries[0].id, f"{camera_id} · {words}")

    def _on_note_written(self, mark_id: str, note: str) -> None:
        try:
            self._desk.note_moment(mark_id, note)
        except KnownError as error:
            self.failed.emit(error)

    def _on_unmark_requested(self, mark_id: str) -> None:
        self._desk.unmark_moment(mark_id, self._on_unmarked)

    def _on_unmarked(self, entries: tuple[Entry, ...]) -> None:
        self.told.emit(tr("The mark was taken back"))
