"""What the console tells its drawing process: each picture to draw, and of the map only what has
changed since the one before. Values that `multiprocessing` sends as they are; it is the console's
own child that reads them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QRect

from app.geo.basemap import Basemap, Features, GroundKind, NamedPoint
from app.geo.ground_pictures import GroundPicture
from app.map.apart.sheets import Papers, SheetName
from app.map.clusters import LOUDEST_FIRST
from app.map.frame import Frame
from app.map.ground import GroundLoader
from app.map.marks import IncidentMark, LayerLook, Metres
from app.map.picture import FORMATS, PictureKind, PictureRequest
from app.map.scene import EMPTY_SCENE, PlacedCameras, PlacedIncidents, Scene
from app.map.style import NIGHT, MapStyle

_AT_ONCE = 500  # shapes in one order: Python's lock is not held for longer than these take
_PARTS = ("areas", "cameras", "incidents", "coverage", "walls")
"""Of a scene: what is large, seldom changes, and is then replaced whole."""


@dataclass(frozen=True, slots=True)
class GroundPiece:
    """Some shapes of the base map that comes next, as WKB."""

    kind: GroundKind
    names: tuple[str, ...]
    shapes: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, eq=False)
class NewGround:
    """The base map from now on: the pieces that have come since the one before."""

    epsg: int
    points: tuple[NamedPoint, ...]
    origin_m: Metres
    pictures: tuple[GroundPicture, ...] = ()  # by path: the process opens them itself


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """A request. `changed` are the parts of the scene that are others than in the one before; so
    are style and layers, None where they are the same: they take long to write."""

    number: int
    frame: Frame
    style: MapStyle | None
    layers: tuple[LayerLook, ...] | None
    changed: Mapping[str, Any]
    versions: tuple[tuple[PictureKind, int], ...]
    first_px: tuple[int, int, int, int] | None
    sheets: Mapping[PictureKind, SheetName]


@dataclass(frozen=True, slots=True)
class Keep:
    """These sheets are left."""

    names: frozenset[str]


Order = GroundPiece | NewGround | Draw | Keep


@dataclass(frozen=True, slots=True, eq=False)
class _Incidents:
    """All that is drawn of incidents: a list of thousands of values takes too long to send."""

    labels: tuple[str, ...]
    at: Metres
    loudness: NDArray[np.int8]


class Told:
    """What the process has been told; the console's end."""

    def __init__(self) -> None:
        self._loader: GroundLoader | None = None
        self._scene: Scene | None = None
        self._style: MapStyle | None = None

    def knows_ground(self, loader: GroundLoader) -> bool:
        """Whether it has this base map."""
        return loader is self._loader

    def knows(self, request: PictureRequest) -> bool:
        """Whether it has everything that this is drawn from: the order is short then."""
        loader, scene, before = request.load_ground, request.scene, self._scene
        return loader is self._loader and before is not None and not _changes(before, scene)

    def orders(
        self, request: PictureRequest, number: int, sheets: Mapping[PictureKind, SheetName]
    ) -> Iterator[Order]:
        """Everything that must be said for the process to draw this. They must be said."""
        loader = request.load_ground
        assert isinstance(loader, GroundLoader)
        if not self.knows_ground(loader):
            yield from _ground(loader)
            self._loader = loader
        scene, before, part_px = request.scene, self._scene, request.first_px
        same_layers = before is not None and before.layers is scene.layers
        yield Draw(
            number=number,
            frame=request.frame,
            style=None if request.style is self._style else request.style,
            layers=None if same_layers else scene.layers,
            changed={part: _packed(getattr(scene, part)) for part in _changes(before, scene)},
            versions=request.versions,
            first_px=None if part_px is None else _corners(part_px),
            sheets=sheets,
        )
        self._scene, self._style = scene, request.style


def _changes(before: Scene | None, scene: Scene) -> list[str]:
    return [
        part
        for part in _PARTS
        if before is None or getattr(before, part) is not getattr(scene, part)
    ]


def _corners(part_px: QRect) -> tuple[int, int, int, int]:
    return part_px.x(), part_px.y(), part_px.width(), part_px.height()


def _ground(loader: GroundLoader) -> Iterator[Order]:
    basemap = loader.basemap or Basemap(0)
    for kind, features in basemap.features.items():
        for first in range(0, len(features), _AT_ONCE):
            some = slice(first, first + _AT_ONCE)
            shapes = tuple(shapely.to_wkb(features.shapes[some]))
            yield GroundPiece(kind, features.names[some], shapes)
    yield NewGround(basemap.epsg, basemap.points, loader.origin_m, basemap.pictures)


def _packed(part: Any) -> Any:
    if isinstance(part, PlacedCameras):  # the views stand beside the marks
        bare = (replace(one, field_of_view_m=None, night_rim_m=None) for one in part.marks)
        return replace(part, marks=tuple(bare))
    if isinstance(part, PlacedIncidents):
        labels = tuple([one.label for one in part.marks])
        return _Incidents(labels, part.at, part.loudness)
    return part


def _unpacked(part: Any) -> Any:
    if isinstance(part, _Incidents):
        ranks = part.loudness.tolist()
        marks = [
            IncidentMark("", label, 0.0, 0.0, LOUDEST_FIRST[rank])
            for label, rank in zip(part.labels, ranks, strict=True)
        ]
        return PlacedIncidents(tuple(marks), part.at, part.loudness)
    return part


class Known:
    """What the process knows; its own end."""

    def __init__(self) -> None:
        self._scene = EMPTY_SCENE
        self._style = NIGHT
        self._pieces: dict[GroundKind, list[GroundPiece]] = {}
        self._loader = GroundLoader(None, np.zeros(2))
        self._papers = Papers()

    def learn(self, order: GroundPiece | NewGround) -> None:
        """Take in a base map, piece by piece."""
        if isinstance(order, GroundPiece):
            self._pieces.setdefault(order.kind, []).append(order)
            return
        features = {kind: _features(pieces) for kind, pieces in self._pieces.items()}
        self._pieces = {}
        basemap = Basemap(order.epsg, features, order.points, pictures=order.pictures)
        self._loader = GroundLoader(basemap, order.origin_m)

    def request(self, order: Draw) -> PictureRequest:
        """What is to be drawn. Raises OSError when a sheet is not there."""
        changed = {part: _unpacked(value) for part, value in order.changed.items()}
        if order.layers is not None:
            changed["layers"] = order.layers
        self._scene = replace(self._scene, **changed)
        self._style = order.style or self._style
        frame = order.frame
        return PictureRequest(
            frame=frame,
            scene=self._scene,
            style=self._style,
            load_ground=self._loader,
            versions=order.versions,
            first_px=None if order.first_px is None else QRect(*order.first_px),
            number=order.number,
            papers={
                kind: self._papers.paper(sheet, frame.device_px, FORMATS[kind], frame.dpr)
                for kind, sheet in order.sheets.items()
            },
        )

    def keep(self, names: Collection[str]) -> None:
        """Let go of all other sheets."""
        self._papers.keep(names)


def _features(pieces: list[GroundPiece]) -> Features:
    names = tuple(name for piece in pieces for name in piece.names)
    return Features(names, shapely.from_wkb([wkb for piece in pieces for wkb in piece.shapes]))
