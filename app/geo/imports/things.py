"""What readers of map files hand on: things with a shape, a class and a name, in station metres.

Gathers batch by batch what lies within reach; knows no format.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray

from app.errors import msg
from app.geo.basemap import LINES, Basemap, Features, GroundKind, NamedPoint, building_walls
from app.geo.imports.classes import (
    LABEL,
    LANDMARK,
    NONE,
    ClassTable,
    GroupChoice,
    Shape,
    Texts,
    chosen_classes,
)
from app.geo.imports.file_crs import FileCrs, Ground
from app.geo.imports.formats import refused
from app.geo.projection import Projection

_NAME_LIMIT = 200
_MOST_AREAS = 5_000
_MOST_CORNERS = 1_000_000
SHAPE_TYPES = {
    0: Shape.POINT,
    4: Shape.POINT,
    1: Shape.LINE,
    2: Shape.LINE,
    5: Shape.LINE,
    3: Shape.AREA,
    6: Shape.AREA,
}  # fmt: skip  shapely's type ids


class Gatherer(Protocol):
    """Takes what is read, batch by batch."""

    def take(self, shapes: Any, fields: Mapping[str, Texts], layer: str, crs: FileCrs) -> None:
        """Things of one layer in the file's coordinates; fields by lower-case name."""
        ...


@dataclass(slots=True)
class Counts:
    """What happened to the things of a file."""

    read: int = 0
    kept: Counter[str] = field(default_factory=Counter)
    far: int = 0
    without_class: int = 0
    nameless: int = 0
    without_shape: int = 0
    repaired: int = 0


class Gathering:
    """Takes batches of one file and becomes one base map."""

    def __init__(
        self, table: ClassTable, ground: Ground, epsg: int, choices: Sequence[GroupChoice] = ()
    ) -> None:
        self.counts = Counts()
        self._table = table
        self._ground = ground
        self._choices = choices
        self._projection = Projection(epsg)
        self._box_m, self._box_deg = _boxes(ground, self._projection)
        self._shapes: dict[GroundKind, list[Any]] = {}
        self._names: dict[GroundKind, list[str]] = {}
        self._points: list[NamedPoint] = []

    @property
    def kept_count(self) -> int:
        """How many things are kept so far."""
        return sum(self.counts.kept.values())

    def take(
        self, shapes: NDArray[np.object_], fields: Mapping[str, Texts], layer: str, crs: FileCrs
    ) -> None:
        """Things of one layer; `fields` by lower-case name. What has no sound shape is counted."""
        self.counts.read += len(shapes)
        types = shapely.get_type_id(shapes)
        sound = np.isin(types, list(SHAPE_TYPES)) & ~shapely.is_empty(shapes)
        with np.errstate(invalid="ignore"):
            sound &= np.isfinite(shapely.bounds(shapes)).all(axis=1)
        self.counts.without_shape += int((~sound).sum())
        for shape in Shape:
            mine = sound & np.isin(
                types, [one for one, kind in SHAPE_TYPES.items() if kind is shape]
            )
            if mine.any():
                some = {name: column[mine] for name, column in fields.items()}
                self._take_shape(shape, shapes[mine], some, layer, crs)

    def _take_shape(
        self, shape: Shape, shapes: Any, fields: Mapping[str, Texts], layer: str, crs: FileCrs
    ) -> None:
        classes = self._table.classify(shape, fields, layer, len(shapes))
        classes = chosen_classes(classes, self._choices, layer, shape)
        wanted = classes != NONE
        self.counts.without_class += int((~wanted).sum())
        if not wanted.any():
            return
        names, _ = self._table.names({k: v[wanted] for k, v in fields.items()}, int(wanted.sum()))
        shapes, classes = shapes[wanted], classes[wanted]
        if crs.epsg == self._projection.epsg:  # the station's own metres stay as they are
            near = _meets(shapely.bounds(shapes), self._box_m)
            metres = shapes[near]
        else:
            degrees = shapely.transform(shapes, crs.to_degrees)
            near = _meets(shapely.bounds(degrees), self._box_deg)
            metres = shapely.transform(degrees[near], self._projection.to_metres)
        self.counts.far += int((~near).sum())
        if near.any():
            self._keep(shape, metres, classes[near], names[near])

    def _keep(self, shape: Shape, metres: Any, classes: Texts, names: Texts) -> None:
        for into in sorted(set(classes)):
            mine = classes == into
            texts = [clean_name(name) for name in names[mine]]
            if into in (LABEL, LANDMARK):
                self._keep_points(into, metres[mine], texts)
                continue
            kind = GroundKind(into)
            kept = self._fitting(kind, shape, metres[mine])
            whole = ~shapely.is_empty(kept)
            self._shapes.setdefault(kind, []).append(kept[whole])
            self._names.setdefault(kind, []).extend(
                text for text, good in zip(texts, whole, strict=True) if good
            )
            self.counts.kept[into] += int(whole.sum())
            self.counts.without_shape += int((~whole).sum())

    def _keep_points(self, into: str, metres: Any, texts: list[str]) -> None:
        """A name that stands at a place; a nameless point says nothing and is left out."""
        middles = shapely.get_coordinates(shapely.point_on_surface(metres))
        for text, (east_m, north_m) in zip(texts, middles.tolist(), strict=True):
            if text:
                self._points.append(NamedPoint(text, into, east_m, north_m))
                self.counts.kept[into] += 1
            else:
                self.counts.nameless += 1

    def _fitting(self, kind: GroundKind, shape: Shape, shapes: Any) -> Any:
        """What the class is drawn as: borders of areas as lines; polygons sound."""
        if shape is Shape.POINT or (shape is Shape.LINE and kind not in LINES):
            return np.full(len(shapes), shapely.Polygon(), dtype=object)
        if kind in LINES:
            return shapely.boundary(shapes) if shape is Shape.AREA else shapes
        broken = ~shapely.is_valid(shapes)
        if broken.any():
            self.counts.repaired += int(broken.sum())
            shapes = shapes.copy()
            shapes[broken] = [_polygons_of(shapely.make_valid(one)) for one in shapes[broken]]
        return shapes

    def basemap(self, attribution: str) -> Basemap:
        """All that was gathered."""
        features = {
            kind: Features(tuple(self._names[kind]), np.concatenate(self._shapes[kind]))
            for kind in GroundKind
            if self._shapes.get(kind)
        }
        features = {kind: group for kind, group in features.items() if len(group)}
        return Basemap(
            epsg=self._projection.epsg,
            features=features,
            points=tuple(self._points),
            walls=building_walls(features),
            attribution=attribution,
        )


