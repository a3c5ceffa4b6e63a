"""The one door to GDAL: loads pyogrio late and safely. Knows no layers and no layout.

A VRT may name other files and URLs, web drivers open addresses, and `/vsi…` paths reach into
archives and the network: only the drivers of plain files are let in.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

from app.errors import KnownError, msg

DRIVERS = frozenset(
    {"GPKG", "ESRI Shapefile", "GeoJSON", "LIBKML", "KML", "FlatGeobuf", "GPX", "XLSX"}
)
# Every other driver of the GDAL in the wheel; a test says when a new one has come.
_SKIPPED = (
    "OGR_VRT,VRT,MEM,PCIDSK,PDS4,VICAR,PDF,MBTiles,EEDA,OGCAPI,GDALG,MapInfo File,LVBAG,S57,DGN,"
    "CSV,GML,GeoJSONSeq,ESRIJSON,TopoJSON,OGR_GMT,SQLite,WAsP,OpenFileGDB,DXF,GeoRSS,VFK,PGDUMP,"
    "OSM,GPSBabel,OGR_PDS,WFS,OAPIF,EDIGEO,Idrisi,ODS,Elasticsearch,Carto,AmigoCloud,SXF,Selafin,JML,"
    "PLSCENES,CSW,VDV,MVT,NGW,MapML,GTFS,PMTiles,JSONFG,MiraMonVector,ADBC,AVCBin,AVCE00,AIVector,"
    "HTTP"
)

_SQLITE_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100


def pyogrio_raw() -> ModuleType:
    """pyogrio without geopandas; takes 0.2–0.4 s the first time, so ask in a background thread."""
    os.environ["OGR_SKIP"] = _SKIPPED  # only heeded before the first import
    import pyogrio.raw

    raw: ModuleType = pyogrio.raw
    return raw


def checked_geopackage(path: Path) -> Path:
    """The file's whole path, once it is seen to be a GeoPackage by content and not by name.

    Raises KnownError that names the file when it is missing, unreadable or something else.
    """
    whole = path.absolute()
    try:
        with whole.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError as error:
        raise KnownError(
            msg("The base map {name} cannot be read.", name=path.name),
            safe=msg("The log, the cameras and the zones are not touched."),
            do=msg("Check that the file is in the station's basemap folder and may be read."),
        ) from error
    if len(header) < _HEADER_BYTES or not header.startswith(_SQLITE_MAGIC):
        raise damaged_map(path)
    return whole


def damaged_map(path: Path) -> KnownError:
    """What is said of a map file that is not what its name says."""
    return KnownError(
        msg("The base map {name} is damaged, or is not a GeoPackage.", name=path.name),
        safe=msg("The log, the cameras and the zones are not touched."),
        do=msg("Copy the file into the basemap folder again from where it came from."),
    )
