"""Small map files of every kind round the market of Mukdahan, made by libraries the product shares
only the formats with."""

from __future__ import annotations

import sqlite3
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pyproj
import shapely

from app.geo.gis_files import pyogrio_raw
from tests.geo.pictures import write_geotiff

AT = (104.7228, 16.5431)  # longitude, latitude
ROAD_NAMES = ("ถนนสำราญชายโขง", "ซอย 2")


def roads(epsg: int = 4326) -> list[shapely.LineString]:
    """Two roads of 110 m that start at the market."""
    lines = [
        shapely.LineString([AT, (AT[0] + 0.001, AT[1])]),
        shapely.LineString([AT, (AT[0], AT[1] + 0.001), (AT[0] + 0.0005, AT[1] + 0.001)]),
    ]
    if epsg == 4326:
        return lines
    to = pyproj.Transformer.from_crs(4326, epsg, always_xy=True)
    return [shapely.LineString([to.transform(x, y) for x, y in line.coords]) for line in lines]


def write_roads(
    path: Path,
    driver: str,
    crs: str | None = "EPSG:4326",
    lines: list[shapely.LineString] | None = None,
    encoding: str = "utf-8",
    layer: str = "roads",
) -> Path:
    shapes = np.array(lines or roads(), dtype=object)
    columns = [
        np.array(["primary", "residential"], dtype=object),
        np.array(ROAD_NAMES, dtype=object),
    ]
    raw = pyogrio_raw()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "'crs' was not provided")  # some files are to lack it
        raw.write(
            path, shapely.to_wkb(shapes), columns, ["highway", "name"], driver=driver,
            geometry_type="LineString", crs=crs, layer=layer, encoding=encoding,
        )  # fmt: skip
    return path


def geopackage(folder: Path) -> Path:
    return write_roads(folder / "roads.gpkg", "GPKG")


def shapefile(folder: Path) -> Path:
    return write_roads(folder / "roads.shp", "ESRI Shapefile")


def thai_shapefile(folder: Path, cpg: str | None = None, language_byte: int = 0) -> Path:
    """In cp874; `.cpg` and the table's language byte say what is asked for."""
    path = write_roads(folder / "thai_roads.shp", "ESRI Shapefile", encoding="cp874")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg)
    table = path.with_suffix(".dbf")
    data = bytearray(table.read_bytes())
    data[29] = language_byte
    table.write_bytes(data)
    return path


def geojson(folder: Path) -> Path:
    return write_roads(folder / "roads.geojson", "GeoJSON")


def flatgeobuf(folder: Path) -> Path:
    return write_roads(folder / "roads.fgb", "FlatGeobuf")


def kml(folder: Path) -> Path:
    coordinates = [" ".join(f"{x},{y},0" for x, y in line.coords) for line in roads()]
    placemarks = "".join(
        f"<Placemark><name>{name}</name><LineString><coordinates>{where}</coordinates>"
        "</LineString></Placemark>"
        for name, where in zip(ROAD_NAMES, coordinates, strict=True)
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document><Folder><name>roads</name>{placemarks}</Folder></Document></kml>"
    )
    path = folder / "roads.kml"
    path.write_text(text, "utf-8")
    return path


def kmz(folder: Path) -> Path:
    path = folder / "roads.kmz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(kml(folder), "../../doc.kml")  # its name must not be used as a path
    return path


def gpx(folder: Path) -> Path:
    path = folder / "patrol.gpx"
    points = "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in roads()[0].coords)
    path.write_text(
        '<?xml version="1.0"?><gpx version="1.1" creator="t" '
        'xmlns="http://www.topografix.com/GPX/1/1">'
        f'<wpt lat="{AT[1]}" lon="{AT[0]}"><name>ตลาดอินโดจีน</name></wpt>'
        f"<trk><name>{ROAD_NAMES[0]}</name><trkseg>{points}</trkseg></trk></gpx>",
        "utf-8",
    )
    return path


