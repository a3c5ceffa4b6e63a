"""Pictures of the ground made for tests: coloured squares at known places, by other means than the
product's."""

from __future__ import annotations

import math
import sqlite3
import struct
import zlib
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Colour = tuple[int, int, int]
Tiles = Mapping[tuple[int, int, int], bytes]  # zoom, column, row from the north
RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 170, 60), (40, 70, 210), (230, 210, 40)


def png_of(pixels: NDArray[np.uint8]) -> bytes:
    """A PNG of (height, width, 3) colours, or 4 with alpha."""
    height, width, colours = pixels.shape

    def part(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    kind = 6 if colours == 4 else 2
    rows = b"".join(b"\x00" + bytes(row) for row in pixels.reshape(height, -1))
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    data = part(b"IHDR", header) + part(b"IDAT", zlib.compress(rows, 1)) + part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def plain(colour: Colour, side_px: int = 256) -> bytes:
    """A tile of one colour."""
    return png_of(np.full((side_px, side_px, 3), colour, dtype=np.uint8))


def quarters(
    north_west: Colour, north_east: Colour, south_east: Colour, south_west: Colour,
    side_px: int = 256,
) -> bytes:  # fmt: skip
    """A tile of four colours."""
    half = side_px // 2
    pixels = np.empty((side_px, side_px, 3), dtype=np.uint8)
    pixels[:half, :half], pixels[:half, half:] = north_west, north_east
    pixels[half:, half:], pixels[half:, :half] = south_east, south_west
    return png_of(pixels)


def huge(width_px: int = 100_000, height_px: int = 100_000) -> bytes:
    """A PNG of a few bytes that claims to be that large."""
    data = bytearray(plain(RED, 16))
    data[16:24] = struct.pack(">II", width_px, height_px)
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    return bytes(data)


def tile_round(zoom: int, lon_deg: float, lat_deg: float) -> tuple[int, int]:
    """Column and row of the tile that holds a place, as OpenStreetMap's wiki has it."""
    lat = math.radians(lat_deg)
    column = int((lon_deg + 180) / 360 * 2**zoom)
    row = int((1 - math.log(math.tan(lat) + 1 / math.cos(lat)) / math.pi) / 2 * 2**zoom)
    return column, row


def corner_deg(zoom: int, column: float, row: float) -> tuple[float, float]:
    """Longitude and latitude of a tile's north-west corner."""
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / 2**zoom))))
    return column / 2**zoom * 360 - 180, lat


def write_mbtiles(path: Path, tiles: Tiles, attribution: str = "") -> Path:
    """Tiles as an MBTiles file."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE metadata(name TEXT, value TEXT)")
        db.execute(
            "CREATE TABLE tiles(zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)"
        )
        said = [("format", "png"), ("attribution", attribution)]
        db.executemany("INSERT INTO metadata VALUES (?, ?)", said)
        rows = [(z, column, 2**z - 1 - row, data) for (z, column, row), data in tiles.items()]
        db.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
        db.commit()
    return path


def write_pmtiles(path: Path, tiles: Tiles, attribution: str = "") -> Path:
    """Tiles as a PMTiles archive."""
    from pmtiles.tile import Compression, TileType, zxy_to_tileid
    from pmtiles.writer import Writer

    with path.open("wb") as file:
        writer = Writer(file)
        numbered = {zxy_to_tileid(*key): data for key, data in tiles.items()}
        for number in sorted(numbered):
            writer.write_tile(number, numbered[number])
        ends = ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
        centre = ("center_zoom", "center_lon_e7", "center_lat_e7")
        header = dict.fromkeys((*ends, *centre), 0)
        header |= {"tile_type": TileType.PNG, "tile_compression": Compression.NONE}
        writer.finalize(header, {"attribution": attribution})
    return path


def write_geotiff(
    path: Path, pixels: NDArray[np.uint8], west_m: float, north_m: float, px_m: float,
    epsg: int = 32648,
) -> Path:  # fmt: skip
    """(height, width, 3) pixels as an uncompressed TIFF that knows where it lies."""
    height, width, _ = pixels.shape
    data = pixels.tobytes()
    scale = struct.pack("<3d", px_m, px_m, 0)
    tie = struct.pack("<6d", 0, 0, 0, west_m, north_m, 0)
    keys = struct.pack("<16H", 1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, epsg)
    blocks = [data, scale, tie, keys, struct.pack("<3H", 8, 8, 8)]
    at, starts = 8, []
    for block in blocks:
        starts.append(at)
        at += len(block) + len(block) % 2
    tags = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, starts[4]), (259, 3, 1, 1),
        (262, 3, 1, 2), (273, 4, 1, starts[0]), (277, 3, 1, 3), (278, 4, 1, height),
        (279, 4, 1, len(data)), (33550, 12, 3, starts[1]), (33922, 12, 6, starts[2]),
        (34735, 3, 16, starts[3]),
    ]  # fmt: skip
    whole = b"II*\x00" + struct.pack("<I", at)
    whole += b"".join(block + b"\x00" * (len(block) % 2) for block in blocks)
    whole += struct.pack("<H", len(tags))
    whole += b"".join(struct.pack("<HHII", *tag) for tag in tags) + struct.pack("<I", 0)
    path.write_bytes(whole)
    return path
