"""What kind of map file a file is, by its content first and its name second. Opens nothing else.

Whatever makes GDAL open a second file or an address (VRT, `/vsi…`) is refused here, before GDAL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.errors import KnownError, Message, msg
from app.geo.imports.request import SAFE

_HEAD_BYTES = 65_536
_ADDRESS = re.compile(r"/vsi|^[a-z]{2,}:/", re.IGNORECASE)  # a path makes :// one slash
_MB = 1_000_000
_SQLITE = b"SQLite format 3\x00"
_SCAN_LIMIT_BYTES = 4 * _MB


_PARTS_OF_SHAPEFILE = frozenset({".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qpj"})
_ALL_OF_IT = msg(
    "Copy all its files (.shp, .shx, .dbf, .prj) from where it came from, then choose the .shp."
)


class MapFormat(StrEnum):
    """The kinds of file a station can bring."""

    OSM_PBF = "osm_pbf"
    GEOPACKAGE = "geopackage"
    SHAPEFILE = "shapefile"
    GEOJSON = "geojson"
    KML = "kml"
    KMZ = "kmz"
    FLATGEOBUF = "flatgeobuf"
    GPX = "gpx"
    MBTILES = "mbtiles"
    PMTILES = "pmtiles"
    PICTURE = "picture"
    GEOTIFF = "geotiff"


NAMES = {
    MapFormat.OSM_PBF: "OpenStreetMap PBF",
    MapFormat.GEOPACKAGE: "GeoPackage",
    MapFormat.SHAPEFILE: "Shapefile",
    MapFormat.GEOJSON: "GeoJSON",
    MapFormat.KML: "KML",
    MapFormat.KMZ: "KMZ",
    MapFormat.FLATGEOBUF: "FlatGeobuf",
    MapFormat.GPX: "GPX",
    MapFormat.MBTILES: "MBTiles",
    MapFormat.PMTILES: "PMTiles",
    MapFormat.PICTURE: "PNG/JPEG",
    MapFormat.GEOTIFF: "GeoTIFF",
}
RASTERS = frozenset(
    {MapFormat.MBTILES, MapFormat.PMTILES, MapFormat.PICTURE, MapFormat.GEOTIFF}
)  # pictures of the ground, not turned into classes
VECTOR_NAMES = ", ".join(name for kind, name in NAMES.items() if kind not in RASTERS)
RASTER_NAMES = ", ".join(name for kind, name in NAMES.items() if kind in RASTERS)

# Text formats are held in memory whole by GDAL; the others are read piece by piece.
_MOST_BYTES = {
    MapFormat.GEOJSON: 400 * _MB,
    MapFormat.KML: 400 * _MB,
    MapFormat.KMZ: 200 * _MB,
    MapFormat.GPX: 200 * _MB,
    MapFormat.PICTURE: 400 * _MB,
    MapFormat.GEOTIFF: 1_000 * _MB,
    MapFormat.OSM_PBF: 2_000 * _MB,
    MapFormat.GEOPACKAGE: 4_000 * _MB,
    MapFormat.SHAPEFILE: 4_000 * _MB,
    MapFormat.FLATGEOBUF: 4_000 * _MB,
    MapFormat.MBTILES: 20_000 * _MB,
    MapFormat.PMTILES: 20_000 * _MB,
}


@dataclass(frozen=True, slots=True)
class MapFile:
    """A file that was recognised."""

    path: Path
    format: MapFormat
    size_bytes: int


def recognise(path: Path) -> MapFile:
    """The file, its kind and size. KnownError for what is missing, too large or no map."""
    if _ADDRESS.search(path.as_posix()):
        raise refused(
            path,
            msg("It is an address, not a file on this computer."),
            msg("Save the map as a file on this computer first, then choose that file."),
        )
    whole = path.absolute()
    try:
        if not whole.is_file():
            raise refused(path, msg("There is no such file."))
        size = whole.stat().st_size
        with whole.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise refused(path, msg("It cannot be read: {why}", why=error.strerror or "?")) from error
    if not head:
        raise refused(path, msg("It is empty."))
    kind = _kind(whole, head)
    if kind is None:
        raise _unknown(path, head)
    if size > _MOST_BYTES[kind]:
        raise refused(
            path,
            msg("It is {size} MB; {kind} is read up to {most} MB.", size=size // _MB,
                kind=NAMES[kind], most=_MOST_BYTES[kind] // _MB),
            msg("Cut out the province or the district first, or save it as GeoPackage."),
        )  # fmt: skip
    if kind in (MapFormat.KML, MapFormat.GPX):
        _refuse_entities(whole)
    if kind is MapFormat.SHAPEFILE and not has_beside(whole, ".shx"):
        raise refused(path, msg("Its other half, the .shx, is not beside it."), _ALL_OF_IT)
    return MapFile(whole, kind, size)


def refused(path: Path, why: Message, do: Message | None = None) -> KnownError:
    """What is told of a file that is not taken."""
    return KnownError(
        msg("The map {name} was not taken. {why}", name=path.name[:80], why=why),
        safe=SAFE,
        do=do or msg("Choose another file, or get it again from where it came from."),
    )


def has_beside(path: Path, suffix: str) -> bool:
    """Whether a file of the same name and another suffix lies beside it, in small or capitals."""
    return any(path.with_suffix(one).is_file() for one in (suffix, suffix.upper()))


def _unknown(path: Path, head: bytes) -> KnownError:
    """What is told of a file that is no map itself: often the map is not far."""
    suffix = path.suffix.lower()
    if suffix in _PARTS_OF_SHAPEFILE and has_beside(path, ".shp"):
        return refused(path, msg("It is a part of a Shapefile."),
                       msg("Choose the .shp of the same name."))  # fmt: skip
    if head.startswith(b"PK\x03\x04"):
        return refused(path, msg("It is a packed file."),
                       msg("Unpack it first, then choose the map in it."))  # fmt: skip
    if b"<osm" in head[:1000]:
        return refused(path, msg("It is OpenStreetMap as text."),
                       msg("Get the same ground as .osm.pbf."))  # fmt: skip
    return refused(
        path,
        msg("It is no map this program knows."),
        msg("Bring one of: {kinds}.", kinds=f"{VECTOR_NAMES}, {RASTER_NAMES}"),
    )


def damaged(path: Path) -> KnownError:
    """What is told of a file that breaks off or is no such file inside."""
    return refused(path, msg("It is damaged or incomplete."))


def _kind(path: Path, head: bytes) -> MapFormat | None:
    name = path.name.lower()
    by_magic = _by_magic(name, head)
    if by_magic is not None:
        return by_magic
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"<OGRVRTDataSource" in head or b"<VRTDataset" in head:
        raise refused(
            path,
            msg("It is a VRT, which opens other files."),
            msg("Choose the map file itself that the VRT names."),
        )
    if text.startswith((b"{", b"[")) and name.endswith((".geojson", ".json")):
        return MapFormat.GEOJSON
    if text.startswith(b"<"):
        if b"<gpx" in head:
            return MapFormat.GPX
        if b"<kml" in head or (b"<Document" in head and name.endswith(".kml")):
            return MapFormat.KML
    return None


def _by_magic(name: str, head: bytes) -> MapFormat | None:
    if head.startswith(_SQLITE):
        return MapFormat.MBTILES if name.endswith(".mbtiles") else MapFormat.GEOPACKAGE
    if head.startswith(b"\x00\x00\x27\x0a"):
        return MapFormat.SHAPEFILE
    if head.startswith(b"fgb"):
        return MapFormat.FLATGEOBUF
    if head.startswith(b"PMTiles"):
        return MapFormat.PMTILES
    if head.startswith(b"PK\x03\x04") and name.endswith((".kmz", ".kml")):
        return MapFormat.KMZ
    if b"OSMHeader" in head[:64]:
        return MapFormat.OSM_PBF
    if head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return MapFormat.PICTURE
    if head.startswith((b"II*\x00", b"MM\x00*")):
        return MapFormat.GEOTIFF
    return None


def _refuse_entities(path: Path) -> None:
    """XML that declares entities can grow without bound, or name other files."""
    with path.open("rb") as file:
        head = file.read(_SCAN_LIMIT_BYTES)
    if b"<!ENTITY" in head or b"<!DOCTYPE" in head:
        raise refused(
            path,
            msg("It declares entities, which may open other files."),
            msg("Save it again as KML, GPX or GeoPackage with another program."),
        )
