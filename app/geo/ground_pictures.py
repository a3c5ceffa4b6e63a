"""The pictures of the ground in a station's basemap folder: which there are, and whose they are.

Beside a file may lie what a person said of it (`NAME.picture.toml`); beside a single picture that
was cut into tiles (`*.tiles`) it must, for it says where the picture lies. Draws none.
"""

from __future__ import annotations

import html
import json
import re
import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from app.errors import KnownError, msg
from app.geo.basemap import Basemap
from app.geo.basemap_file import read_basemaps
from app.geo.picture_grids import MercatorGrid, PictureGrid, TileGrid
from app.geo.projection import Projection
from app.geo.rasters import (
    Corners,
    MbtilesMap,
    PmtilesMap,
    RasterError,
    TileMap,
    damaged_raster,
)

SIDECAR_SUFFIX = ".picture.toml"
CUT_SUFFIX = ".tiles"
SUFFIXES = (".mbtiles", ".pmtiles", CUT_SUFFIX)
_LONGEST_ATTRIBUTION = 200


@dataclass(frozen=True, slots=True)
class GroundPicture:
    """One file of pictures. Size and time tell whether it is still the one that was looked at."""

    path: Path
    size_bytes: int
    changed_ns: int
    attribution: str = ""

    @property
    def name(self) -> str:
        """As the folder calls it."""
        return self.path.name

    def is_there(self) -> bool:
        """Whether it still lies there, the same."""
        try:
            found = self.path.stat()
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == (self.size_bytes, self.changed_ns)


class Trouble(StrEnum):
    """What can be wrong with a picture while it is drawn."""

    GONE = "gone"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class GroundRead:
    """A basemap folder as it was read; `errors` name the pictures that cannot be used."""

    basemap: Basemap
    errors: tuple[KnownError, ...] = ()


def read_ground(folder: Path, epsg: int) -> GroundRead:
    """Map and pictures. KnownError for a map that cannot be read; a picture spoils nothing."""
    basemap = read_basemaps(folder, epsg)
    pictures, errors = find_pictures(folder)
    if not pictures:
        return GroundRead(basemap, errors)
    said = [basemap.attribution, *(one.attribution for one in pictures)]
    attribution = " · ".join(dict.fromkeys(words for words in said if words))
    return GroundRead(replace(basemap, pictures=pictures, attribution=attribution), errors)


def find_pictures(folder: Path) -> tuple[tuple[GroundPicture, ...], tuple[KnownError, ...]]:
    """Those that can be used, the one that came last on top; and what is wrong with the others."""
    found: list[GroundPicture] = []
    errors: list[KnownError] = []
    paths = [path for suffix in SUFFIXES for path in sorted(folder.glob(f"*{suffix}"))]
    for path in paths:
        try:
            found.append(_looked_at(path))
        except KnownError as error:
            errors.append(error)
    found.sort(key=lambda one: (one.changed_ns, one.name))
    return tuple(found), tuple(errors)


def open_picture(path: Path, projection: Projection) -> TileGrid:
    """A file as a grid of tiles over the station's metres. Raises KnownError."""
    if path.suffix == CUT_SUFFIX:
        width_px, height_px, corners_m = _placed(path)
        return PictureGrid(_opened(path), width_px, height_px, corners_m)
    return MercatorGrid(_opened(path), projection)


def trouble_error(name: str, trouble: Trouble) -> KnownError:
    """What is told of a picture that failed while it was drawn."""
    if trouble is Trouble.GONE:
        what = msg("The picture of the ground {name} is no longer there.", name=name[:80])
    else:
        what = msg("Parts of the picture of the ground {name} are damaged.", name=name[:80])
    return KnownError(
        what,
        safe=msg("The rest of the map is shown."),
        do=msg("Bring the picture again in Setup › Map."),
    )


def sidecar_of(path: Path) -> Path:
    """The file beside a picture that says more of it."""
    return path.with_name(path.name + SIDECAR_SUFFIX)


def write_sidecar(
    path: Path, attribution: str, place: tuple[int, int, Corners] | None = None
) -> Path:
    """Write whose a picture is and, for a single one, its size in pixels and its corners."""
    said: dict[str, Any] = {"attribution": attribution}
    if place is not None:
        width_px, height_px, corners_m = place
        corners = [[round(east, 3), round(north, 3)] for east, north in corners_m.tolist()]
        said |= {"width_px": width_px, "height_px": height_px, "corners_m": corners}
    sidecar = sidecar_of(path)
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items()]
    sidecar.write_text("\n".join([*lines, ""]), "utf-8")
    return sidecar


def plain_words(text: str) -> str:
    """An attribution as it can be written: tile files often hold it as a piece of a web page."""
    words = re.sub(r"<[^<>]*>", " ", html.unescape(text))
    shown = "".join(one if one.isprintable() and one not in "<>" else " " for one in words)
    return " ".join(shown.split())[:_LONGEST_ATTRIBUTION]


def _looked_at(path: Path) -> GroundPicture:
    if path.suffix == CUT_SUFFIX:
        _placed(path)
    opened = _opened(path)
    own = opened.attribution
    opened.close()
    said = _sidecar(path)
    attribution = str(said.get("attribution", "")) if said else ""
    try:
        about = path.stat()
    except OSError as error:
        raise damaged_raster(path) from error
    words = plain_words(attribution or own)
    return GroundPicture(path, about.st_size, about.st_mtime_ns, words)


def _opened(path: Path) -> TileMap:
    try:
        return MbtilesMap(path) if path.suffix == ".mbtiles" else PmtilesMap(path)
    except OSError as error:
        why = msg("It cannot be read: {why}", why=error.strerror or type(error).__name__)
        raise RasterError(path, why) from error


def _placed(path: Path) -> tuple[int, int, Corners]:
    """How large a single picture is, and where its corners lie. Raises KnownError."""
    said = _sidecar(path)
    try:
        corners = np.array(said["corners_m"], dtype=np.float64)
        width, height = int(said["width_px"]), int(said["height_px"])
    except (KeyError, ValueError, TypeError) as error:
        raise damaged_raster(sidecar_of(path)) from error
    if corners.shape != (4, 2) or not np.isfinite(corners).all() or min(width, height) < 1:
        raise damaged_raster(sidecar_of(path))
    return width, height, corners


def _sidecar(path: Path) -> dict[str, Any]:
    """What stands beside it; nothing where there is none. Raises KnownError."""
    sidecar = sidecar_of(path)
    try:
        return tomllib.loads(sidecar.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, ValueError) as error:
        raise damaged_raster(sidecar) from error
