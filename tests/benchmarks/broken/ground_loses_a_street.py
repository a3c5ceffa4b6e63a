"""A product that leaves one street out of every map it brings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.geo.basemap import ROADS, Features
from app.geo.basemap_file import read_basemap, write_basemap
from benchmarks import ground_product


class Product(ground_product.Product):
    def bring(self, source: Path, folder: Path, lat_deg: float, lon_deg: float) -> None:
        super().bring(source, folder, lat_deg, lon_deg)
        [path] = folder.glob("*.gpkg")
        basemap = read_basemap(path, self._epsg)
        kind = next(one for one in ROADS if one in basemap.features)
        group = basemap.features[kind]
        fewer = Features(group.names[1:], group.shapes[1:])
        write_basemap(path, replace(basemap, features={**basemap.features, kind: fewer}))
