"""Tile files (MBTiles, PMTiles): looked through and copied whole, never taken apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.errors import msg
from app.geo.ground_pictures import write_sidecar
from app.geo.imports.file_crs import Ground
from app.geo.imports.formats import MapFile, MapFormat, damaged, refused
from app.geo.rasters import MbtilesMap, PmtilesMap, RasterError, TileMap, tile_at

_PIECE_BYTES = 1 << 22


def bring_tiles(
    file: MapFile, folder: Path, ground: Ground, attribution: str, told: Callable[[int, int], None]
) -> Path:
    """The file copied into `folder`, once a tile round the station was seen in it. KnownError."""
    open_tiles(file, ground).close()
    target = folder / f"{file.path.stem}.{file.format.value}"
    done = 0
    with file.path.open("rb") as source, target.open("wb") as copy:
        while piece := source.read(_PIECE_BYTES):
            copy.write(piece)
            done += len(piece)
            told(done, file.size_bytes)
    if done != file.size_bytes:
        raise damaged(file.path)
    write_sidecar(target, attribution)
    return target


def open_tiles(file: MapFile, ground: Ground) -> TileMap:
    """The map, opened: some zoom of it has a picture where the station is. KnownError."""
    opened: TileMap
    try:
        opened = (MbtilesMap if file.format is MapFormat.MBTILES else PmtilesMap)(file.path)
    except RasterError as error:
        raise refused(file.path, error.why) from error
    at = ground.around
    for zoom in range(opened.min_zoom, opened.max_zoom + 1):
        if opened.tile(zoom, *tile_at(zoom, at.lat_deg, at.lon_deg)) is not None:
            return opened
    opened.close()
    raise refused(
        file.path,
        msg("It shows no picture where the station is."),
        msg("Bring a map of the station’s own ground."),
    )
