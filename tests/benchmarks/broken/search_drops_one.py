"""A product whose search loses the last hit of a page, is 25 ms late and ignores the channel."""

from __future__ import annotations

from benchmarks import log_product


class Product(log_product.Product):
    def page(self, query: str, limit: int) -> tuple[list[str], float]:
        ids, taken_ms = super().page(query, limit)
        return (ids[:-1] if len(ids) > 1 else ids), taken_ms + 25

    def filtered(
        self, query: str, filters: dict[str, str | int], limit: int
    ) -> tuple[list[str], float]:
        kept = {name: value for name, value in filters.items() if name != "channel"}
        return super().filtered(query, kept, limit)
