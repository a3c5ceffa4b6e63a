"""What map to draw on paper, and where its ground lies on the sheet. Draws nothing.

A pixel of the layers' own measures (letters of 12, lines of 1.2) is a fifth of a millimetre here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon
from app.geo.grid_factors import GridFactors, grid_factors
from app.geo.projection import Projection
from app.map.frame import Frame
from app.map.marks import Metres
from app.map.scene import LocalGround, Scene
from app.map.style import DAY, MapStyle
from app.sheets.map_on_paper import GridKind

PX_MM = 0.2
DPI = 127  # 25.4 / PX_MM
SCALES = (1000, 2000, 2500, 4000, 5000, 7500, 10000)
"""One millimetre of paper for so many of the ground, the closest first."""
PAPER = DAY
_LEAST_MM, _MOST_MM = 30.0, 1200.0


@dataclass(frozen=True, eq=False)
class PaperMapOrder:
    """One map: `scene` lies on `ground`, `seeing` are the ids of the cameras that see the place,
    the best first. Sizes are rounded to a fifth of a millimetre. ValueError for what is no map."""

    ground: LocalGround
    projection: Projection
    centre: LatLon
    scale: int
    width_mm: float
    height_mm: float
    scene: Scene
    basemap: Basemap | None = None
    incident_at: LatLon | None = None
    seeing: Sequence[str] = ()
    grid: GridKind = GridKind.UTM
    thai_digits: bool = False
    style: MapStyle = PAPER

    def __post_init__(self) -> None:
        if not SCALES[0] <= self.scale <= SCALES[-1]:
            raise ValueError(f"no map is drawn at 1:{self.scale}")
        if not all(_LEAST_MM <= side <= _MOST_MM for side in (self.width_mm, self.height_mm)):
            raise ValueError(f"no map is {self.width_mm} × {self.height_mm} mm large")

    @cached_property
    def factors(self) -> GridFactors:
        """How the grid departs from the ground in the middle of the sheet."""
        return grid_factors(self.projection, self.centre)

    @cached_property
    def frame(self) -> Frame:
        """The ground on the sheet. The scale holds for the ground, so the grid's metres, longer or
        shorter than the ground's by the point scale, are drawn as much shorter or longer."""
        x_m, y_m = self.ground.place(self.centre.lat_deg, self.centre.lon_deg)
        px_per_m = 1000.0 / self.scale / PX_MM / self.factors.point_scale
        width_px, height_px = round(self.width_mm / PX_MM), round(self.height_mm / PX_MM)
        return Frame(x_m, y_m, px_per_m, width_px, height_px)

    @property
    def origin_m(self) -> Metres:
        """Easting and northing of the scene's near origin."""
        return self.ground.origin_m
