"""A product that answers rightly, six milliseconds late."""

from __future__ import annotations

import threading

from benchmarks import ground_product


class Product(ground_product.Product):
    def who_sees(self, lat_deg: float, lon_deg: float) -> list[str]:
        threading.Event().wait(0.006)
        return super().who_sees(lat_deg, lon_deg)
