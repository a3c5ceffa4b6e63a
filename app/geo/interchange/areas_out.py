"""Areas as files for other programs: GeoJSON, GeoPackage, KML, Shapefile. Knows no reading.

Every feature carries its id, kind, names, version and where it comes from, so that it can be
brought back as what it was.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from app.errors import KnownError, msg
from app.geo.areas import Area
from app.geo.gis_files import pyogrio_raw
from app.station.disk import Disk, telling

FIELDS = ("id", "kind", "name_th", "name_en", "version", "from_at", "sample", "source")
LAYER = "areas"
_SHAPEFILE_TEXT_BYTES = 254
_DIGITS = {"COORDINATE_PRECISION": "9"}  # as they are stored: a tenth of a millimetre


class AreaFormat(StrEnum):
    """The formats areas are written in; the value is the file's suffix."""

    GEOJSON = ".geojson"
    GEOPACKAGE = ".gpkg"
    KML = ".kml"
    SHAPEFILE = ".shp"


_DRIVERS = {
    AreaFormat.GEOJSON: ("GeoJSON", _DIGITS),
    AreaFormat.GEOPACKAGE: ("GPKG", {}),
    AreaFormat.KML: ("LIBKML", {}),
    AreaFormat.SHAPEFILE: ("ESRI Shapefile", {}),
}


def write_areas(
    path: Path, areas: Sequence[Area], attribution: str = "", disk: Disk | None = None
) -> tuple[Path, ...]:
    """Write the areas in the format of the path's suffix; every file that was written.

    Replaces what was there when all is written. Raises KnownError for an unknown suffix, nothing
    to write, a text a Shapefile cannot hold, and what the disk refuses.
    """
    disk = disk or Disk()
    form = _form(path)
    if not areas:
        raise KnownError(msg("There is no area to write."), do=msg("Choose areas first."))
    columns = _columns(areas, attribution, form)
    if form is AreaFormat.SHAPEFILE:
        _refuse_long_texts(columns)
    with telling(path):
        folder = Path(tempfile.mkdtemp(prefix=".writing-", dir=path.parent))
    try:
        _write(folder / path.name, form, areas, columns)
        written = sorted(folder.iterdir(), key=lambda one: one.suffix == path.suffix)
        for one in written:
            disk.sync(one)
            disk.rename(one, path.with_name(one.name))
        return tuple(path.with_name(one.name) for one in written)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _form(path: Path) -> AreaFormat:
    try:
        return AreaFormat(path.suffix.lower())
    except ValueError:
        known = ", ".join(form.value for form in AreaFormat)
        raise KnownError(
            msg("Areas cannot be written as “{suffix}”.", suffix=path.suffix[:20]),
            do=msg("End the file’s name with one of: {known}.", known=known),
        ) from None


def _columns(areas: Sequence[Area], attribution: str, form: AreaFormat) -> dict[str, Any]:
    rows = [
        (
            area.id, area.kind.value, area.name_th, area.name_en, area.version, area.from_at,
            "1" if area.sample else "0", area.source or attribution,
        )
        for area in areas
    ]  # fmt: skip
    table = np.array(rows, dtype=object).reshape(len(rows), len(FIELDS))
    columns: dict[str, Any] = {field: table[:, at] for at, field in enumerate(FIELDS)}
    if form is AreaFormat.KML:
        columns["Name"] = columns["name_th"]  # what other programs write beside it
    return columns


def _write(path: Path, form: AreaFormat, areas: Sequence[Area], columns: dict[str, Any]) -> None:
    driver, options = _DRIVERS[form]
    shapes = np.array([_multi(area.shape) for area in areas], dtype=object)
    pyogrio_raw().write(
        path, shapely.to_wkb(shapes), list(columns.values()), list(columns), driver=driver,
        geometry_type="MultiPolygon", crs="EPSG:4326", layer=_layer(path, form),
        encoding="utf-8", layer_options=options,
    )  # fmt: skip


def _layer(path: Path, form: AreaFormat) -> str:
    return path.stem if form is AreaFormat.SHAPEFILE else LAYER


def _multi(shape: Any) -> Any:
    return shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])


def _refuse_long_texts(columns: dict[str, Any]) -> None:
    for column in columns.values():
        for text in column:
            if len(text.encode("utf-8")) > _SHAPEFILE_TEXT_BYTES:
                raise KnownError(
                    msg("“{text}” is longer than a Shapefile can hold.", text=text[:40]),
                    do=msg("Write it as GeoPackage or GeoJSON."),
                )
