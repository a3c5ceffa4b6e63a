"""Dashed outlines: ink where the pattern says, the same however the map is moved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage
from shapely.ops import substring

from app.map import NIGHT
from app.map.dashes import outlines_of
from app.map.draw_ground import blank
from app.map.draw_scene import paint_scene
from app.map.frame import Frame
from app.map.marks import LayerLook, MapLayer, Metres
from app.map.scene import EMPTY_SCENE, PlacedArea
from app.map.scene_layout import lay_out_scene
from app.map.strokes import Strokes

EVERYWHERE = QRectF(-1e6, -1e6, 2e6, 2e6)
PATTERN_M = (9.0, 3.0, 2.0, 3.0)


def winding(points: int, seed: int) -> Metres:
    steps = np.random.default_rng(seed).normal(0, 6, (points, 2))
    return np.asarray(steps.cumsum(axis=0))


def inked(strokes: Strokes) -> shapely.Geometry:
    return shapely.multilinestrings(shapely.linestrings(strokes.pieces_m.reshape(-1, 2, 2)))


def expected(line_m: Metres) -> shapely.Geometry:
    """The dashes by shapely's own walk along the line."""
    line = shapely.linestrings(line_m)
    found, at_m = [], 0.0
    while at_m < line.length:
        for index, length_m in enumerate(PATTERN_M):
            if index % 2 == 0 and at_m < line.length:
                found.append(substring(line, at_m, min(at_m + length_m, line.length)))
            at_m += length_m
    return shapely.union_all(found)


@pytest.mark.parametrize("seed", range(6))
def test_ink_lies_where_the_pattern_says(seed: int) -> None:
    line_m = winding(60, seed)
    dashes, wanted = inked(outlines_of([line_m]).dashed(EVERYWHERE, PATTERN_M)), expected(line_m)
    assert shapely.hausdorff_distance(dashes, wanted) < 1e-6
    assert shapely.length(dashes) == pytest.approx(shapely.length(wanted))


def test_each_line_begins_its_own_pattern() -> None:
    lines = [winding(40, seed) + 1000 * seed for seed in range(4)]
    dashes = inked(outlines_of(lines).dashed(EVERYWHERE, PATTERN_M))
    wanted = shapely.union_all([expected(line) for line in lines])
    assert shapely.hausdorff_distance(dashes, wanted) < 1e-6


def test_dashes_in_sight_are_those_of_the_whole_line() -> None:
    """Else a line would crawl while the map is moved, and parts of a picture would not meet."""
    outlines = outlines_of([winding(400, 3)])
    middle = outlines.strokes.pieces_m[200]
    for reach_m in (5.0, 20.0, 60.0):
        seen = QRectF(middle[0] - reach_m, middle[1] - reach_m, 2 * reach_m, 2 * reach_m)
        window = shapely.box(seen.left(), seen.top(), seen.right(), seen.bottom())
        part, whole = (
            shapely.intersection(inked(outlines.dashed(area, PATTERN_M)), window)
            for area in (seen, EVERYWHERE)
        )
        assert shapely.length(whole) > 0
        assert shapely.hausdorff_distance(part, whole) < 1e-6
    assert len(outlines.dashed(QRectF(9e5, 9e5, 1, 1), PATTERN_M)) == 0


def test_a_dash_that_goes_round_a_bend_is_joined_there_and_a_gap_is_not() -> None:
    corner = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]])
    dashes = outlines_of([corner]).dashed(EVERYWHERE, (6.0, 2.0))  # 0–6, 8–14 round the corner
    assert dashes.pieces_m.tolist() == [
        [0, 0, 6, 0],
        [8, 0, 10, 0],
        [10, 0, 10, 4],
        [10, 6, 10, 10],
    ]
    ends = np.abs(dashes.laps[:, 2:]).sum(axis=1) > 0
    assert ends.tolist() == [False, True, False, False]


def test_no_outline_has_no_dashes() -> None:
    assert len(outlines_of([]).dashed(EVERYWHERE, PATTERN_M)) == 0


@pytest.mark.parametrize("opacity", [0.4, 1.0])
def test_a_line_that_is_seen_through_shows_no_spots(opacity: float) -> None:
    ring = np.concatenate((winding(80, 5), [[0.0, 0.0]])) * 2
    area = PlacedArea("z", "zone", "", (ring,), (0.0, 0.0), sample=False)
    look = LayerLook(MapLayer.ZONES, shown=True, opacity=opacity)
    scene = replace(EMPTY_SCENE, areas=(area,), layers=(look,))
    frame = Frame(0.0, 0.0, 2.0, 300, 300)
    image = blank(frame, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    layout = lay_out_scene(frame, scene)
    paint_scene(image, frame, QRect(0, 0, 300, 300), scene, layout, NIGHT, lambda: None)
    alpha = np.frombuffer(image.constBits(), np.uint8).reshape(300, 300, 4)[..., 3]
    assert alpha.max() == pytest.approx(opacity * 255, abs=2)
