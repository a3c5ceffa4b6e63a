"""Names on the map: where each can stand without covering another. Knows no geography.

Greedy: in order of worth, each label takes the first of its places that is free, or is left out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.map.style import colour

CELL_PX = 64
GAP_PX = 3.0


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of a label in pixels, and how far it is turned clockwise."""

    x_px: float
    y_px: float
    turned_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """A name that wants to stand at one of `spots`, the best first."""

    text: str
    font: QFont
    ink: str
    halo: str
    spots: tuple[Spot, ...]
    spread_px: float = 0.0  # extra space between letters, for water

    def at(self, spot: Spot) -> Label:
        """The same name for one spot only."""
        return replace(self, spots=(spot,))


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A name and where it stands; `width_px` × `height_px` about its spot, turned with it."""

    label: Label
    spot: Spot
    width_px: float
    height_px: float


class Occupied:
    """The squares already taken on the picture, found again by coarse cells."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[QRectF]] = defaultdict(list)

    def take(self, box: QRectF) -> None:
        """Nothing else may stand on `box`."""
        for cell in _cells_of(box):
            self._cells[cell].append(box)

    def is_free(self, box: QRectF) -> bool:
        """Whether nothing stands on `box`."""
        return not any(
            box.intersects(other) for cell in _cells_of(box) for other in self._cells.get(cell, ())
        )


def place_labels(
    wanted: Iterable[Label], occupied: Occupied, inside: QRectF
) -> Iterator[PlacedLabel]:
    """Those labels that find a free spot wholly inside the picture, where they found it."""
    for label in wanted:
        width, height = label_size(label)
        for spot in label.spots:
            boxes = covering_boxes(spot, width, height)
            if all(inside.contains(box) and occupied.is_free(box) for box in boxes):
                for box in boxes:
                    occupied.take(box)
                yield PlacedLabel(label, spot, width, height)
                break


def label_size(label: Label) -> tuple[float, float]:
    """Width and height of a label in pixels, its halo included."""
    metrics = QFontMetricsF(spread(label.font, label.spread_px))
    lines = label.text.split("\n")
    width = max(metrics.horizontalAdvance(line) for line in lines)
    return width + 2 * GAP_PX, metrics.height() * len(lines)


def covering_boxes(spot: Spot, width_px: float, height_px: float) -> list[QRectF]:
    """Upright boxes that together cover a turned label, close to its own shape."""
    if spot.turned_deg == 0.0:
        return [QRectF(spot.x_px - width_px / 2, spot.y_px - height_px / 2, width_px, height_px)]
    count = max(1, math.ceil(width_px / height_px))
    along_px = width_px / count
    cos, sin = math.cos(math.radians(spot.turned_deg)), math.sin(math.radians(spot.turned_deg))
    half_x = (along_px * abs(cos) + height_px * abs(sin)) / 2
    half_y = (along_px * abs(sin) + height_px * abs(cos)) / 2
    steps = [(index - (count - 1) / 2) * along_px for index in range(count)]
    return [
        QRectF(
            spot.x_px + step * cos - half_x, spot.y_px + step * sin - half_y, 2 * half_x, 2 * half_y
        )
        for step in steps
    ]


def draw_label(painter: QPainter, placed: PlacedLabel, halo_px: float = 3.0) -> None:
    """The name with a halo in the colour of the ground, so that lines stop short of it."""
    painter.save()
    painter.translate(placed.spot.x_px, placed.spot.y_px)
    painter.rotate(placed.spot.turned_deg)
    path = text_path(placed.label.text, spread(placed.label.font, placed.label.spread_px))
    draw_haloed(painter, path, placed.label.ink, placed.label.halo, halo_px)
    painter.restore()


def draw_haloed(painter: QPainter, path: QPainterPath, ink: str, halo: str, halo_px: float) -> None:
    """Letters over their halo. By `drawPath`: `strokePath` would hold Python's lock meanwhile."""
    pen = QPen(colour(halo), halo_px)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink))
    painter.drawPath(path)


def text_path(text: str, font: QFont) -> QPainterPath:
    """The letters as a path, their block centred on the origin."""
    metrics = QFontMetricsF(font)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    lines = text.split("\n")
    top = -metrics.height() * len(lines) / 2
    for index, line in enumerate(lines):
        baseline = top + metrics.height() * index + metrics.ascent()
        path.addText(QPointF(-metrics.horizontalAdvance(line) / 2, baseline), font, line)
    return path


def spread(font: QFont, spread_px: float) -> QFont:
    """The same letters with `spread_px` more between them."""
    if not spread_px:
        return font
    wider = QFont(font)
    wider.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spread_px)
    return wider


def spots_along(
    line_px: NDArray[np.float64], width_px: float, height_px: float, every_px: float
) -> list[Spot]:
    """Spots on a line where a name `width_px` long lies nearly straight, from the middle outward.

    They depend on the whole line and the scale only, so names stay put while the map is moved.
    """
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line_px, axis=0).T))))
    length = float(along[-1])
    if length < width_px:
        return []
    count = 1 + 2 * int((length - width_px) / 2 // every_px)
    middles = length / 2 + (np.arange(count) - count // 2) * every_px
    middles = middles[np.argsort(np.abs(middles - length / 2), kind="stable")]
    found = (_spot_at(line_px, along, float(middle), width_px, height_px) for middle in middles)
    return [spot for spot in found if spot is not None]


def _spot_at(
    line_px: NDArray[np.float64],
    along: NDArray[np.float64],
    middle: float,
    width_px: float,
    height_px: float,
) -> Spot | None:
    """The spot, or None where the line bends away by a third of the letters' height."""
    steps = np.linspace(middle - width_px / 2, middle + width_px / 2, 9)
    x, y = np.interp(steps, along, line_px[:, 0]), np.interp(steps, along, line_px[:, 1])
    run_x, run_y = x[-1] - x[0], y[-1] - y[0]
    chord = math.hypot(run_x, run_y)
    if chord < 0.9 * width_px:
        return None
    bend = np.abs((x - x[0]) * run_y - (y - y[0]) * run_x) / chord
    if bend.max() > height_px / 3:
        return None
    turned = math.degrees(math.atan2(run_y, run_x))
    if turned > 90 or turned <= -90:  # never upside down
        turned -= math.copysign(180, turned)
    return Spot(float(x.mean()), float(y.mean()), turned)


def spots_around(
    at: QPointF, width_px: float, height_px: float, away_px: float
) -> tuple[Spot, ...]:
    """Right, left, below and above a mark of radius `away_px`."""
    x, y = at.x(), at.y()
    return (
        Spot(x + away_px + width_px / 2, y),
        Spot(x - away_px - width_px / 2, y),
        Spot(x, y + away_px + height_px / 2),
        Spot(x, y - away_px - height_px / 2),
    )


def spots_near(at: QPointF, steps_px: Sequence[float]) -> tuple[Spot, ...]:
    """The place itself, then a little below and above it."""
    return tuple(Spot(at.x(), at.y() + step) for step in steps_px)


def _cells_of(box: QRectF) -> Iterator[tuple[int, int]]:
    for column in range(int(box.left() // CELL_PX), int(box.right() // CELL_PX) + 1):
        for row in range(int(box.top() // CELL_PX), int(box.bottom() // CELL_PX) + 1):
            yield column, row
