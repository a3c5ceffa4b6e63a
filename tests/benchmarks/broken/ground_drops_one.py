"""A product whose search for places in zones forgets a single one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks import ground_product


class Product(ground_product.Product):
    def members(self, zones_deg: Sequence[Any], lonlat: Any) -> Any:
        found = super().members(zones_deg, lonlat)
        place, zone = np.argwhere(found)[0]
        found[place, zone] = False
        return found
