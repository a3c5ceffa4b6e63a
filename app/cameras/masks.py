"""What a camera may not show: areas drawn over its picture. Knows no pixels and no decoder."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PrivacyMask:
    """A polygon blackened in every picture before anyone sees it.

    `corners`: at least three (x, y), 0 ≤ x, y ≤ 1, from the picture's left and top edge: the same
    for the main and the sub stream, and after a change of size.
    """

    corners: tuple[Point, ...]
