"""Raster tile files (MBTiles, PMTiles): looked through and copied whole, never taken apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.errors import msg
from app.geo.imports.file_crs import Ground
from app.geo.imports.formats import MapFile, MapFormat, damaged, refused
from app.geo.rasters import MbtilesMap, PmtilesMap, TileMap, tile_at

_PIECE_BYTES = 1 << 22


def bring_tiles(
    file: MapFile, folder: Path, ground: Ground, told: Callable[[int, int], None]
) -> Path:
    """The file copied into `folder`, once a tile round the station was seen in it. KnownError."""
    opened: TileMap
    opened = (MbtilesMap if file.format is MapFormat.MBTILES else PmtilesMap)(file.path)
    try:
        _refuse_elsewhere(opened, file.path, ground)
    finally:
        opened.close()
    target = folder / f"{file.path.stem}.{file.format.value}"
    done = 0
    with file.path.open("rb") as source, target.open("wb") as copy:
        while piece := source.read(_PIECE_BYTES):
            copy.write(piece)
            done += len(piece)
            told(done, file.size_bytes)
    if done != file.size_bytes:
        raise damaged(file.path)
    return target


def _refuse_elsewhere(tiles: TileMap, path: Path, ground: Ground) -> None:
    """Some zoom must have a picture where the station is."""
    at = ground.around
    for zoom in range(tiles.min_zoom, tiles.max_zoom + 1):
        if tiles.tile(zoom, *tile_at(zoom, at.lat_deg, at.lon_deg)) is not None:
            return
    raise refused(
        path,
        msg("It shows no picture where the station is."),
        msg("Bring a map of the station’s own ground."),
    )
