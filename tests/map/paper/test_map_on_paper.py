"""The printed map holds what it should, nothing outside its edge, and is the same everywhere."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
import shapely.affinity

from app.geo.basemap import Basemap, Features, GroundKind
from app.geo.coordinates import LatLon, as_mgrs
from app.map.marks import DEFAULT_LAYERS, LayerLook, MapLayer
from app.map.paper import map_on_paper
from app.map.paper.cut import named_where_seen
from app.map.paper.draw_map import _Picture
from app.map.scene import EMPTY_SCENE, place_cameras
from app.map.shapes import RANK_RADIUS_PX
from app.sheets.map_on_paper import GridKind, LegendMark
from tests.map.oracle import as_shapes
from tests.map.paper.printed import PX_PER_MM, printed
from tests.map.paper.town import PLACE, order

ROOT = Path(__file__).resolve().parents[3]
_NUMBERS = re.compile(r"[-+]?\d+\.?\d*(?:e-?\d+)?")
_ELSEWHERE = """
import hashlib
from PySide6.QtGui import QFontDatabase, QGuiApplication
from app.thai.fonts import FONT_FILES
application = QGuiApplication([])
for path in FONT_FILES:
    QFontDatabase.addApplicationFont(str(path))
from app.map.paper import map_on_paper
from tests.map.paper.town import order
print(hashlib.sha256(map_on_paper(order()).svg).hexdigest())
"""


def test_the_same_order_gives_the_same_bytes_in_another_process() -> None:
    here = [hashlib.sha256(map_on_paper(order()).svg).hexdigest() for _ in range(2)]
    child = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "77"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert {*here, child.stdout.strip()} == {here[0]}


def test_nothing_of_the_town_outside_the_sheet_is_in_the_file() -> None:
    """62,500 houses, of which some 2,500 stand on the sheet."""
    drawn = map_on_paper(order())
    places = _corners(drawn.svg.decode())
    assert len(places) > 5000
    assert places[:, 0].min() > -120 and places[:, 0].max() < 800 + 120
    assert places[:, 1].min() > -120 and places[:, 1].max() < 460 + 120
    assert len(drawn.svg) < 1_500_000


def _corners(svg: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Every corner of every path that is drawn in the sheet's own pixels."""
    found = []
    for group in re.findall(r"<g [^>]*matrix\(1,0,0,1,0,0\)[^>]*>(.*?)</g>", svg, re.DOTALL):
        for path in re.findall(r' d="([^"]*)"', group):
            numbers = [float(one) for one in _NUMBERS.findall(path)]
            found.append(np.array(numbers).reshape(-1, 2))
    return np.concatenate(found)


def test_no_corner_is_written_twice() -> None:
    svg = map_on_paper(order()).svg.decode()
    for path in re.findall(r' d="([^"C]*)"', svg):
        pieces = path.split()
        follow = [(one, other) for one, other in itertools.pairwise(pieces) if other[0] == "L"]
        assert not [one for one, other in follow if one[1:] == other[1:]]


def test_letters_are_outlines_and_there_is_no_picture_in_it() -> None:
    svg = map_on_paper(order()).svg.decode()
    assert "<text" not in svg
    assert "<image" not in svg
    assert "non-scaling" not in svg


def test_a_dense_town_is_a_small_file_at_every_scale(tmp_path: Path) -> None:
    drawn = map_on_paper(order(scale=10000))
    assert len(printed(tmp_path, drawn).pdf) < 700_000


def test_the_sheet_is_as_large_as_ordered_and_says_so() -> None:
    drawn = map_on_paper(order(width_mm=100.07, height_mm=50.0))
    assert (drawn.width_mm, drawn.height_mm) == (pytest.approx(100.0), pytest.approx(50.0))
    assert b'width="100mm" height="50mm"' in drawn.svg
    assert drawn.data()["scale_text"] == "1:2,500"


def test_the_incident_stands_in_the_middle(tmp_path: Path) -> None:
    drawn = map_on_paper(order(seeing=()))
    page = printed(tmp_path, drawn)
    ring = page.row(46.0)
    left, right = 80 - 3.0, 80 + 3.0  # the ring's radius: 15 fifths of a millimetre
    for edge in (left, right):
        near = ring[round((edge - 0.4) * PX_PER_MM) : round((edge + 0.4) * PX_PER_MM)]
        assert near.max() > 0.5


def test_cameras_keep_their_numbers_and_one_outside_is_told_at_the_edge() -> None:
    with_it, without = map_on_paper(order()), map_on_paper(order(seeing=("C01",)))
    assert len(with_it.svg) > len(without.svg)
    marks = [line.mark for line in with_it.legend]
    assert marks[:2] == [LegendMark.INCIDENT, LegendMark.SEEING]
    assert {LegendMark.ZONE, LegendMark.COMMUNITY, LegendMark.CAMERA} <= set(marks)
    assert all(line.text for line in with_it.legend)


def test_what_is_invented_says_so_and_sources_are_named() -> None:
    drawn = map_on_paper(order())
    assert drawn.sample
    assert "แนวเขตตัวอย่าง" in drawn.attribution
    assert "OpenStreetMap" in drawn.attribution
    bare = map_on_paper(order(basemap=Basemap(32648), scene=EMPTY_SCENE, seeing=()))
    assert bare.attribution == "ไม่มีแผนที่ฐาน"
    assert not bare.sample


