"""Cuts one picture into small tiles, at its own size and halved again and again.

However large it is, the map then reads only what is looked at. Written as PMTiles whose tiles are
the picture's own, not the web's; where it lies stands beside it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.geo.picture_grids import CUT_PX, zooms_of

Pixels = NDArray[np.uint8]  # (height, width, 3) or with alpha 4


def cut(pixels: Pixels, target: Path, told: Callable[[int, int], None]) -> None:
    """Write the tiles of a picture to `target`."""
    from pmtiles.tile import Compression, TileType, zxy_to_tileid
    from pmtiles.writer import Writer

    open_writer: Any = Writer  # the package is not typed
    height, width = pixels.shape[:2]
    zooms = zooms_of(width, height)
    total = sum(
        math.ceil(width / (CUT_PX << up)) * math.ceil(height / (CUT_PX << up))
        for up in range(zooms + 1)
    )
    done = 0
    with target.open("wb") as file:
        writer = open_writer(file)
        for zoom in range(zooms, -1, -1):
            for row in range(0, pixels.shape[0], CUT_PX):
                for column in range(0, pixels.shape[1], CUT_PX):
                    tile = _whole(pixels[row : row + CUT_PX, column : column + CUT_PX])
                    number = zxy_to_tileid(zoom, column // CUT_PX, row // CUT_PX)
                    writer.write_tile(number, as_png(tile))
                    done += 1
                    told(done, total)
            if zoom:
                pixels = _halved(pixels)
        ends = ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
        centre = ("center_zoom", "center_lon_e7", "center_lat_e7")
        header: dict[str, Any] = dict.fromkeys((*ends, *centre), 0)
        header |= {"tile_type": TileType.PNG, "tile_compression": Compression.NONE}
        writer.finalize(header, {})


def as_png(pixels: Pixels) -> bytes:
    """Pixels as a PNG."""
    import av

    colours = "rgba" if pixels.shape[2] == 4 else "rgb24"
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format=colours)
    context: Any = av.CodecContext.create("png", "w")
    context.width, context.height, context.pix_fmt = frame.width, frame.height, colours
    context.time_base = Fraction(1, 1)
    context.thread_count = 1
    packets = [*context.encode(frame), *context.encode(None)]
    return b"".join(bytes(packet) for packet in packets)


def _whole(tile: Pixels) -> Pixels:
    """A tile of full size: beyond the picture's edge it is seen through."""
    height, width, colours = tile.shape
    if (height, width) == (CUT_PX, CUT_PX):
        return tile
    made = np.zeros((CUT_PX, CUT_PX, 4), dtype=np.uint8)
    made[:height, :width, :colours] = tile
    if colours == 3:
        made[:height, :width, 3] = 255
    return made


def _halved(pixels: Pixels) -> Pixels:
    """Four pixels become one; an odd edge is doubled first."""
    height, width = pixels.shape[:2]
    if height % 2 or width % 2:
        pixels = np.pad(pixels, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    total = pixels[0::2, 0::2].astype(np.uint16)
    for row, column in ((0, 1), (1, 0), (1, 1)):
        total += pixels[row::2, column::2]
    return np.asarray((total + 2) >> 2, dtype=np.uint8)
