"""What a map file holds, told before anything is changed: what would become what, and where.

Reads through the same doors as an import and keeps nothing. Travels between processes as JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.errors import Message, message_from, message_to
from app.geo.coordinates import LatLon
from app.geo.imports.classes import LABEL, LANDMARK, NONE, ClassTable, Shape, Texts
from app.geo.imports.file_crs import FileCrs, Ground
from app.geo.imports.formats import MapFormat
from app.geo.imports.request import WHOLE_REACH_M, Crs
from app.geo.imports.things import SHAPE_TYPES, clean_name

_MOST_NAMES = 3
_MOST_GROUPS = 400

BoundsDeg = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True, slots=True)
class InspectRequest:
    """One file to look through. `crs` is what a person chose after the file left it open."""

    source: Path
    around: LatLon
    reach_m: float = WHOLE_REACH_M
    crs: Crs | None = None
    class_table: Path | None = None


@dataclass(frozen=True, slots=True)
class LayerGroup:
    """Things of one layer and shape which the table puts into one class.

    `named` of them have a name; `names` are a few of these.
    """

    layer: str
    shape: Shape
    into: str
    count: int
    named: int = 0
    names: tuple[str, ...] = ()

    def coming(self, into: str) -> int:
        """How many come in as a class: a landmark or label without a name says nothing."""
        if into == NONE:
            return 0
        return self.named if into in (LANDMARK, LABEL) else self.count


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is in a map file. `bounds_deg` is where all of it lies, None for no sound shape."""

    name: str
    format: MapFormat
    size_bytes: int
    systems: tuple[str, ...]
    bounds_deg: BoundsDeg | None
    groups: tuple[LayerGroup, ...]
    far: int = 0
    without_shape: int = 0
    notices: tuple[Message, ...] = ()
    attribution: str = ""
    detail: Message | None = None
    """How fine a picture of the ground is; None for a map of lines and areas."""

    @property
    def is_picture(self) -> bool:
        """Whether it is laid under the map as it is, and nothing of it becomes a class."""
        return self.detail is not None

    @property
    def count(self) -> int:
        """How many things it holds that could be drawn."""
        return sum(group.count for group in self.groups)


@dataclass(slots=True)
class InspectGathering:
    """Takes what is read as an import does, and only counts it."""

    table: ClassTable
    ground: Ground
    far: int = 0
    without_shape: int = 0
    _counts: Counter[tuple[str, Shape, str]] = field(default_factory=Counter)
    _named: Counter[tuple[str, Shape, str]] = field(default_factory=Counter)
    _names: dict[tuple[str, Shape, str], dict[str, None]] = field(default_factory=dict)
    _systems: dict[str, None] = field(default_factory=dict)
    _bounds: list[NDArray[np.float64]] = field(default_factory=list)

    def take(
        self, shapes: NDArray[np.object_], fields: Mapping[str, Texts], layer: str, crs: FileCrs
    ) -> None:
        """Things of one layer in the file's coordinates; `fields` by lower-case name."""
        self._systems[crs.name] = None
        types = shapely.get_type_id(shapes)
        boxes = shapely.bounds(shapes)
        sound = np.isin(types, list(SHAPE_TYPES)) & np.isfinite(boxes).all(axis=1)
        self.without_shape += int((~sound).sum())
        self._place(boxes[sound], crs)
        for shape in Shape:
            mine = sound & np.isin(
                types, [one for one, kind in SHAPE_TYPES.items() if kind is shape]
            )
            if mine.any():
                self._count(shape, {name: column[mine] for name, column in fields.items()},
                            layer, int(mine.sum()))  # fmt: skip

    def _place(self, boxes: NDArray[np.float64], crs: FileCrs) -> None:
        if not len(boxes):
            return
        corners = crs.to_degrees(boxes[:, [0, 1, 0, 3, 2, 1, 2, 3]].reshape(-1, 2))
        with np.errstate(invalid="ignore"):
            near = self.ground.near(corners).reshape(-1, 4).any(axis=1)
        self.far += int((~near).sum())
        finite = corners[np.isfinite(corners).all(axis=1)]
        if len(finite):
            self._bounds.append(np.concatenate((finite.min(axis=0), finite.max(axis=0))))

    def _count(self, shape: Shape, fields: Mapping[str, Texts], layer: str, count: int) -> None:
        classes = self.table.classify(shape, fields, layer, count)
        names, _ = self.table.names(fields, count)
        for into in sorted(set(classes)):
            key = (layer, shape, str(into))
            mine = classes == into
            self._counts[key] += int(mine.sum())
            self._named[key] += int((mine & (names != "")).sum())
            known = self._names.setdefault(key, {})
            if len(known) < _MOST_NAMES:
                for name in dict.fromkeys(names[mine & (names != "")]):
                    known[clean_name(name)] = None
                    if len(known) >= _MOST_NAMES:
                        break

    def bounds_deg(self) -> BoundsDeg | None:
        """Where everything lies."""
        if not self._bounds:
            return None
        boxes = np.array(self._bounds)
        west, south = boxes[:, :2].min(axis=0).tolist()
        east, north = boxes[:, 2:].max(axis=0).tolist()
        return west, south, east, north

    def systems(self) -> tuple[str, ...]:
        """The coordinate systems it was read in."""
        return tuple(self._systems)

    def groups(self) -> tuple[LayerGroup, ...]:
        """The layers in the file's order; in each what is drawn first and the largest first."""
        layers = {layer: at for at, layer in enumerate(dict.fromkeys(k[0] for k in self._counts))}
        rows = [
            LayerGroup(*key, count, self._named[key], tuple(self._names[key]))
            for key, count in self._counts.items()
        ]
        rows.sort(key=lambda one: (layers[one.layer], one.into == NONE, -one.count))
        return tuple(rows[:_MOST_GROUPS])


def inspection_to(found: Inspection) -> dict[str, Any]:
    """An inspection as JSON can hold it."""
    return {
        "name": found.name, "format": found.format.value, "size_bytes": found.size_bytes,
        "systems": list(found.systems),
        "bounds": None if found.bounds_deg is None else list(found.bounds_deg),
        "groups": [[one.layer, one.shape.value, one.into, one.count, one.named, list(one.names)]
                   for one in found.groups],
        "far": found.far, "without_shape": found.without_shape,
        "notices": [message_to(notice) for notice in found.notices],
        "attribution": found.attribution,
        "detail": None if found.detail is None else message_to(found.detail),
    }  # fmt: skip


def inspection_from(data: Mapping[str, Any]) -> Inspection:
    """The inspection of `inspection_to`."""
    bounds: BoundsDeg | None = None
    if data["bounds"] is not None:
        west, south, east, north = (float(one) for one in data["bounds"])
        bounds = (west, south, east, north)
    return Inspection(
        name=str(data["name"]),
        format=MapFormat(data["format"]),
        size_bytes=int(data["size_bytes"]),
        systems=tuple(str(one) for one in data["systems"]),
        bounds_deg=bounds,
        groups=tuple(
            LayerGroup(
                str(layer),
                Shape(shape),
                str(into),
                int(count),
                int(named),
                tuple(str(name) for name in names),
            )
            for layer, shape, into, count, named, names in data["groups"]
        ),
        far=int(data["far"]),
        without_shape=int(data["without_shape"]),
        notices=tuple(message_from(notice) for notice in data["notices"]),
        attribution=str(data["attribution"]),
        detail=None if data["detail"] is None else message_from(data["detail"]),
    )