def test_the_grid_is_named_after_the_system_it_is_of() -> None:
    assert map_on_paper(order()).grid_name == "UTM 48N (WGS 84)"
    military = map_on_paper(order(grid=GridKind.MGRS))
    assert military.grid_name == f"MGRS {as_mgrs(PLACE)[:6]}"
    # in the neighbour's zone the squares have other letters: the plain grid is told instead
    assert map_on_paper(order(epsg=32647, grid=GridKind.MGRS)).grid_name == "UTM 47N (WGS 84)"


def test_true_north_is_told_and_drawn_where_it_is_another_way() -> None:
    near, far = map_on_paper(order()), map_on_paper(order(epsg=32647))
    assert "0.1°" in near.data()["north_text"]
    assert far.true_north_deg == pytest.approx(-1.6, abs=0.1)
    assert "1.6°" in far.data()["north_text"]
    assert len(far.grid) >= 3


def test_a_border_that_two_communities_share_is_drawn_once(tmp_path: Path) -> None:
    whole = order().scene
    lone = replace(whole, areas=tuple(one for one in whole.areas if one.id == "a"))
    layers = tuple(
        LayerLook(look.layer, look.layer is MapLayer.COMMUNITIES) for look in DEFAULT_LAYERS
    )
    bare = {"basemap": None, "incident_at": None, "seeing": ()}
    pages = [
        printed(tmp_path, map_on_paper(order(scene=replace(scene, layers=layers), **bare)))
        for scene in (whole, lone)
    ]
    # the border runs through the middle of the sheet: dotted, so as light as one line
    shared, single = (
        page.dark[:, round(80 * PX_PER_MM) - 4 : round(80 * PX_PER_MM) + 4] for page in pages
    )
    part = slice(round(24 * PX_PER_MM), round(60 * PX_PER_MM))
    assert shared[part].mean() == pytest.approx(single[part].mean(), rel=0.15)


@pytest.mark.parametrize("wrong", [{"scale": 500}, {"scale": 20000}, {"width_mm": 5.0}])
def test_what_is_no_map_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="no map is"):
        order(**wrong)


def test_a_place_without_anything_is_a_map_all_the_same() -> None:
    drawn = map_on_paper(
        order(LatLon(16.9, 104.2), basemap=None, scene=EMPTY_SCENE, seeing=(), incident_at=None)
    )
    assert drawn.legend == ()
    assert drawn.svg.startswith(b"<?xml")


def test_numbers_of_cameras_outside_stand_beside_each_other_at_the_edge() -> None:
    whole = order()
    marks = [
        replace(whole.scene.cameras.marks[2], id=f"C{number:02d}", lon_deg=lon)
        for number, lon in enumerate(np.linspace(PLACE.lon_deg + 0.004, PLACE.lon_deg + 0.005, 4))
    ]
    cameras = place_cameras(marks, whole.ground)
    ids = tuple(mark.id for mark in marks)
    ordered = order(scene=replace(whole.scene, cameras=cameras), seeing=ids)
    discs = _Picture(ordered)._discs()
    assert [disc.rank for disc in discs] == [1, 2, 3, 4]
    at = np.array([(disc.at.x(), disc.at.y()) for disc in discs])
    assert (at[:, 0] == at[0, 0]).all()  # all along the right edge
    assert np.diff(np.sort(at[:, 1])).min() >= 2 * RANK_RADIUS_PX
    assert all(disc.away_deg is not None and 0 < disc.away_deg < 180 for disc in discs)


def test_an_area_is_named_where_it_is_seen() -> None:
    ordered = order()
    [area] = [one for one in ordered.scene.areas if one.kind == "zone"]
    away = replace(area, label_at=(area.label_at[0], area.label_at[1] + 400))
    [named] = named_where_seen((away,), ordered.frame)
    at = ordered.frame.to_px(*named.label_at)
    assert ordered.frame.size_px.contains(at)
    assert abs(at.y() - 230) < 20  # the roomiest spot of a band across the sheet


def test_shapes_that_are_no_shapes_spoil_nothing() -> None:
    """A bow tie across the sheet's edge, an empty house, a street that goes back on itself."""
    east_m, north_m = order().projection.point_to_metres(PLACE)
    tie = shapely.Polygon([(0, 0), (400, 300), (400, 0), (0, 300)])
    tie = shapely.affinity.translate(tie, east_m, north_m)
    back = shapely.LineString([(east_m, north_m), (east_m + 50, north_m), (east_m, north_m)])
    basemap = Basemap(
        32648,
        {
            GroundKind.WATER: Features(("ริม\u202eน้ำ",), as_shapes([tie])),
            GroundKind.BUILDING: Features(("", "🏠"), as_shapes([shapely.Polygon(), tie])),
            GroundKind.ROAD_2: Features(("ถนน" * 60,), as_shapes([back])),
        },
    )
    drawn = map_on_paper(order(basemap=basemap))
    assert len(drawn.svg) > 10_000
    ElementTree.fromstring(drawn.svg)
