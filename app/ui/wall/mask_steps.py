"""Drawing a camera's privacy masks: opens the editor over the grid, saves what it gives."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.cameras.camera import Camera
from app.cameras.drawn_masks import CameraMasksDrawn
from app.errors import KnownError
from app.log import Entry
from app.thai.translation import tr
from app.ui.desk import Desk
from app.ui.theme import Theme
from app.ui.wall.camera_grid import CameraGrid
from app.ui.wall.mask_drawing import MaskDrawing
from app.ui.wall.mask_editor import MaskEditor
from app.video.live import LivePictures


@dataclass(frozen=True, slots=True)
class BegunMasks:
    """An editor that is open, as it stands."""

    camera: Camera
    drawing: MaskDrawing
    reason: str


class MaskSteps(QObject):
    """One editor at a time."""

    told = Signal(str)
    failed = Signal(object)  # KnownError

    def __init__(self, theme: Theme, grid: CameraGrid, desk: Desk, pictures: LivePictures) -> None:
        super().__init__(grid)
        self._theme, self._grid, self._desk, self._pictures = theme, grid, desk, pictures
        self.editor: MaskEditor | None = None

    def edit(self, camera: Camera) -> None:
        """Open the editor; who may not save is told before drawing anything."""
        if self.editor is not None:
            return
        try:
            self._desk.require_right(CameraMasksDrawn.kind)
        except KnownError as error:
            self.failed.emit(error)
            return
        self._open(camera, MaskDrawing(self._desk.masks_of(camera.id)))

    def _open(self, camera: Camera, drawing: MaskDrawing) -> None:
        self._show_large(camera.id)
        self.editor = MaskEditor(
            self._theme, self._grid, camera, drawing, self._pictures, self._desk.clock
        )
        self.editor.saved.connect(self._on_saved)
        self.editor.closed.connect(self._on_closed)
        self.editor.open()

    def begun(self) -> BegunMasks | None:
        """What is drawn and not saved."""
        editor = self.editor
        if editor is None:
            return None
        return BegunMasks(editor.camera, editor.canvas.drawing, editor.reason.text())

    def go_on(self, begun: BegunMasks) -> None:
        """Go on drawing where another window's editor was left."""
        self._open(begun.camera, begun.drawing)
        if self.editor is not None:
            self.editor.reason.setText(begun.reason)

    def complain(self, error: KnownError) -> bool:
        """Say a failure in the editor, if it is open. Whether it was."""
        if self.editor is None:
            return False
        self.editor.complain(error)
        return True

    def _show_large(self, camera_id: str) -> None:
        """The camera over the whole grid: its pictures come large, and stay so afterwards."""
        shown = [tile.camera.id for tile in self._grid.tiles if tile.camera]
        if shown != [camera_id]:
            self._grid.toggle_single(camera_id)

    def _on_saved(self, camera_id: str, masks: tuple[object, ...], reason: str) -> None:
        try:
            self._desk.draw_masks(camera_id, masks, reason, self._on_written)  # type: ignore[arg-type]
        except KnownError as error:
            self.complain(error)

    def _on_written(self, entries: tuple[Entry, ...]) -> None:
        if self.editor is not None:
            self.editor.close_quietly()
        camera_id = entries[0].subject
        if entries[0].data()["masks"]:
            self.told.emit(tr("{camera}: the masks hold from now on", camera=camera_id))
        else:
            self.told.emit(tr("{camera}: nothing is hidden any more", camera=camera_id))

    def _on_closed(self) -> None:
        self.editor = None
        self._grid.leave_single()
