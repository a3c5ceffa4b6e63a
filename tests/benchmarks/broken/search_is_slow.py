"""A product that answers rightly, 25 milliseconds late, and ignores a filter by channel."""

from __future__ import annotations

from benchmarks import log_product


class Product(log_product.Product):
    def page(self, query: str, limit: int) -> tuple[list[str], float]:
        ids, taken_ms = super().page(query, limit)
        return ids, taken_ms + 25

    def filtered(
        self, query: str, filters: dict[str, str | int], limit: int
    ) -> tuple[list[str], float]:
        kept = {name: value for name, value in filters.items() if name != "channel"}
        return super().filtered(query, kept, limit)
