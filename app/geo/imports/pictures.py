"""Pictures that know where they lie: PNG or JPEG with a world file, and GeoTIFF.

Reads where the corners are, and cuts the picture into tiles.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.errors import KnownError, Message, msg
from app.geo.ground_pictures import CUT_SUFFIX, write_sidecar
from app.geo.imports.file_crs import FileCrs, Ground, settle
from app.geo.imports.formats import MapFile, MapFormat, damaged, refused
from app.geo.imports.picture_cut import Pixels, cut
from app.geo.imports.request import SAFE, Crs
from app.geo.projection import Projection
from app.geo.rasters import Corners

_MOST_SIDE_PX = 30_000
_MOST_PX = 120_000_000
_WORLD_SUFFIXES = {
    ".png": (".pgw", ".pngw"),
    ".jpg": (".jgw", ".jpgw"),
    ".jpeg": (".jgw", ".jpegw"),
    ".tif": (".tfw", ".tifw"),
    ".tiff": (".tfw", ".tiffw"),
}
_TAG_WIDTH, _TAG_HEIGHT, _TAG_TILE_WIDTH = 256, 257, 322
_TAG_SCALE, _TAG_TIE, _TAG_MATRIX, _TAG_KEYS = 33550, 33922, 34264, 34735
_KEY_RASTER, _KEY_GEOGRAPHIC, _KEY_PROJECTED = 1025, 2048, 3072
_PIXEL_IS_POINT = 2
_WITH_ALPHA = frozenset(
    {"rgba", "bgra", "argb", "abgr", "rgba64le", "rgba64be", "ya8", "ya16le", "ya16be", "pal8"}
)  # as FFmpeg names them
_TYPES = {3: ("H", 2), 4: ("I", 4), 12: ("d", 8)}


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture's size in pixels, and the six numbers from column and row to its coordinates.

    x = a·column + b·row + c, y = d·column + e·row + f; column and row 0 are the outer corner.
    """

    width_px: int
    height_px: int
    affine: tuple[float, float, float, float, float, float]
    crs: str | None

    @property
    def corners(self) -> Corners:
        """(4, 2) top left, top right, bottom right, bottom left, in the file's coordinates."""
        return self._places(np.array([(0, 0), (1, 0), (1, 1), (0, 1)], dtype=np.float64))

    @property
    def sample(self) -> Corners:
        """Places all over it: a large picture's corners may lie far from the station in it."""
        share = np.linspace(0.0, 1.0, 9)
        return self._places(np.array([(x, y) for x in share for y in share]))

    def _places(self, shares: Corners) -> Corners:
        a, b, c, d, e, f = self.affine
        ends = shares * (self.width_px, self.height_px)
        return np.column_stack((ends @ np.array([a, b]) + c, ends @ np.array([d, e]) + f))


