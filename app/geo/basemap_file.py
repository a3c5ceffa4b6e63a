"""Base maps on disk: one GeoPackage layout, read and written. Knows no drawing and no importing.

Layers, all in the station's coordinate system: `roads` (rank 1–5, name), `buildings` (landmark
0/1, name), `water`, `water_lines`, `promenade`, `green`, `boundary` (name) and `labels` (name,
kind). A file may lack any of them. `about` is a layer without shapes: attribution, sample 0/1.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import numpy as np
import shapely

from app.errors import KnownError, msg
from app.geo.basemap import (
    LINES,
    ROADS,
    Basemap,
    Features,
    GroundKind,
    NamedPoint,
    building_walls,
    joined,
)
from app.geo.gis_files import checked_geopackage, damaged_map, pyogrio_raw

_PLAIN_LAYERS = {
    "water": GroundKind.WATER,
    "water_lines": GroundKind.WATER_LINE,
    "promenade": GroundKind.PROMENADE,
    "green": GroundKind.GREEN,
    "boundary": GroundKind.BOUNDARY,
}
_FIELDS = {"roads": ("rank", "name"), "buildings": ("landmark", "name"), "labels": ("name", "kind")}


def read_basemaps(folder: Path, epsg: int) -> Basemap:
    """Every `*.gpkg` of the station's basemap folder as one map; an empty one if there is none.

    Raises KnownError naming the first file that cannot be used.
    """
    files = sorted(folder.glob("*.gpkg")) if folder.is_dir() else []
    if not files:
        return Basemap(epsg=epsg)
    return joined([read_basemap(file, epsg) for file in files], epsg)


def read_basemap(path: Path, epsg: int) -> Basemap:
    """One file. Raises KnownError when it is missing, damaged or in other coordinates."""
    whole = checked_geopackage(path)
    raw = pyogrio_raw()
    from pyogrio.errors import DataLayerError, DataSourceError, FieldError

    try:
        return _read(raw, whole, epsg)
    except (DataSourceError, DataLayerError, FieldError, shapely.errors.ShapelyError) as error:
        raise damaged_map(path) from error
    except (KeyError, ValueError, UnicodeDecodeError) as error:  # fields that are not the layout's
        raise damaged_map(path) from error


def _read(raw: ModuleType, path: Path, epsg: int) -> Basemap:
    import pyogrio

    present = {str(name) for name, _ in pyogrio.list_layers(path)}
    features: dict[GroundKind, Features] = {}
    for layer, kind in _PLAIN_LAYERS.items():
        if layer in present:
            shapes, fields = _layer(raw, path, layer, ("name",), epsg)
            features[kind] = Features(_texts(fields[0]), shapes)
    if "roads" in present:
        shapes, (ranks, names) = _layer(raw, path, "roads", _FIELDS["roads"], epsg)
        features |= _by_class(ROADS, np.clip(ranks.astype(int), 1, 5) - 1, names, shapes)
    if "buildings" in present:
        shapes, (landmark, names) = _layer(raw, path, "buildings", _FIELDS["buildings"], epsg)
        kinds = (GroundKind.BUILDING, GroundKind.LANDMARK_BUILDING)
        features |= _by_class(kinds, landmark.astype(int), names, shapes)
    attribution, sample = _about(raw, path) if "about" in present else ("", False)
    return Basemap(
        epsg=epsg,
        features={kind: group for kind, group in features.items() if len(group)},
        points=_points(raw, path, epsg) if "labels" in present else (),
        walls=building_walls(features),
        attribution=attribution,
        sample=sample,
    )


def _layer(
    raw: ModuleType, path: Path, layer: str, columns: tuple[str, ...], epsg: int
) -> tuple[Any, list[Any]]:
    """Shapes and the wanted columns of a layer, without rows that have no sound shape."""
    meta, _, wkb, fields = raw.read(path, layer=layer, columns=list(columns), force_2d=True)
    if meta["crs"] != f"EPSG:{epsg}":
        raise KnownError(
            msg("The base map {name} is in {found}, the station in EPSG:{epsg}.",
                name=path.name, found=meta["crs"] or "?", epsg=epsg),
            safe=msg("The log, the cameras and the zones are not touched."),
            do=msg("Export the map again in the station's coordinate system."),
        )  # fmt: skip
    by_name = dict(zip(meta["fields"], fields, strict=True))
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    sound = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    sound &= np.isfinite(shapely.bounds(shapes)).all(axis=1)
    return shapes[sound], [by_name[column][sound] for column in columns]


def _by_class(
    kinds: tuple[GroundKind, ...], numbers: Any, names: Any, shapes: Any
) -> dict[GroundKind, Features]:
    return {
        kind: Features(_texts(names[numbers == number]), shapes[numbers == number])
        for number, kind in enumerate(kinds)
    }


def _points(raw: ModuleType, path: Path, epsg: int) -> tuple[NamedPoint, ...]:
    shapes, (names, kinds) = _layer(raw, path, "labels", _FIELDS["labels"], epsg)
    places = shapely.get_coordinates(shapely.centroid(shapes)).tolist()
    texts = zip(_texts(names), _texts(kinds), places, strict=True)
    return tuple(NamedPoint(name, kind, east, north) for name, kind, (east, north) in texts)


def _about(raw: ModuleType, path: Path) -> tuple[str, bool]:
    meta, _, _, fields = raw.read(path, layer="about", read_geometry=False)
    row = {name: column[0] for name, column in zip(meta["fields"], fields, strict=True)}
    return str(row["attribution"] or ""), bool(int(row["sample"]))


def _texts(column: Any) -> tuple[str, ...]:
    return tuple("" if text is None else str(text) for text in column)


# -- writing -----------------------------------------------------------------------------------


def write_basemap(path: Path, basemap: Basemap) -> None:
    """Write `path` in the layout above; a file of that name is replaced when all is written."""
    raw = pyogrio_raw()
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=path.parent, prefix=".unfinished-") as folder:
        unfinished = Path(folder) / path.name
        _write(_Pen(raw, unfinished, basemap.epsg), basemap)
        unfinished.replace(path)


def _write(pen: _Pen, basemap: Basemap) -> None:
    for layer, kind in _PLAIN_LAYERS.items():
        if kind in basemap.features:
            group = basemap.features[kind]
            geometry = "MultiLineString" if kind in LINES else "MultiPolygon"
            pen.layer(layer, geometry, group.shapes, {"name": _column(group.names)})
    _write_ranked(pen, "roads", "rank", basemap, dict(enumerate(ROADS, start=1)))
    kinds = {0: GroundKind.BUILDING, 1: GroundKind.LANDMARK_BUILDING}
    _write_ranked(pen, "buildings", "landmark", basemap, kinds)
    _write_labels(pen, basemap.points)
    about = {
        "attribution": _column((basemap.attribution,)),
        "sample": np.array([int(basemap.sample)], dtype=np.int32),
    }
    pen.layer("about", None, None, about)


class _Pen:
    def __init__(self, raw: ModuleType, path: Path, epsg: int) -> None:
        self._raw, self._path, self._crs = raw, path, f"EPSG:{epsg}"
        self._begun = False

    def layer(self, name: str, geometry: str | None, shapes: Any, columns: dict[str, Any]) -> None:
        wkb = None if shapes is None else shapely.to_wkb(shapes)
        self._raw.write(
            self._path, wkb, list(columns.values()), list(columns), layer=name, driver="GPKG",
            geometry_type=geometry, crs=self._crs if geometry else None, append=self._begun,
            promote_to_multi=geometry is not None and geometry.startswith("Multi"),
            SPATIAL_INDEX="NO",
        )  # fmt: skip
        self._begun = True


def _write_ranked(
    pen: _Pen, layer: str, column: str, basemap: Basemap, kinds: dict[int, GroundKind]
) -> None:
    groups = [(number, basemap.features[kind]) for number, kind in kinds.items()
              if kind in basemap.features]  # fmt: skip
    if not groups:
        return
    numbers = np.concatenate([np.full(len(group), number) for number, group in groups])
    names = _column(tuple(name for _, group in groups for name in group.names))
    shapes = np.concatenate([group.shapes for _, group in groups])
    geometry = "MultiLineString" if layer == "roads" else "MultiPolygon"
    pen.layer(layer, geometry, shapes, {column: numbers.astype(np.int32), "name": names})


def _write_labels(pen: _Pen, points: tuple[NamedPoint, ...]) -> None:
    if points:
        shapes = shapely.points([(point.east_m, point.north_m) for point in points])
        columns = {
            "name": _column(tuple(point.name for point in points)),
            "kind": _column(tuple(point.kind for point in points)),
        }
        pen.layer("labels", "Point", shapes, columns)


def _column(texts: tuple[str, ...]) -> Any:
    return np.array(texts, dtype=object)
