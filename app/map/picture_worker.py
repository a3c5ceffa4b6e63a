"""The one thread that draws the map's still pictures, so the hand never waits. Knows no widget.

The latest request wins: a picture of another scale stops half-way, one of the same scale is
finished, for while the map is dragged an almost right picture is better than none.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QImage

from app.map.draw_ground import Unwanted, draw_ground
from app.map.draw_names import Name, draw_names
from app.map.draw_scene import draw_scene
from app.map.frame import Frame
from app.map.ground import Ground
from app.map.scene import Scene
from app.map.style import MapStyle

logger = logging.getLogger(__name__)


class PictureKind(StrEnum):
    """The base map, or what stands still above it."""

    GROUND = "ground"
    SCENE = "scene"


@dataclass(frozen=True, slots=True, eq=False)
class PictureRequest:
    """What to draw. `load_ground` builds the base map (slow the first time), `None` without one."""

    frame: Frame
    scene: Scene
    style: MapStyle
    load_ground: Callable[[], Ground | None]
    versions: tuple[tuple[PictureKind, int], ...]  # what is wanted, in this order


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A finished picture: the ground it shows and the version of the contents it was drawn from."""

    kind: PictureKind
    version: int
    frame: Frame
    image: QImage
    names: tuple[Name, ...] = ()  # of the still scene, drawn one by one above it


class PictureWorker:
    """Draws on its own thread; `deliver` is called there with each finished picture."""

    def __init__(self, deliver: Callable[[Picture], None]) -> None:
        self._deliver = deliver
        self._changed = threading.Condition()
        self._waiting: PictureRequest | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin drawing; what was asked for before is drawn now. Does nothing when running."""
        if self._thread is not None:
            return
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, name="map pictures", daemon=True)
        self._thread.start()

    def stop(self, deadline_s: float) -> bool:
        """End the thread; False when it is still at work after `deadline_s`."""
        thread = self._thread
        if thread is None:
            return True
        with self._changed:
            self._stop.set()
            self._waiting = None
            self._changed.notify_all()
        thread.join(deadline_s)
        if thread.is_alive():
            logger.warning("the map's drawing thread did not end within %.1f s", deadline_s)
            return False
        self._thread = None
        return True

    def ask(self, request: PictureRequest) -> None:
        """Draw this next, instead of whatever else is waiting."""
        with self._changed:
            self._waiting = request
            self._changed.notify_all()

    def _run(self) -> None:
        while (request := self._next()) is not None:
            try:
                self._draw(request)
            except Unwanted:
                continue

    def _next(self) -> PictureRequest | None:
        with self._changed:
            while self._waiting is None and not self._stop.is_set():
                self._changed.wait()
            request, self._waiting = self._waiting, None
            return None if self._stop.is_set() else request

    def _draw(self, request: PictureRequest) -> None:
        def check() -> None:
            waiting = self._waiting
            if self._stop.is_set():
                raise Unwanted
            if waiting is not None and not waiting.frame.as_sharp_as(request.frame):
                raise Unwanted

        ground = request.load_ground()
        for kind, version in request.versions:
            check()
            if kind is PictureKind.GROUND:
                image = draw_ground(request.frame, ground, request.style, check)
                self._deliver(Picture(kind, version, request.frame, image))
            else:
                drawn = draw_scene(request.frame, request.scene, request.style, check)
                names = draw_names(
                    request.frame, request.scene, ground, drawn, request.style, check
                )
                self._deliver(Picture(kind, version, request.frame, drawn.image, names))
