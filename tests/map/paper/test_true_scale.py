"""What a ruler finds on the printed map: the bar, the grid, a pond, all where they must be.

The oracle is pyproj's geodesic and the ruler's own arithmetic; it shares nothing with the drawing.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely

from app.geo.basemap import Basemap, Features, GroundKind
from app.geo.coordinates import LatLon
from app.geo.grid_factors import grid_factors
from app.geo.projection import Projection
from app.map.paper import SCALES, map_on_paper
from app.map.scene import EMPTY_SCENE
from app.sheets.map_on_paper import GridLine, MapOnPaper
from tests.map.oracle import as_shapes
from tests.map.paper.printed import PX_PER_MM, Printed, printed, runs
from tests.map.paper.town import PLACE, order

GEOD = pyproj.Geod(ellps="WGS84")
EDGE_OF_ZONE = LatLon(16.5431, 102.02)  # as far from the middle of zone 48 as can be


def plain(place: LatLon = PLACE, epsg: int = 32648, **changed: object) -> MapOnPaper:
    """A map of the grid and the bar alone."""
    bare = {"scene": EMPTY_SCENE, "basemap": None, "incident_at": None, "seeing": ()}
    return map_on_paper(order(place, epsg, **(bare | changed)))


def bar_length_mm(page: Printed, drawn: MapOnPaper) -> float:
    """From outer edge to outer edge, along the thin black line under the bar's white half."""
    bar = drawn.bar
    dark = page.row(bar.top_mm + bar.height_mm - 0.06)
    near = [
        run for run in runs(dark)
        if abs(run[0] - bar.left_mm) < 3 and run[1] - run[0] > 5
    ]  # fmt: skip
    assert len(near) == 1
    return near[0][1] - near[0][0]


@pytest.mark.parametrize("scale", [SCALES[0], 2500, SCALES[-1]])
def test_the_bar_is_as_long_as_it_says(tmp_path: Path, scale: int) -> None:
    drawn = plain(scale=scale)
    length_mm = bar_length_mm(printed(tmp_path, drawn), drawn)
    wanted_mm = drawn.bar.metres * 1000.0 / scale
    assert abs(length_mm / wanted_mm - 1) * 100 < 0.3
    assert drawn.bar.length_mm == pytest.approx(wanted_mm)


@pytest.mark.parametrize(("place", "epsg"), [(PLACE, 32648), (EDGE_OF_ZONE, 32648), (PLACE, 32647)])
def test_a_metre_of_ground_is_as_long_as_the_bar_says(
    tmp_path: Path, place: LatLon, epsg: int
) -> None:
    """Two ponds 120 m apart by geodesic: their distance on paper, in either zone's grid."""
    lon, lat, _ = GEOD.fwd([place.lon_deg] * 2, [place.lat_deg] * 2, [90, 270], [60, 60])
    projection = Projection(epsg)
    at = [projection.point_to_metres(LatLon(b, a)) for a, b in zip(lon, lat, strict=True)]
    ponds = [shapely.box(x - 5, y - 5, x + 5, y + 5) for x, y in at]
    basemap = Basemap(epsg, {GroundKind.WATER: Features(("", ""), as_shapes(list(ponds)))})
    drawn = plain(place, epsg, basemap=basemap)
    page = printed(tmp_path, drawn)
    band = page.dark[round(45.2 * PX_PER_MM) : round(46.8 * PX_PER_MM)]
    water = ((band > 0.06) & (band < 0.16)).mean(axis=0)
    west, east = [run for run in runs(water) if run[1] - run[0] > 2]
    apart_mm = (sum(east) - sum(west)) / 2
    # the line between them is turned by the convergence, a few degrees in the wrong zone
    turned = np.radians(grid_factors(projection, place).true_north_deg)
    wanted_mm = 120.0 * 1000 / 2500 * np.cos(turned)
    assert abs(apart_mm / wanted_mm - 1) * 100 < 0.3


@pytest.mark.parametrize("scale", [1000, 2500, 10000])
def test_the_grid_lies_where_the_projection_puts_it(tmp_path: Path, scale: int) -> None:
    drawn = map_on_paper(order(scale=scale))
    page = printed(tmp_path, drawn)
    utm = pyproj.Proj(proj="utm", zone=48, ellps="WGS84")
    east_0, north_0 = utm(PLACE.lon_deg, PLACE.lat_deg)
    factor = utm.get_factors(PLACE.lon_deg, PLACE.lat_deg).meridional_scale
    assert len(drawn.grid) >= 3
    for line in drawn.grid:
        away_m = line.metres - (east_0 if line.is_easting else north_0)
        from_middle_mm = away_m / factor * 1000 / scale
        wanted_mm = 80 + from_middle_mm if line.is_easting else 46 - from_middle_mm
        assert abs(found_mm(page, line) - wanted_mm) < 0.3


def found_mm(page: Printed, line: GridLine) -> float:
    """Where the straight line nearest to what is said lies: what is darker there than beside it
    over the whole sheet."""
    away = page.dark.mean(axis=0 if line.is_easting else 1)
    # most of what lies under the line is the same beside it
    sharp = away - np.convolve(away, np.ones(31) / 31, mode="same")
    middle = round(line.at_mm * PX_PER_MM)
    reach = round(1.2 * PX_PER_MM)
    first = max(middle - reach, 0)
    return (first + float(np.argmax(sharp[first : middle + reach])) + 0.5) / PX_PER_MM


def test_that_ruler_would_see_a_map_fitted_to_the_page(tmp_path: Path) -> None:
    """The fault a true scale must not have: the picture made a per cent wider than it is."""
    drawn = plain()
    length_mm = bar_length_mm(printed(tmp_path, drawn, stretched=1.01), drawn)
    assert abs(length_mm / (drawn.bar.metres * 1000 / 2500) - 1) * 100 > 0.3


def test_the_grid_departs_from_the_ground_as_pyproj_says() -> None:
    for place, epsg, zone in ((PLACE, 32648, 48), (EDGE_OF_ZONE, 32648, 48), (PLACE, 32647, 47)):
        oracle = pyproj.Proj(proj="utm", zone=zone, ellps="WGS84").get_factors(
            place.lon_deg, place.lat_deg
        )
        found = grid_factors(Projection(epsg), place)
        assert found.point_scale == pytest.approx(oracle.meridional_scale, rel=1e-6)
        assert abs(found.true_north_deg) == pytest.approx(
            abs(oracle.meridian_convergence), abs=1e-4
        )
        # east of the middle of a zone true north lies to the left of the grid's
        assert (found.true_north_deg < 0) == (place.lon_deg > zone * 6 - 183)
