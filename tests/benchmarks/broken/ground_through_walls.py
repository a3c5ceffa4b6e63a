"""A product whose cameras look through houses: the base map it opens has lost its walls."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.geo.basemap_file import read_basemaps
from app.geo.walls import NO_WALLS
from benchmarks import ground_product


class Product(ground_product.Product):
    def open_map(self, folder: Path) -> None:
        self._ground.set_basemap(replace(read_basemaps(folder, self._epsg), walls=NO_WALLS))
