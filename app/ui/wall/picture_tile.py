"""A tile with one camera's picture in it, live or recorded: its view, its zoom, the hand on it.

What is painted, and what is said of the picture, is its heirs'.
"""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from app.cameras.camera import Camera
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.wall.tile_art import TileArt
from app.ui.wall.tile_picture import TilePicture
from app.ui.wall.tile_seats import SeatedTile
from app.ui.wall.tile_view import WHOLE, TileView, TileViews
from app.ui.wall.tile_zoom import wheeled
from app.video.live import Wanted


class PictureTile(SeatedTile):
    """Shows one camera, or an empty place. Asks nobody for anything: it is given what it shows."""

    clicked = Signal(str)  # camera id
    opened = Signal(str)  # double click
    menu_requested = Signal(str, QPoint)  # camera id, place on the screen
    wanted_changed = Signal()  # `wanted` has another answer

    def __init__(self, theme: Theme, views: TileViews) -> None:
        super().__init__()
        self._theme, self._views = theme, views
        self._art = TileArt(theme)
        self.camera: Camera | None = None
        self._picture = TilePicture(theme.colour("picture"))
        self._rank = 0
        self._selected = False
        self._asked = Wanted(0, 0)
        self._pressed_at: QPoint | None = None
        self.painted = 0
        """How many different pictures have reached the screen."""
        self._painted_seq = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_camera(self, camera: Camera | None) -> None:
        """Another camera, or none. The old picture goes with the old camera."""
        if camera == self.camera:
            return
        if self.camera is None or camera is None or camera.id != self.camera.id:
            self._picture.drop()
            self._painted_seq, self._pressed_at = -1, None
            self._forget_camera()
        self.camera = camera
        name = f"{camera.id} {camera.name}" if camera else tr("Empty tile")
        self.setAccessibleName(name)
        self.setToolTip(name if camera else "")
        self._show_cursor()
        self.update()

    @abstractmethod
    def _forget_camera(self) -> None:
        """What is known of the camera's picture goes with the camera."""

    @property
    def is_selected(self) -> bool:
        return self._selected

    # Which part is seen

    @property
    def view(self) -> TileView:
        """Which part of the picture is seen."""
        return self._views.of(self.camera.id) if self.camera else WHOLE

    def show_view(self, view: TileView) -> None:
        """Another part of the picture; it stays with the camera."""
        if self.camera is None or view == self.view:
            return
        self._views.keep(self.camera.id, view)
        self._show_cursor()
        self.update(self.picture_rect())
        self._tell_wanted()

    @abstractmethod
    def wanted(self) -> Wanted:
        """How large its pictures are needed, in device pixels, and of which stream."""

    @abstractmethod
    def picture_rect(self) -> QRect:
        """The place of the picture, above the caption."""

    def _tell_wanted(self) -> None:
        wanted = self.wanted()
        if wanted != self._asked:
            self._asked = wanted
            self.wanted_changed.emit()

    def _show_cursor(self) -> None:
        """A hand where a zoomed picture can be pulled, if the heir shows one."""

    # Painting

    def _count_painted(self) -> None:
        if self._picture.seq != self._painted_seq:
            self._painted_seq = self._picture.seq
            self.painted += 1

    def _zoom_tag(self) -> QPixmap:
        words = f"{self.view.scale:.1f}×"
        return self._art.tag(words, "text", self.devicePixelRatioF(), slot="zoom")

    def _zoom_rect(self) -> QRect:
        """The place of the zoom's figure: a click on it shows the whole picture again."""
        size, room = size_of(self._zoom_tag()), self.picture_rect()
        at = QPoint(room.right() - size.width() - 5, room.bottom() - size.height() - 5)
        return QRect(at, size)

    # Input

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.camera is None:
            return
        where = event.position().toPoint()
        if self.view.is_zoomed and self._zoom_rect().contains(where):
            self.show_view(WHOLE)
            return
        self._pressed_at = where
        self._show_cursor()
        self.clicked.emit(self.camera.id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.camera is not None:
            self._pressed_at = None
            self.opened.emit(self.camera.id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Closer and farther around the pointer. The whole picture has nothing farther."""
        view = wheeled(self.view, self._picture.place_in(self.picture_rect()), event)
        event.setAccepted(view is not None)
        if view is not None:
            self.show_view(view)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()
        if self.camera is not None:
            self.menu_requested.emit(self.camera.id, event.globalPos())


def size_of(pixmap: QPixmap) -> QSize:
    """In logical pixels."""
    return pixmap.deviceIndependentSize().toSize()


def middle_of(pixmap: QPixmap) -> QPoint:
    """Of the pixmap at 0, 0, in logical pixels."""
    size = size_of(pixmap)
    return QPoint(size.width() // 2, size.height() // 2)