def osm_pbf(folder: Path) -> Path:
    """Two roads, a house, a pond with an island, and the market's name."""
    import osmium
    from osmium.osm.mutable import Node, Relation, Way

    path = folder / "town.osm.pbf"
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        number = 0

        def nodes(points: list[tuple[float, float]]) -> list[int]:
            nonlocal number
            made = []
            for lon, lat in points:
                number += 1
                writer.add_node(Node(id=number, location=(lon, lat), version=1))
                made.append(number)
            return made

        def ring(west: float, south: float, size: float) -> list[int]:
            box = [(0, 0), (size, 0), (size, size), (0, size)]
            corners = nodes([(AT[0] + west + x, AT[1] + south + y) for x, y in box])
            return [*corners, corners[0]]

        tracks = [nodes(list(line.coords)) for line in roads()]
        house, pond, island = ring(2e-3, 0, 2e-4), ring(0, 2e-3, 1e-3), ring(3e-4, 2.3e-3, 2e-4)
        number += 1
        market = {"amenity": "marketplace", "name": "ตลาดอินโดจีน", "name:en": "Market"}
        writer.add_node(Node(id=number, location=AT, version=1, tags=market))
        for way, (members, kind, name) in enumerate(
            zip(tracks, ("primary", "residential"), ROAD_NAMES, strict=True), start=1
        ):
            tags = {"highway": kind, "name": name}
            writer.add_way(Way(id=way, nodes=members, version=1, tags=tags))
        writer.add_way(Way(id=3, nodes=house, version=1, tags={"building": "yes"}))
        writer.add_way(Way(id=4, nodes=pond, version=1))
        writer.add_way(Way(id=5, nodes=island, version=1))
        writer.add_way(Way(id=6, nodes=[1, 999_999], version=1, tags={"highway": "primary"}))
        members = [("w", 4, "outer"), ("w", 5, "inner")]
        tags = {"type": "multipolygon", "natural": "water", "name": "หนองน้ำ"}
        writer.add_relation(Relation(id=1, members=members, version=1, tags=tags))
    return path


def png(width: int = 4, height: int = 2) -> bytes:
    def part(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    rows = b"".join(b"\x00" + bytes([row * 9, 40, 90]) * width for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = part(b"IHDR", header) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def tile_of(zoom: int) -> tuple[int, int]:
    column = int((AT[0] + 180) / 360 * 2**zoom)
    lat = np.radians(AT[1])
    row = int((1 - np.log(np.tan(lat) + 1 / np.cos(lat)) / np.pi) / 2 * 2**zoom)
    return column, row


def mbtiles(folder: Path, form: str = "png") -> Path:
    path = folder / "town.mbtiles"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE metadata(name TEXT, value TEXT)")
        db.execute(
            "CREATE TABLE tiles(zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)"
        )
        db.executemany(
            "INSERT INTO metadata VALUES (?, ?)",
            [("format", form), ("attribution", "ตัวอย่าง"), ("bounds", "104.6,16.4,104.8,16.6")],
        )
        for zoom in (10, 14):
            column, row = tile_of(zoom)
            values = (zoom, column, 2**zoom - 1 - row, png(zoom, zoom))
            db.execute("INSERT INTO tiles VALUES (?, ?, ?, ?)", values)
        db.commit()
    return path


def pmtiles(folder: Path) -> Path:
    from pmtiles.tile import Compression, TileType, zxy_to_tileid
    from pmtiles.writer import Writer

    path = folder / "town.pmtiles"
    with path.open("wb") as file:
        writer = Writer(file)
        for zoom in (10, 14):
            writer.write_tile(zxy_to_tileid(zoom, *tile_of(zoom)), png(zoom, zoom))
        header = {
            "tile_type": TileType.PNG, "tile_compression": Compression.NONE, "min_zoom": 10,
            "max_zoom": 14, "min_lon_e7": 1046000000, "min_lat_e7": 164000000,
            "max_lon_e7": 1048000000, "max_lat_e7": 166000000, "center_zoom": 10,
            "center_lon_e7": 1047000000, "center_lat_e7": 165000000,
        }  # fmt: skip
        writer.finalize(header, {"attribution": "ตัวอย่าง"})
    return path


def picture(folder: Path) -> Path:
    """4 × 2 pixels of 100 m in UTM 48, its corner at 470,000 / 1,829,200."""
    path = folder / "air.png"
    path.write_bytes(png(4, 2))
    path.with_suffix(".pgw").write_text("100\n0\n0\n-100\n470050\n1829150\n")
    path.with_suffix(".prj").write_text(pyproj.CRS.from_epsg(32648).to_wkt("WKT1_ESRI"))
    return path


def geotiff(folder: Path) -> Path:
    """The same picture as an uncompressed TIFF that knows where it lies."""
    pixels = np.arange(2 * 4 * 3, dtype=np.uint8).reshape(2, 4, 3)
    return write_geotiff(folder / "air.tif", pixels, 470_000, 1_829_200, 100)


MAKERS: dict[str, Callable[[Path], Path]] = {
    "osm_pbf": osm_pbf,
    "geopackage": geopackage,
    "shapefile": shapefile,
    "geojson": geojson,
    "kml": kml,
    "kmz": kmz,
    "flatgeobuf": flatgeobuf,
    "gpx": gpx,
    "mbtiles": mbtiles,
    "pmtiles": pmtiles,
    "picture": picture,
    "geotiff": geotiff,
}