def place_picture(file: MapFile, ground: Ground, chosen: Crs | None) -> tuple[Placed, FileCrs]:
    """How large a picture is, where it lies and in which coordinates. Raises KnownError."""
    placed = _read_geotiff(file.path) if file.format is MapFormat.GEOTIFF else _with_world(file)
    if min(placed.width_px, placed.height_px) < 1:
        raise damaged(file.path)
    if max(placed.width_px, placed.height_px) > _MOST_SIDE_PX or (
        placed.width_px * placed.height_px > _MOST_PX
    ):
        raise refused(
            file.path,
            msg("The picture has more than {most} million pixels.", most=_MOST_PX // 1_000_000),
            msg("Save it as MBTiles or PMTiles, which may be far larger."),
        )
    return placed, settle(placed.crs, chosen, placed.sample, ground, file.path.name)


def bring_picture(
    file: MapFile, folder: Path, ground: Ground, chosen: Crs | None, epsg: int, attribution: str,
    told: Callable[[Message, int, int], None],
) -> Path:  # fmt: skip
    """The picture, cut, and its sidecar in `folder`; the former's path. KnownError."""
    placed, crs = place_picture(file, ground, chosen)
    corners_m = Projection(epsg).to_metres(crs.to_degrees(placed.corners))
    if not np.isfinite(corners_m).all():
        raise damaged(file.path)
    told(msg("Reading the map"), 0, 0)
    pixels = _decoded(file.path)
    height, width = pixels.shape[:2]
    if (width, height) != (placed.width_px, placed.height_px):
        raise damaged(file.path)
    cutting = msg("Cutting the picture into tiles")
    target = folder / f"{file.path.name}{CUT_SUFFIX}"
    cut(pixels, target, lambda done, total: told(cutting, done, total))
    write_sidecar(target, attribution, (width, height, corners_m))
    return target


def _with_world(file: MapFile) -> Placed:
    width, height = _size_px(file.path)
    affine = _world_file(file.path)
    if affine is None:
        raise KnownError(
            msg("The picture {name} does not say where it lies.", name=file.path.name),
            safe=SAFE,
            do=msg("Bring it with its world file ({suffix}) beside it, or as GeoTIFF.",
                   suffix=_WORLD_SUFFIXES.get(file.path.suffix.lower(), (".wld",))[0]),
        )  # fmt: skip
    projection = file.path.with_suffix(".prj")
    said = None
    if projection.is_file() and projection.stat().st_size < 100_000:
        said = projection.read_text("utf-8", "replace")
    return Placed(width, height, affine, said)


def _world_file(picture: Path) -> tuple[float, float, float, float, float, float] | None:
    """Six lines: A D B E C F, where C and F are the middle of the first pixel."""
    for suffix in (*_WORLD_SUFFIXES.get(picture.suffix.lower(), ()), ".wld"):
        for name in (suffix, suffix.upper()):
            beside = picture.with_suffix(name)
            if beside.is_file() and beside.stat().st_size < 10_000:
                try:
                    words = beside.read_text("ascii", "replace").replace(",", ".").split()[:6]
                    a, d, b, e, c, f = (float(word) for word in words)
                except ValueError:
                    raise damaged(beside) from None
                return _outer(a, b, c, d, e, f, beside)
    return None


def _outer(
    a: float, b: float, c: float, d: float, e: float, f: float, path: Path
) -> tuple[float, float, float, float, float, float]:
    """From the middle of the first pixel to its outer corner."""
    if not np.isfinite([a, b, c, d, e, f]).all() or abs(a * e - b * d) < 1e-24:
        raise damaged(path)
    return a, b, c - (a + b) / 2, d, e, f - (d + e) / 2


def _size_px(picture: Path) -> tuple[int, int]:
    """Width and height out of the file's own header; nothing is decoded."""
    with picture.open("rb") as file:
        head = file.read(32)
        if head.startswith(b"\x89PNG"):
            if len(head) < 24 or head[12:16] != b"IHDR":
                raise damaged(picture)
            width, height = struct.unpack(">II", head[16:24])
            return int(width), int(height)
        file.seek(2)
        while True:  # JPEG: from marker to marker until a frame says its size
            marker = file.read(4)
            if len(marker) < 4 or marker[0] != 0xFF:
                raise damaged(picture)
            length = struct.unpack(">H", marker[2:])[0]
            if 0xC0 <= marker[1] <= 0xCF and marker[1] not in (0xC4, 0xC8, 0xCC):
                frame = file.read(5)
                if len(frame) < 5:
                    raise damaged(picture)
                height, width = struct.unpack(">HH", frame[1:])
                return int(width), int(height)
            if length < 2:
                raise damaged(picture)
            file.seek(length - 2, 1)


def _read_geotiff(path: Path) -> Placed:
    with path.open("rb") as file:
        tags = _tags(file, path)
    width, height = tags.get(_TAG_WIDTH, (0,))[0], tags.get(_TAG_HEIGHT, (0,))[0]
    if not width or not height:
        raise damaged(path)
    if _TAG_TILE_WIDTH in tags:
        raise refused(
            path,
            msg("It is a TIFF in tiles, which this program does not read."),
            msg("Save it again as a TIFF in strips, or as MBTiles or PMTiles."),
        )
    keys = _geo_keys(tags.get(_TAG_KEYS, ()))
    shift = 0.5 if keys.get(_KEY_RASTER) == _PIXEL_IS_POINT else 0.0
    affine = _affine(tags, shift)
    if affine is None:
        affine = _world_file(path)
    if affine is None:
        raise refused(path, msg("The TIFF does not say where it lies."))
    if not np.isfinite(affine).all():
        raise damaged(path)
    number = keys.get(_KEY_PROJECTED) or keys.get(_KEY_GEOGRAPHIC)
    said = f"EPSG:{number}" if number and number < 32_767 else None  # 32767: defined by hand
    if said is None and keys.get(_KEY_PROJECTED) in (32_647, 32_648):
        said = f"EPSG:{keys[_KEY_PROJECTED]}"
    return Placed(int(width), int(height), affine, said)


def _affine(
    tags: dict[int, tuple[Any, ...]], shift: float
) -> tuple[float, float, float, float, float, float] | None:
    matrix, scale, tie = tags.get(_TAG_MATRIX), tags.get(_TAG_SCALE), tags.get(_TAG_TIE)
    if matrix is not None and len(matrix) >= 8:
        a, b, _, c, d, e, _, f = matrix[:8]
    elif scale is not None and tie is not None and len(scale) >= 2 and len(tie) >= 6:
        a, b, d, e = scale[0], 0.0, 0.0, -scale[1]
        c, f = tie[3] - tie[0] * a, tie[4] - tie[1] * e
    else:
        return None
    if abs(a * e - b * d) < 1e-24:
        return None
    return a, b, c - shift * (a + b), d, e, f - shift * (d + e)


def _tags(file: Any, path: Path) -> dict[int, tuple[Any, ...]]:
    """The first directory's tags that are wanted here."""
    head = file.read(8)
    if len(head) < 8:
        raise damaged(path)
    order = "<" if head[:2] == b"II" else ">"
    file.seek(struct.unpack(order + "I", head[4:])[0])
    count_bytes = file.read(2)
    if len(count_bytes) < 2:
        raise damaged(path)
    entries = file.read(12 * struct.unpack(order + "H", count_bytes)[0])
    wanted = {
        _TAG_WIDTH,
        _TAG_HEIGHT,
        _TAG_TILE_WIDTH,
        _TAG_SCALE,
        _TAG_TIE,
        _TAG_MATRIX,
        _TAG_KEYS,
    }
    tags: dict[int, tuple[Any, ...]] = {}
    for at in range(0, len(entries) - 11, 12):
        tag, kind, count = struct.unpack_from(order + "HHI", entries, at)
        if tag not in wanted or kind not in _TYPES or count > 10_000:
            continue
        letter, size = _TYPES[kind]
        data = entries[at + 8 : at + 12]
        if size * count > 4:
            file.seek(struct.unpack(order + "I", data)[0])
            data = file.read(size * count)
        if len(data) < size * count:
            raise damaged(path)
        tags[tag] = struct.unpack_from(f"{order}{count}{letter}", data)
    return tags


def _geo_keys(directory: tuple[Any, ...]) -> dict[int, int]:
    """GeoTIFF 1.1: four numbers a key; only those whose value stands in place are read."""
    return {
        directory[at]: directory[at + 3]
        for at in range(4, len(directory) - 3, 4)
        if directory[at + 1] == 0
    }


def _decoded(path: Path) -> Pixels:
    """The picture as (height, width, 3) bytes, or 4 with alpha. KnownError when it is none."""
    import av

    try:
        with av.open(str(path), mode="r") as opened:
            for frame in opened.decode(video=0):
                colours = "rgba" if frame.format.name in _WITH_ALPHA else "rgb24"
                return np.asarray(frame.to_ndarray(format=colours), dtype=np.uint8)
    except (av.error.FFmpegError, ValueError, IndexError) as error:
        raise damaged(path) from error
    raise damaged(path)
