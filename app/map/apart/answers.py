"""What the drawing process says: each picture that is ready, with its names and groups. Pixels of
pictures lie in their sheets; those of names come along, each once. JSON and bytes: nothing that
comes from there is un-pickled.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from app.geo.ground_pictures import Trouble
from app.map.clusters import CLUSTER_ROW, LOUDEST_FIRST, NO_CLUSTERS, Clusters
from app.map.draw_names import Name
from app.map.draw_rasters import Troubles
from app.map.picture import Picture, PictureKind

MOST_BYTES = 256 * 1024 * 1024
_HEAD = struct.Struct("<I")  # how long the JSON is
_KEPT = 4000  # names whose pixels the console keeps
_LETTERS = QImage.Format.Format_ARGB32_Premultiplied


class BadAnswer(Exception):  # noqa: N818 — it ends the process, not the program
    """Something no healthy drawing process says."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A picture is ready in its sheet."""

    number: int
    kind: PictureKind
    is_first: bool
    names: tuple[Name, ...] = ()
    clusters: Clusters = NO_CLUSTERS
    troubles: Troubles = ()


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing more is drawn for this request or any before it."""

    number: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A bug: the process ends."""

    trace: str


Answer = Drawn | Ended | Failed


class Packing:
    """The process's end."""

    def __init__(self) -> None:
        self._sent: set[int] = set()
        self._said_for = 0  # the request whose names and groups were said last

    def drawn(self, picture: Picture) -> bytes:
        """Of a picture on paper that was given. The whole of a still scene has the names and the
        groups of its first part: they are not said again."""
        if picture.kind is PictureKind.SCENE and picture.number == self._said_for:
            return _message({**_about(picture), "same": True})
        if picture.kind is PictureKind.SCENE:
            self._said_for = picture.number
        forget = len(self._sent) > _KEPT
        if forget:
            self._sent.clear()
        new: list[list[Any]] = []
        pixels: list[bytes] = []
        for name in picture.names:
            key = name.image.cacheKey()
            if key not in self._sent:
                self._sent.add(key)
                image, boxes = name.image, [box.getRect() for box in name.boxes]
                new.append([key, image.width(), image.height(), image.devicePixelRatio(), boxes])
                pixels.append(bytes(image.constBits()))
        groups = picture.clusters
        words = {
            **_about(picture),
            "forget": forget,
            "letters": new,
            "names": [[one.text, one.x_m, one.y_m, one.image.cacheKey()] for one in picture.names],
            "groups": [len(groups), groups.px_per_m],
        }
        return _message(words) + b"".join((*pixels, groups.table.tobytes()))


def _about(picture: Picture) -> dict[str, Any]:
    return {
        "drawn": picture.number,
        "kind": picture.kind.value,
        "first": picture.is_first,
        "troubles": [[name, trouble.value] for name, trouble in picture.troubles],
    }


def ended(number: int) -> bytes:
    """Nothing more comes of this request."""
    return _message({"ended": number})


def failed(trace: str) -> bytes:
    """A bug."""
    return _message({"failed": trace})


def _message(words: dict[str, Any]) -> bytes:
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
    return _HEAD.pack(len(text)) + text


class Unpacking:
    """The console's end."""

    def __init__(self) -> None:
        self._letters: dict[int, tuple[QImage, tuple[QRectF, ...]]] = {}
        self._said: tuple[int, tuple[Name, ...], Clusters] = (0, (), NO_CLUSTERS)

    def read(self, data: bytes) -> Answer:
        """What was said. Raises BadAnswer."""
        try:
            (length,) = _HEAD.unpack_from(data)
            start = _HEAD.size + length
            words = json.loads(data[_HEAD.size : start])
            if "ended" in words:
                return Ended(int(words["ended"]))
            if "failed" in words:
                return Failed(str(words["failed"]))
            return self._drawn(words, data, start)
        except (struct.error, ValueError, KeyError, TypeError, OverflowError) as error:
            raise BadAnswer(repr(error)) from error

    def _drawn(self, words: dict[str, Any], data: bytes, start: int) -> Drawn:
        number, kind = words["drawn"], PictureKind(words["kind"])
        if words.get("same"):
            said_for, names, clusters = self._said
            if said_for != number:
                raise ValueError("the same as what was never said")
        else:
            names, clusters = self._names_and_groups(words, data, start)
            if kind is PictureKind.SCENE:
                self._said = number, names, clusters
        troubles = tuple((str(name), Trouble(value)) for name, value in words["troubles"])
        return Drawn(number, kind, words["first"], names, clusters, troubles)

    def _names_and_groups(
        self, words: dict[str, Any], data: bytes, start: int
    ) -> tuple[tuple[Name, ...], Clusters]:
        if words["forget"]:
            self._letters.clear()
        for key, width, height, dpr, boxes in words["letters"]:
            pixels = data[start : start + 4 * width * height]
            if len(pixels) != 4 * width * height or width <= 0:
                raise ValueError("letters without their pixels")
            start += len(pixels)
            image = QImage(pixels, width, height, 4 * width, _LETTERS)
            image.setDevicePixelRatio(dpr)
            self._letters[key] = image, tuple(QRectF(*box) for box in boxes)
        names = tuple(
            Name(text, x_m, y_m, *self._letters[key]) for text, x_m, y_m, key in words["names"]
        )
        count, px_per_m = words["groups"]
        if count < 0 or len(data) != start + count * CLUSTER_ROW.itemsize:
            raise ValueError("groups without their table")
        table = np.frombuffer(data, CLUSTER_ROW, count, start)
        if (table["rank"] >= len(LOUDEST_FIRST)).any():
            raise ValueError("groups of no known loudness")
        return names, Clusters(table, px_per_m)
