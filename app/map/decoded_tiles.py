"""Tiles of pictures of the ground, decoded: a bounded number of bytes in all, whoever draws.

What a tile claims to be is looked at before a pixel of it is decoded. Any thread may ask.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from enum import Enum

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader

from app.geo.rasters import picture_kind

MOST_BYTES = 64 * 1024 * 1024
MOST_SIDE_PX = 2048
_LEAST_BYTES = 512  # also a tile that is not there takes some room
_QT_NAMES = {"png": b"png", "jpg": b"jpeg", "webp": b"webp"}

Key = tuple[str, int, int, int]  # which file, zoom, column, row


class Absent(Enum):
    """Why there is nothing to draw of a tile."""

    MISSING = "missing"
    DAMAGED = "damaged"


Tile = QImage | Absent


class BadTile(Exception):  # noqa: N818 — not this program's error: the tile is left out
    """Something that is no picture, or a larger one than a tile may be."""


def decode(data: bytes) -> QImage:
    """A tile in the format that is painted fastest. Raises BadTile."""
    kind = _QT_NAMES.get(picture_kind(data))
    if kind is None:
        raise BadTile("no picture")
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    size = reader.size()
    if not (0 < size.width() <= MOST_SIDE_PX and 0 < size.height() <= MOST_SIDE_PX):
        raise BadTile(f"{size.width()} × {size.height()}")
    image = reader.read()
    if image.isNull() or image.size() != size:
        raise BadTile(reader.errorString())
    formats = QImage.Format
    has_alpha = image.hasAlphaChannel()
    return image.convertToFormat(
        formats.Format_ARGB32_Premultiplied if has_alpha else formats.Format_RGB32
    )


class DecodedTiles:
    """The tiles that were drawn last; those that are not there are known too."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Tile] = OrderedDict()
        self._bytes = 0

    @property
    def size_bytes(self) -> int:
        """How much it holds."""
        return self._bytes

    def find(self, key: Key) -> Tile | None:
        """The tile, or why there is none; None where nobody knows."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Key, tile: Tile) -> None:
        """Keep a tile, or why there is none, and let go of those that were drawn longest ago."""
        with self._lock:
            if key in self._kept:
                self._bytes -= _room(self._kept.pop(key))
            self._kept[key] = tile
            self._bytes += _room(tile)
            while self._bytes > self._most_bytes and len(self._kept) > 1:
                _, old = self._kept.popitem(last=False)
                self._bytes -= _room(old)


DECODED = DecodedTiles()
"""Those of this process: its maps show much the same ground."""


def _room(tile: Tile) -> int:
    return _LEAST_BYTES + (0 if isinstance(tile, Absent) else tile.sizeInBytes())
