"""Reads the vector files GDAL knows, piece by piece: GeoPackage, Shapefile, GeoJSON, KML, GPX, FGB.

The driver is named and checked; only fields the class table asks about are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.errors import Message, msg
from app.geo.gis_files import pyogrio_raw
from app.geo.imports.classes import Texts
from app.geo.imports.dbf_letters import letters_of
from app.geo.imports.file_crs import FileCrs, Ground, settle
from app.geo.imports.formats import MapFormat, damaged, has_beside, refused
from app.geo.imports.request import Crs
from app.geo.imports.things import Gatherer

DRIVERS = {
    MapFormat.GEOPACKAGE: ("GPKG",),
    MapFormat.SHAPEFILE: ("ESRI Shapefile",),
    MapFormat.GEOJSON: ("GeoJSON",),
    MapFormat.KML: ("LIBKML", "KML"),
    MapFormat.KMZ: ("LIBKML", "KML"),
    MapFormat.FLATGEOBUF: ("FlatGeobuf",),
    MapFormat.GPX: ("GPX",),
}
_ALWAYS_WGS84 = frozenset({MapFormat.KML, MapFormat.KMZ, MapFormat.GPX})
_BATCH = 100_000
_WHOLE = frozenset(
    {MapFormat.GEOJSON, MapFormat.KML, MapFormat.KMZ, MapFormat.GPX}
)  # GDAL reads these from the beginning each time, so they are asked once
_SAMPLE_THINGS = 5_000
_SAMPLE_PIECES, _SAMPLE_PIECE = 20, 250
_MOST_LAYERS = 200

Told = Callable[[int, int], None]


@dataclass(slots=True)
class Table:
    """One vector file. `path` is what GDAL opens, `name` what people call it."""

    path: Path
    name: str
    format: MapFormat
    notices: list[Message] = field(default_factory=list)

    def read(
        self,
        gathering: Gatherer,
        fields: frozenset[str] | None,
        ground: Ground,
        chosen: Crs | None,
        told: Told,
    ) -> None:
        """Every layer into the gathering; `told` hears things read and in all. KnownError.

        `fields` are the only ones read, by lower-case name; None for all of them.
        """
        raw = pyogrio_raw()
        from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FieldError

        try:
            self._read(raw, gathering, fields, ground, chosen, told)
        except (DataSourceError, DataLayerError, FieldError, CRSError) as error:
            raise damaged(Path(self.name)) from error
        except (UnicodeDecodeError, shapely.errors.ShapelyError, ValueError, IndexError) as error:
            raise damaged(Path(self.name)) from error

    def _read(
        self,
        raw: Any,
        gathering: Gatherer,
        fields: frozenset[str] | None,
        ground: Ground,
        chosen: Crs | None,
        told: Told,
    ) -> None:
        encoding = self._encoding()
        layers = self._layers(encoding)
        total = sum(max(info["features"], 0) for info in layers.values())
        done = 0
        crs_of: dict[str, FileCrs] = {}
        for layer, info in layers.items():
            said = "EPSG:4326" if self.format in _ALWAYS_WGS84 else info["crs"]
            columns = [
                name for name in info["fields"] if fields is None or str(name).lower() in fields
            ]
            before = done
            for shapes, some in self._batches(raw, layer, columns, encoding):
                if not len(shapes):
                    continue
                if str(said) not in crs_of:
                    sample = self._sample(raw, layer, info["features"], shapes, encoding)
                    crs_of[str(said)] = settle(said, chosen, sample, ground, self.name)
                    self.notices += crs_of[str(said)].notices
                gathering.take(shapes, some, self._layer_name(layer), crs_of[str(said)])
                done += len(shapes)
                told(done, max(total, done))
            self._compare(layer, done - before, int(info["features"]))

    def _compare(self, layer: str, read: int, said: int) -> None:
        """A file that breaks off may be read without a word, as far as it goes."""
        if said > 0 and not read:
            raise damaged(Path(self.name))
        if read < said:
            self.notices.append(
                msg("{read} of the {said} things in “{layer}” could be read: the file may be"
                    " incomplete.", read=read, said=said, layer=layer[:80])
            )  # fmt: skip

    def _sample(
        self, raw: Any, layer: str, count: int, first: Any, encoding: str | None
    ) -> NDArray[np.float64]:
        """Corners from all over the layer: a country's file begins far from the station."""
        if self.format in _WHOLE or count <= len(first):
            return np.asarray(
                shapely.get_coordinates(first[:: max(len(first) // _SAMPLE_THINGS, 1)])
            )
        some = [first[:: max(len(first) // _SAMPLE_PIECE, 1)]]
        for at in np.linspace(0, count - _SAMPLE_PIECE, _SAMPLE_PIECES, dtype=int):
            _, _, wkb, _ = raw.read(
                self.path, layer=layer, columns=[], encoding=encoding, force_2d=True,
                skip_features=max(int(at), 0), max_features=_SAMPLE_PIECE,
            )  # fmt: skip
            some.append(shapely.from_wkb(wkb, on_invalid="ignore"))
        return np.asarray(shapely.get_coordinates(np.concatenate(some)))

    def _layers(self, encoding: str | None) -> dict[str, Any]:
        import pyogrio

        listed = pyogrio.list_layers(self.path)
        named = [str(name) for name, kind in listed if kind is not None]
        if not named and self.format is MapFormat.FLATGEOBUF:  # it always has one
            raise damaged(Path(self.name))
        if not named:
            raise refused(Path(self.name), msg("There is nothing to draw in it."))
        if len(named) > _MOST_LAYERS:
            raise refused(Path(self.name), msg("It has more than {count} layers.",
                                               count=_MOST_LAYERS))  # fmt: skip
        infos = {}
        for name in named:
            info = pyogrio.read_info(self.path, layer=name, encoding=encoding)
            if info["driver"] not in DRIVERS[self.format]:
                raise refused(Path(self.name), msg("It is not what its name says."))
            infos[name] = info
        return infos

    def _encoding(self) -> str | None:
        if self.format is not MapFormat.SHAPEFILE:
            return None
        if not has_beside(self.path, ".dbf"):
            self.notices.append(msg("Its .dbf is not beside it: names and kinds did not come."))
            return None
        letters = letters_of(self.path)
        if letters.notice is not None:
            self.notices.append(letters.notice)
        return letters.encoding

    def _layer_name(self, layer: str) -> str:
        """A shapefile's layer is its file; a GeoJSON's may be called anything, so both count."""
        stem = Path(self.name).stem
        return layer if layer == stem else f"{layer} {stem}"

    def _batches(
        self, raw: Any, layer: str, columns: list[str], encoding: str | None
    ) -> Iterator[tuple[Any, dict[str, Texts]]]:
        most = None if self.format in _WHOLE else _BATCH
        at = 0
        while True:
            meta, _, wkb, values = raw.read(
                self.path, layer=layer, columns=columns, encoding=encoding, force_2d=True,
                skip_features=at, max_features=most, datetime_as_string=True,
            )  # fmt: skip
            if wkb is None or not len(wkb):
                return
            yield (
                shapely.from_wkb(wkb, on_invalid="ignore"),
                {
                    str(name).lower(): _texts(column)
                    for name, column in zip(meta["fields"], values, strict=True)
                },
            )
            at += len(wkb)
            if most is None or len(wkb) < most:
                return


def _texts(column: Any) -> Texts:
    if column.dtype == object:
        return np.array(["" if one is None else str(one) for one in column], dtype=object)
    return np.array([str(one) for one in column.tolist()], dtype=object)
