"""Maps in square pictures that people bring: MBTiles and PMTiles. Hostile until it was read.

Gives encoded pictures and where their corners lie in the station's metres. Decodes none.
"""

from __future__ import annotations

import gzip
import math
import threading
import zlib
from collections import OrderedDict
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from app.errors import KnownError, Message, msg
from app.geo.projection import Projection
from app.log.foreign import ForeignFile, ForeignFileError

MOST_ZOOM = 24
_HEADER_BYTES = 127
_MOST_DIRECTORY_BYTES = 2_000_000  # it is read number by number, some seconds at most
_MOST_METADATA_BYTES = 16_000_000
_MOST_TILE_BYTES = 8_000_000
_MOST_DEPTH = 4
_KEPT_DIRECTORIES = 64
_MERCATOR_DEG = 85.0511
_WORLD = (-180.0, -_MERCATOR_DEG, 180.0, _MERCATOR_DEG)
# what the package stumbles over in a damaged file: it reads numbers byte by byte
_STUMBLES = (ValueError, OSError, EOFError, zlib.error, IndexError, KeyError, TypeError)

Corners = NDArray[np.float64]  # (4, 2): top left, top right, bottom right, bottom left, metres


class RasterError(KnownError):
    """A map of pictures that cannot be shown; `why` in one sentence."""

    def __init__(self, path: Path, why: Message) -> None:
        super().__init__(
            msg("The map picture {name} cannot be used. {why}", name=path.name[:80], why=why),
            safe=msg("The log, the cameras and the zones are not touched."),
            do=msg("Take it out of the basemap folder, or get it again from where it came from."),
        )
        self.why = why


class TileMap(Protocol):
    """A map in square pictures of the web's kind: zoom, column from the west, row from the north.

    Any thread may ask.
    """

    name: str
    min_zoom: int
    max_zoom: int
    bounds_deg: tuple[float, float, float, float]
    attribution: str
    is_damaged: bool
    """Whether something in it could not be read so far."""

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """The picture as it is stored (PNG, JPEG or WebP); None where there is none."""
        ...

    def close(self) -> None:
        """Let the file go."""
        ...


def tile_corners_m(zoom: int, column: int, row: int, projection: Projection) -> Corners:
    """Where the corners of a tile lie in the station's metres."""
    ends = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], dtype=np.float64) + (column, row)
    share = ends / 2.0**zoom
    lon = share[:, 0] * 360.0 - 180.0
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * share[:, 1]))))
    return projection.to_metres(np.column_stack((lon, lat)))


def tile_at(zoom: int, lat_deg: float, lon_deg: float) -> tuple[int, int]:
    """Column and row of the tile that holds a place."""
    most = 2**zoom - 1
    lat = np.radians(np.clip(lat_deg, -_MERCATOR_DEG, _MERCATOR_DEG))
    column = int((lon_deg + 180.0) / 360.0 * (most + 1))
    row = int((1.0 - np.arcsinh(np.tan(lat)) / np.pi) / 2.0 * (most + 1))
    return min(max(column, 0), most), min(max(row, 0), most)


