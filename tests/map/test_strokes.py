"""Roads drawn piece by piece: they look as one line, and cost what is in sight only."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from shapely import LineString

from app.map.draw_ground import painting
from app.map.frame import Frame
from app.map.strokes import AT_ONCE, Strokes, draw_strokes, strokes_of

Line = list[tuple[float, float]]

FRAME = Frame(0.0, 0.0, 2.0, 240, 200)
WINDING: Line = [
    (-50, -20),
    (-30, -10),
    (-30, -10),
    (-12, 8),
    (0, 10),
    (14, 2),
    (20, -16),
    (44, -22),
]


def _pen(width_px: float, cap: Qt.PenCapStyle, join: Qt.PenJoinStyle) -> QPen:
    pen = QPen(QColor("white"), width_px)
    pen.setCosmetic(True)
    pen.setCapStyle(cap)
    pen.setJoinStyle(join)
    return pen


def _painted(draw: Any) -> NDArray[np.int16]:
    image = QImage(FRAME.width_px, FRAME.height_px, QImage.Format.Format_Grayscale8)
    image.fill(0)
    with painting(image) as painter:
        painter.setTransform(FRAME.transform)
        draw(painter)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(FRAME.height_px, -1)
    return lines[:, : FRAME.width_px].astype(np.int16)


def _as_strokes(points: Line, pen: QPen) -> NDArray[np.int16]:
    def draw(painter: QPainter) -> None:
        strokes = strokes_of([LineString(points)])
        draw_strokes(painter, strokes, FRAME.rect_m, FRAME.px_per_m, pen, lambda: None)

    return _painted(draw)


def _as_path(points: Line, pen: QPen) -> NDArray[np.int16]:
    path = QPainterPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)

    def draw(painter: QPainter) -> None:
        painter.setPen(pen)
        painter.drawPath(path)

    return _painted(draw)


@pytest.mark.parametrize("width_px", [2.0, 4.0, 5.5])
def test_a_narrow_winding_road_looks_as_one_line(width_px: float) -> None:
    pen = _pen(width_px, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.BevelJoin)
    pieces, whole = _as_strokes(WINDING, pen), _as_path(WINDING, pen)
    assert whole.max() == 255
    assert np.abs(pieces - whole).mean() < 0.2
    assert (np.abs(pieces - whole) > 150).sum() <= 3  # the tip of a sharp bend


@pytest.mark.parametrize("width_px", [6.0, 14.0])
def test_a_wide_roads_ends_and_sharp_bends_are_round(width_px: float) -> None:
    pen = _pen(width_px, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    hairpin: Line = [(-40.0, -20.0), (20.0, -20.0), (-10.0, 6.0), (-10.0, 40.0)]
    for points in (WINDING, hairpin):
        pieces, whole = _as_strokes(points, pen), _as_path(points, pen)
        assert np.abs(pieces - whole).mean() < 0.25
        assert not (np.abs(pieces - whole) > 150).any()


def test_no_seam_shows_where_pieces_meet() -> None:
    """Two smooth edges upon one pixel would leave a darker notch across the road."""
    slanting = [(x, x * 0.37 + 1.3) for x in np.linspace(-40, 40, 23).tolist()]
    pen = _pen(4.0, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.BevelJoin)
    pieces, whole = _as_strokes(slanting, pen), _as_path(slanting, pen)
    assert (whole - pieces).max() < 24


def test_what_is_out_of_sight_is_not_handed_to_qt() -> None:
    streets = [LineString([(x, -500), (x, -400), (x, 400), (x, 500)]) for x in range(-500, 500, 10)]
    strokes = strokes_of(streets)
    seen = strokes.in_sight(QRectF(-25.0, -50.0, 50.0, 100.0))
    assert len(strokes) == 300
    assert len(seen) == 5  # the middle pieces of five streets


def test_the_hand_is_let_in_between_calls() -> None:
    steps = np.linspace(-50, 50, 3 * AT_ONCE)
    winding = np.stack((steps, 20 * np.sin(steps)), axis=1)
    looks: list[int] = []
    image = QImage(FRAME.width_px, FRAME.height_px, QImage.Format.Format_RGB32)
    with painting(image) as painter:
        painter.setTransform(FRAME.transform)
        pen = _pen(4.0, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.BevelJoin)
        strokes = strokes_of([LineString(winding)])
        rect_m = FRAME.rect_m
        draw_strokes(painter, strokes, rect_m, FRAME.px_per_m, pen, lambda: looks.append(1))
    assert len(looks) == 3


def test_nothing_is_nothing() -> None:
    empty = strokes_of([])
    assert isinstance(empty, Strokes) and len(empty) == 0
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    with painting(image) as painter:
        pen = _pen(8.0, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        draw_strokes(painter, empty, QRectF(QRect(0, 0, 20, 20)), 1.0, pen, lambda: None)
