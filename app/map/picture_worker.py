"""The thread that draws the map's still pictures, so the hand never waits.

The latest request wins: a picture of another scale stops half-way, one of the same scale is
finished, for while the map is dragged an almost right picture is better than none. What is looked
at is drawn and delivered first, of every picture, what lies around it afterwards. One thread for
all: no call of Qt's painter lets Python's lock go (measured), and two would take it from each
other. While a hand moves the map, this runs in a process of its own (`apart/`). Knows no widget.
"""

from __future__ import annotations

import logging
import math
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from app.map.clusters import NO_CLUSTERS, Clusters
from app.map.draw_ground import Unwanted, blank, paint_ground
from app.map.draw_names import Name, draw_names
from app.map.draw_scene import paint_scene
from app.map.ground import Ground
from app.map.picture import FORMATS, Picture, PictureKind, PictureRequest
from app.map.scene_layout import lay_out_scene
from app.map.way import Way

logger = logging.getLogger(__name__)

SWITCH_S = 0.0005
"""How long the hand may wait for Python's one lock. With Python's own 5 ms a step of the hand that
asked for it four times beside a drawing thread was painted 20 ms late (measured)."""
TOGETHER_S = 0.06
"""A picture that is ready waits for another that takes no longer: each that arrives is a paint of
the whole window, and a hand that moves meanwhile waits for it."""


def _nobody(_request: PictureRequest) -> None:
    pass


class PictureWorker:
    """Draws on its own thread; `deliver` is called there with each finished picture, and `ended`
    when nothing more comes of a request. One that was replaced before it was begun says nothing.
    """

    def __init__(
        self,
        deliver: Callable[[Picture], None],
        name: str = "map pictures",
        ended: Callable[[PictureRequest], None] = _nobody,
    ) -> None:
        self._deliver = deliver
        self._name = name
        self._ended = ended
        self._changed = threading.Condition()
        self._waiting: PictureRequest | None = None
        self._stop = threading.Event()
        self.way = Way()
        self._thread: threading.Thread | None = None
        self._took_s: dict[tuple[PictureKind, int], float] = {}  # each stage, the last time

    def start(self) -> None:
        """Begin drawing; what was asked for before is drawn now. Does nothing when running."""
        if self._thread is not None:
            return
        self._stop.clear()
        sys.setswitchinterval(min(sys.getswitchinterval(), SWITCH_S))
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
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
            with suppress(Unwanted):
                self._draw(request)
            self._ended(request)

    def _next(self) -> PictureRequest | None:
        with self._changed:
            while self._waiting is None and not self._stop.is_set():
                self._changed.wait()
            request, self._waiting = self._waiting, None
            return None if self._stop.is_set() else request

    def _check(self, request: PictureRequest) -> None:
        self.way.wait()
        waiting = self._waiting
        if self._stop.is_set():
            raise Unwanted
        if waiting is not None and not waiting.frame.as_sharp_as(request.frame):
            raise Unwanted

    def _draw(self, request: PictureRequest) -> None:
        """What is looked at of every picture first, then what lies around it. A picture waits for
        the next where that comes soon: each that arrives is a paint of the whole window.
        """
        ground = request.load_ground()
        drawings = [
            (kind, self._drawing(request, kind, version, ground))
            for kind, version in request.versions
        ]
        finished: list[Picture] = []
        try:
            for stage in range(2):
                for done, (kind, drawing) in enumerate(drawings, start=1):
                    self._check(request)
                    finished += self._timed((kind, stage), drawing)
                    later = (self._took_s.get((one, stage), math.inf) for one, _ in drawings[done:])
                    if sum(later) > TOGETHER_S:
                        self._deliver_all(finished)
                self._deliver_all(finished)
        finally:
            self._deliver_all(finished)  # also when another is wanted: nearer than what is shown

    def _timed(
        self, what: tuple[PictureKind, int], drawing: Iterator[Picture]
    ) -> Iterator[Picture]:
        began_s = time.perf_counter()
        if (picture := next(drawing, None)) is not None:
            self._took_s[what] = time.perf_counter() - began_s
            yield picture

    def _deliver_all(self, finished: list[Picture]) -> None:
        for picture in finished:
            self._deliver(picture)
        finished.clear()

    def _drawing(
        self, request: PictureRequest, kind: PictureKind, version: int, ground: Ground | None
    ) -> Iterator[Picture]:
        if kind is PictureKind.GROUND:
            return self._draw_ground(request, version, ground)
        return self._draw_scene(request, version, ground)

    def _draw_ground(
        self, request: PictureRequest, version: int, ground: Ground | None
    ) -> Iterator[Picture]:
        def check() -> None:
            self._check(request)

        kind, strength = PictureKind.GROUND, request.scene.picture_strength
        image = _paper(request, kind)
        for part_px, is_first in _parts(request):
            paint_ground(image, request.frame, part_px, ground, request.style, check, strength)
            if is_first:
                yield _first(request, kind, version, image, part_px)
        rasters = None if ground is None else ground.rasters
        troubles = () if rasters is None else rasters.troubles
        yield Picture(kind, version, request.frame, image, number=request.number, troubles=troubles)

    def _draw_scene(
        self, request: PictureRequest, version: int, ground: Ground | None
    ) -> Iterator[Picture]:
        def check() -> None:
            self._check(request)

        kind = PictureKind.SCENE
        frame, scene, style = request.frame, request.scene, request.style
        layout = lay_out_scene(frame, scene)
        check()
        clusters = layout.grouped.clusters
        names = draw_names(frame, scene, ground, layout, style, check)
        image = _paper(request, kind)
        for part_px, is_first in _parts(request):
            paint_scene(image, frame, part_px, scene, layout, style, check)
            if is_first:
                yield _first(request, kind, version, image, part_px, names, clusters)
        yield Picture(kind, version, frame, image, names, clusters, number=request.number)


def _paper(request: PictureRequest, kind: PictureKind) -> QImage:
    given = request.papers.get(kind)
    return blank(request.frame, FORMATS[kind]) if given is None else given


def _parts(request: PictureRequest) -> Iterator[tuple[QRect, bool]]:
    """What is looked at, then the bands above, below and beside it; the whole where none is."""
    whole = QRect(0, 0, request.frame.width_px, request.frame.height_px)
    first = request.first_px
    if first is None or first == whole:
        yield whole, False
        return
    yield first, True
    below = first.y() + first.height()
    beside = first.x() + first.width()
    bands = (
        QRect(0, 0, whole.width(), first.y()),
        QRect(0, below, whole.width(), whole.height() - below),
        QRect(0, first.y(), first.x(), first.height()),
        QRect(beside, first.y(), whole.width() - beside, first.height()),
    )
    for band in bands:
        if not band.isEmpty():
            yield band, False


def _first(
    request: PictureRequest,
    kind: PictureKind,
    version: int,
    image: QImage,
    part_px: QRect,
    names: tuple[Name, ...] = (),
    clusters: Clusters = NO_CLUSTERS,
) -> Picture:
    """What is looked at; on paper that was given it stays where it is."""
    frame = request.frame
    part = image
    if not request.papers:
        part = image.copy(frame.in_device(part_px))
        part.setDevicePixelRatio(frame.dpr)
    shown = frame.part(part_px.x(), part_px.y(), part_px.width(), part_px.height())
    return Picture(kind, version, shown, part, names, clusters, True, request.number)