class MbtilesMap:
    """An MBTiles file of pictures; rows are counted from the south inside it."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.is_damaged = False
        self._lock = threading.Lock()
        try:
            self._file = ForeignFile(path)
            said = dict(self._file.rows("SELECT name, value FROM metadata", most=200))
            (low, high) = self._file.rows("SELECT min(zoom_level), max(zoom_level) FROM tiles")[0]
        except (ForeignFileError, TypeError, ValueError) as error:
            raise damaged_raster(path) from error
        if str(said.get("format", "")).lower() == "pbf":
            self._file.close()
            raise RasterError(path, msg("Its tiles are vectors, which are not drawn here."))
        if not isinstance(low, int) or not isinstance(high, int) or not 0 <= low <= high:
            self._file.close()
            raise damaged_raster(path)
        self.min_zoom, self.max_zoom = low, min(high, MOST_ZOOM)
        self.bounds_deg = _bounds(str(said.get("bounds", "")))
        self.attribution = str(said.get("attribution", ""))[:200]

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """See `TileMap`."""
        with self._lock:
            try:
                rows = self._file.rows(
                    "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ?"
                    " AND tile_row = ?",
                    (zoom, column, 2**zoom - 1 - row),
                    most=1,
                )
            except ForeignFileError:  # a page of it is damaged: that tile is not there
                self.is_damaged = True
                return None
        if not rows:
            return None
        data = rows[0][0]
        if isinstance(data, bytes) and picture_kind(data):
            return data
        self.is_damaged = True
        return None

    def close(self) -> None:
        """See `TileMap`."""
        with self._lock:
            self._file.close()


class PmtilesMap:
    """A PMTiles archive (version 3) of pictures."""

    def __init__(self, path: Path) -> None:
        from pmtiles.tile import (
            MagicNumberNotFound,
            SpecVersionUnsupported,
            TileType,
            deserialize_header,
        )

        self.name = path.name
        self.is_damaged = False
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, int], Any] = OrderedDict()
        self._file: BinaryIO = path.open("rb")
        try:
            self._size = path.stat().st_size
            self._header: dict[str, Any] = dict(deserialize_header(self._bytes(0, _HEADER_BYTES)))
            if self._header["tile_type"] not in (TileType.PNG, TileType.JPEG, TileType.WEBP):
                raise RasterError(path, msg("Its tiles are vectors, which are not drawn here."))
            self._directory(self._header["root_offset"], self._header["root_length"])
            said = self._metadata()
        except KnownError:
            self._file.close()
            raise
        except (*_STUMBLES, MagicNumberNotFound, SpecVersionUnsupported) as error:
            self._file.close()
            raise damaged_raster(path) from error
        self.min_zoom = min(int(self._header["min_zoom"]), MOST_ZOOM)
        self.max_zoom = min(int(self._header["max_zoom"]), MOST_ZOOM)
        ends = ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
        self.bounds_deg = _sound(*(self._header[end] / 1e7 for end in ends))
        self.attribution = str(said.get("attribution", ""))[:200]

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """See `TileMap`."""
        from pmtiles.tile import find_tile, zxy_to_tileid

        tile_id = zxy_to_tileid(zoom, column, row)
        offset, length = self._header["root_offset"], self._header["root_length"]
        with self._lock:
            try:
                for _ in range(_MOST_DEPTH):
                    found = find_tile(self._directory(offset, length), tile_id)
                    if not found:
                        return None
                    if found.run_length:
                        at = self._header["tile_data_offset"] + found.offset
                        data = self._bytes(at, found.length, _MOST_TILE_BYTES)
                        if picture_kind(data):
                            return data
                        break
                    offset = self._header["leaf_directory_offset"] + found.offset
                    length = found.length
            except _STUMBLES:
                pass
            self.is_damaged = True  # that part of it: the tile is not there
        return None

    def close(self) -> None:
        """See `TileMap`."""
        with self._lock:
            self._file.close()

    def _directory(self, offset: int, length: int) -> Any:
        from pmtiles.tile import deserialize_directory

        if (offset, length) not in self._kept:
            packed = self._bytes(offset, length, _MOST_DIRECTORY_BYTES)
            plain = unpacked(packed, _MOST_DIRECTORY_BYTES)
            self._kept[offset, length] = deserialize_directory(gzip.compress(plain, 1))
            while len(self._kept) > _KEPT_DIRECTORIES:
                self._kept.popitem(last=False)
        return self._kept[offset, length]

    def _metadata(self) -> dict[str, Any]:
        import json

        length = self._header["metadata_length"]
        if not length:
            return {}
        packed = self._bytes(self._header["metadata_offset"], length, _MOST_METADATA_BYTES)
        said = json.loads(unpacked(packed, _MOST_METADATA_BYTES))
        return said if isinstance(said, dict) else {}

    def _bytes(self, offset: int, length: int, most: int = _HEADER_BYTES) -> bytes:
        if not 0 <= length <= most or not 0 <= offset <= self._size - length:
            raise ValueError("a part that lies outside the file")
        self._file.seek(offset)
        return self._file.read(length)


def unpacked(packed: bytes, most_bytes: int) -> bytes:
    """Gzip taken apart up to `most_bytes`; what is not packed as it is. ValueError beyond."""
    if not packed.startswith(b"\x1f\x8b"):
        return packed
    plain = zlib.decompressobj(wbits=31).decompress(packed, most_bytes + 1)
    if len(plain) > most_bytes:
        raise ValueError("it unpacks to more than it may")
    return plain


def picture_kind(data: bytes) -> str:
    """`png`, `jpg` or `webp` by content; empty for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def damaged_raster(path: Path) -> RasterError:
    """What is told of a map of pictures that is not what its name says."""
    return RasterError(path, msg("It is damaged or incomplete."))


def _bounds(text: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return _WORLD
    return _sound(west, south, east, north)


def _sound(
    west: float, south: float, east: float, north: float
) -> tuple[float, float, float, float]:
    """Bounds as they were said; those of the world where they cannot be any."""
    is_sound = all(map(math.isfinite, (west, south, east, north)))
    return (west, south, east, north) if is_sound and west < east and south < north else _WORLD
