"""What can be chosen of a zone map: its paper, scale, layers and grid; and how large its map is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.sheets.map_on_paper import GridKind
from app.sheets.sheet import Sized

CLOSEST = 0
"""As the scale: the largest map on which the whole area fits."""
LAYERS = ("communities", "beats", "tambons", "cameras", "views", "coverage", "walls", "pictures")
_SHOWN_AT_FIRST = ("communities", "beats", "cameras")


@dataclass(frozen=True, slots=True)
class ZoneMapOptions:
    """`flipped` is landscape; None: whichever way the area is larger. `layers` are of `LAYERS`."""

    paper: Sized = Sized.A4
    flipped: bool | None = None
    scale: int = CLOSEST
    layers: frozenset[str] = frozenset(_SHOWN_AT_FIRST)
    grid: GridKind = GridKind.UTM
    digits: str = "arabic"

    @classmethod
    def from_order(cls, order: Mapping[str, Any]) -> ZoneMapOptions:
        """Read from JSON; what is missing, or of another version, is as at first."""
        plain = cls()
        paper, grid, scale = order.get("paper"), order.get("grid"), order.get("scale")
        flipped, layers = order.get("flipped"), order.get("layers")
        is_list = isinstance(layers, list | tuple)
        return cls(
            paper=Sized(paper) if paper in tuple(Sized) else plain.paper,
            flipped=flipped if isinstance(flipped, bool) else None,
            scale=scale if isinstance(scale, int) and scale >= 0 else CLOSEST,
            layers=frozenset(layers or ()) & frozenset(LAYERS) if is_list else plain.layers,
            grid=GridKind(grid) if grid in tuple(GridKind) else plain.grid,
            digits=str(order.get("digits", plain.digits)),
        )

    def to_order(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "paper": self.paper.value,
            "flipped": self.flipped,
            "scale": self.scale,
            "layers": [layer for layer in LAYERS if layer in self.layers],
            "grid": self.grid.value,
        }


def map_mm(paper: Sized, *, flipped: bool) -> tuple[float, float]:
    """Width and height of the map on its page: what head, legend and table leave it."""
    return _MAP_MM[paper, flipped]


_MAP_MM = {
    (Sized.A4, False): (175.0, 154.0),
    (Sized.A4, True): (190.0, 138.0),
    (Sized.A3, False): (262.0, 282.0),
    (Sized.A3, True): (300.0, 224.0),
}
