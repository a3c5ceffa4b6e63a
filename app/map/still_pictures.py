"""Keeps the map's two still pictures fresh: asks for them in time, shows what is delivered.

Knows the canvas and who draws, not what the pictures show.
"""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import QObject, QRect, Qt, Signal

from app.map.canvas import MapCanvas
from app.map.clusters import NO_CLUSTERS, Clusters
from app.map.draw_names import Name
from app.map.drawing import Drawing
from app.map.frame import Frame
from app.map.ground import GroundLoader
from app.map.picture import Picture, PictureKind, PictureRequest
from app.map.picture_layer import PictureLayer
from app.map.scene import Scene
from app.map.style import MapStyle

PICTURE_GROWTH = 1.5  # the pictures are this much larger than the view, each way
SPARE_PX = 40.0  # new pictures are asked for before the hand reaches the edge
MOVING_S = 0.15  # a hand that moved so lately moves on, or gets a sharp picture soon
_AROUND_PX = 8  # of what is looked at: the first part is drawn a little larger


class StillPictures(QObject):
    """The base map and the still scene, drawn elsewhere and always of the place looked at."""

    sharp = Signal()  # both pictures show the present view and contents, unscaled
    troubled = Signal(object)  # Troubles: pictures of the ground that are gone or damaged
    _arrived = Signal(object)

    def __init__(
        self, canvas: MapCanvas, scene: Scene, style: MapStyle, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._scene = scene
        self._style = style
        self._load_ground = GroundLoader(None, np.zeros(2))
        self._wanted = {PictureKind.GROUND: 1, PictureKind.SCENE: 1}
        self._shown = {PictureKind.GROUND: 0, PictureKind.SCENE: 0}
        self._asked: tuple[Frame, dict[PictureKind, int]] | None = None
        """The frame of the last request, and the versions of those pictures it was for."""
        self._number = 0  # of the last request
        self._first_of: dict[PictureKind, int] = {}
        """The request whose first part, what was looked at, is shown."""
        self._names: tuple[Name, ...] = ()
        self._clusters: Clusters = NO_CLUSTERS
        self._drawing = Drawing(self._arrived.emit)
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._moved_s = -MOVING_S
        canvas.hand_moved.connect(self._on_hand_moved)
        canvas.view_changing.connect(self._drawing.make_way)
        canvas.view_changed.connect(self._ask_if_needed)
        canvas.painted.connect(self._drawing.go_on)

    @property
    def scene(self) -> Scene:
        """What the still picture shows."""
        return self._scene

    @property
    def names(self) -> tuple[Name, ...]:
        """The names that go with the still picture on screen."""
        return self._names

    @property
    def clusters(self) -> Clusters:
        """The groups of incidents in the still picture on screen."""
        return self._clusters

    def set_scene(self, scene: Scene) -> None:
        """Show this scene as soon as it is drawn."""
        strength = self._scene.picture_strength
        if scene.picture_strength != strength and self._load_ground.has_pictures:
            self._wanted[PictureKind.GROUND] += 1
        self._scene = scene
        self._wanted[PictureKind.SCENE] += 1
        self._ask_if_needed()

    def set_ground(self, load_ground: GroundLoader) -> None:
        """Show this base map, which is made ready by whoever draws it."""
        self._load_ground = load_ground
        self._wanted[PictureKind.GROUND] += 1
        self._wanted[PictureKind.SCENE] += 1  # the names of roads are written there
        self._ask_if_needed()

    def set_style(self, style: MapStyle) -> None:
        """Draw everything in these colours."""
        self._style = style
        for kind in PictureKind:
            self._wanted[kind] += 1
        self._ask_if_needed()

    def start(self) -> None:
        """Begin drawing."""
        self._drawing.start()
        self._asked = None
        self._ask_if_needed()

    def stop(self, deadline_s: float) -> bool:
        """End drawing; what is on screen stays. False when the deadline was missed."""
        return self._drawing.stop(deadline_s)

    def make_way(self) -> None:
        """Somebody waits for something else on this screen; drawing goes on when it is painted."""
        self._drawing.make_way()

    def is_sharp(self) -> bool:
        """Whether both pictures are of the present contents, scale and place."""
        view = self._canvas.frame_now
        return all(
            self._shown[kind] == self._wanted[kind] and _shows(self._layer(kind).frame, view)
            for kind in PictureKind
        )

    def _ask_if_needed(self) -> None:
        view = self._canvas.frame_now
        if view.width_px < 8 or view.height_px < 8:
            return  # not laid out yet
        if all(self._is_shown(kind, view) or self._is_coming(kind, view) for kind in PictureKind):
            return
        frame = view.grown(PICTURE_GROWTH)
        missing = tuple(
            (kind, self._wanted[kind]) for kind in PictureKind if not self._is_shown(kind, view)
        )
        self._asked = (frame, dict(missing))
        if missing:
            self._number += 1
            self._drawing.ask(
                PictureRequest(
                    frame,
                    self._scene,
                    self._style,
                    self._load_ground,
                    missing,
                    first_px=_first_px(frame, view),
                    number=self._number,
                )
            )

    def _is_coming(self, kind: PictureKind, view: Frame) -> bool:
        """Whether the last request was for this picture, and for enough of it."""
        if self._asked is None:
            return False
        frame, versions = self._asked
        return versions.get(kind) == self._wanted[kind] and _shows(frame, view, SPARE_PX)

    def _is_shown(self, kind: PictureKind, view: Frame, spare_px: float = SPARE_PX) -> bool:
        if self._shown[kind] != self._wanted[kind]:
            return False
        return _shows(self._layer(kind).frame, view, spare_px)

    def _on_arrived(self, picture: Picture) -> None:
        if picture.troubles:
            self.troubled.emit(picture.troubles)
        view = self._canvas.frame_now
        if self._is_shown(picture.kind, view, 0.0) and not _shows(picture.frame, view):
            return  # late, of a place that was left: what is there is better, and stays
        is_seen = self._is_seen(picture, view)
        self._shown[picture.kind] = picture.version
        self._layer(picture.kind).show_picture(picture.image, picture.frame)
        if picture.kind is PictureKind.SCENE:
            self._names, self._clusters = picture.names, picture.clusters
        self._first_of.pop(picture.kind, None)
        if picture.is_first:
            self._first_of[picture.kind] = picture.number
        if not is_seen and not self._is_passing(picture, view):
            self._drawing.make_way()
            self._canvas.redraw_live()
        if self.is_sharp():
            self.sharp.emit()

    def _is_seen(self, picture: Picture, view: Frame) -> bool:
        """Whether all that is looked at of it is on screen already: it was its first part."""
        is_rest = not picture.is_first and self._first_of.get(picture.kind) == picture.number
        return is_rest and self._is_shown(picture.kind, view, 0.0)

    def _is_passing(self, picture: Picture, view: Frame) -> bool:
        """Whether a hand has just left what it shows, and will be painted soon with it."""
        is_moving = time.monotonic() - self._moved_s < MOVING_S
        return is_moving and not _shows(picture.frame, view)

    def _on_hand_moved(self) -> None:
        self._moved_s = time.monotonic()
        self._drawing.count_step()

    def _layer(self, kind: PictureKind) -> PictureLayer:
        canvas = self._canvas
        return canvas.ground_layer if kind is PictureKind.GROUND else canvas.scene_layer


def _first_px(frame: Frame, view: Frame) -> QRect:
    """Where in its picture the view lies, a little larger, on whole device pixels at 125–200 %."""
    corner = frame.to_px(view.left_m, view.bottom_m + view.height_m)
    left, top = (4 * round((length - _AROUND_PX) / 4) for length in (corner.x(), corner.y()))
    width, height = (
        4 * -(-(length + 2 * _AROUND_PX) // 4) for length in (view.width_px, view.height_px)
    )
    whole = QRect(0, 0, frame.width_px, frame.height_px)
    return QRect(left, top, width, height).intersected(whole)


def _shows(frame: Frame | None, view: Frame, spare_px: float = 0.0) -> bool:
    return frame is not None and frame.as_sharp_as(view) and frame.holds(view, spare_px)
