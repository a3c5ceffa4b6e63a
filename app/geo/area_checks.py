"""What is wrong with an area's shape, where, and how it could be repaired. Knows metres only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.validation import explain_validity

from app.errors import Message, msg

Shape = Any  # shapely Polygon or MultiPolygon, in metres

SLIVER_M2 = 0.5  # of what a repair leaves; less than a doormat was never meant


@dataclass(frozen=True, slots=True, eq=False)
class Trouble:
    """A fault in words, its place in metres (None where it has none), and a sound shape in place
    of the faulty one (None where none suggests itself)."""

    words: Message
    at_m: tuple[float, float] | None
    repaired: Shape | None = None


_WORDS = {
    "Self-intersection": msg("Two sides of the outline cross each other."),
    "Ring Self-intersection": msg("The outline touches itself."),
    "Hole lies outside shell": msg("A hole lies outside the area."),
    "Holes are nested": msg("A hole lies inside another hole."),
    "Nested shells": msg("One part lies inside another part."),
    "Too few points in geometry component": msg("A part has fewer than three corners."),
    "Interior is disconnected": msg("A hole cuts the area in two."),
}


def trouble_with(shape: Shape, *, repair: bool = True) -> Trouble | None:
    """The first fault GEOS finds, or None for a sound shape. Without `repair` none is looked for,
    which takes as long as ten movements of a hand."""
    if shapely.is_valid(shape):
        return None
    said = explain_validity(shape)
    kind, _, place = said.partition("[")
    words = _WORDS.get(kind.strip(), msg("The outline is not sound."))
    numbers = re.findall(r"-?[\d.]+(?:e[+-]?\d+)?", place)
    at_m = (float(numbers[0]), float(numbers[1])) if len(numbers) >= 2 else None
    return Trouble(words, at_m, _repaired(shape) if repair else None)


def _repaired(shape: Shape) -> Shape | None:
    """The surfaces the outline encloses, without slivers; None if nothing is left."""
    made = shapely.make_valid(shape)
    parts = [
        part
        for part in shapely.get_parts(made)
        if part.geom_type == "Polygon" and part.area > SLIVER_M2
    ]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)