class ShapeGathering:
    """Takes areas as they are: every shape in degrees with all its fields. Few, but whole."""

    def __init__(self, path: Path) -> None:
        self.rows: list[dict[str, Any]] = []
        self._path = path
        self._corners = 0

    def take(
        self, shapes: NDArray[np.object_], fields: Mapping[str, Texts], layer: str, crs: FileCrs
    ) -> None:
        """Things of one layer. KnownError when there are more than areas a station could have."""
        degrees = shapely.transform(shapes, crs.to_degrees)
        self._corners += int(shapely.get_num_coordinates(degrees).sum())
        if len(self.rows) + len(degrees) > _MOST_AREAS or self._corners > _MOST_CORNERS:
            raise refused(
                self._path,
                msg("It holds more than {count} shapes or {corners} corners.",
                    count=_MOST_AREAS, corners=_MOST_CORNERS),
                msg("Bring only the areas that are wanted; a whole map is brought as a map."),
            )  # fmt: skip
        for at, wkb in enumerate(shapely.to_wkb(degrees, hex=True).tolist()):
            named = {name: column[at] for name, column in fields.items() if column[at]}
            self.rows.append({"wkb": wkb, "fields": named, "layer": layer})


def clean_name(text: str) -> str:
    """A name as it may be drawn: one line, no control characters, not endless."""
    if text.isprintable() and "  " not in text and len(text) <= _NAME_LIMIT:
        return text.strip()
    plain = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter
        for letter in text
        if unicodedata.category(letter) not in ("Cf", "Cs") or letter in "\u200c\u200d"
    )
    return " ".join(plain.split())[:_NAME_LIMIT]


Box = tuple[float, float, float, float]  # west, south, east, north


def _boxes(ground: Ground, projection: Projection) -> tuple[Box, Box]:
    """What lies within reach of the station, in its metres and in degrees."""
    at = ground.around
    east_m, north_m = projection.point_to_metres(at)
    reach_m = ground.reach_m
    tall = reach_m / 111_320.0
    wide = tall / np.cos(np.radians(at.lat_deg))
    return (
        (east_m - reach_m, north_m - reach_m, east_m + reach_m, north_m + reach_m),
        (at.lon_deg - wide, at.lat_deg - tall, at.lon_deg + wide, at.lat_deg + tall),
    )


def _meets(boxes: NDArray[np.float64], box: Box) -> NDArray[np.bool_]:
    west, south, east, north = box
    with np.errstate(invalid="ignore"):
        return np.asarray(
            (boxes[:, 0] <= east) & (boxes[:, 2] >= west)
            & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
        )  # fmt: skip


def _polygons_of(shape: Any) -> Any:
    parts = shapely.get_parts(shape)
    areas = [part for part in shapely.get_parts(parts) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(areas) if areas else shapely.Polygon()
