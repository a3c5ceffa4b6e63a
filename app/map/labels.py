"""Names on the map: where each can stand without covering another. Knows no geography.

Greedy: in order of worth, each label takes the first of its places that is free, or is left out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEngine, QPainter, QPainterPath, QPen

from app.map.letters import outline
from app.map.marks import Metres
from app.map.style import colour

CELL_PX = 64
GAP_PX = 3.0
_ROWS = 1_000_003

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


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
    size_px: tuple[float, float] | None = None  # where it is known before

    def at(self, spot: Spot) -> Label:
        """The same name for one spot only."""
        return Label(
            self.text, self.font, self.ink, self.halo, (spot,), self.spread_px, self.size_px
        )


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A name and where it stands; `width_px` × `height_px` about its spot, turned with it."""

    label: Label
    spot: Spot
    width_px: float
    height_px: float


class Occupied:
    """The boxes already taken on the picture, found again by coarse cells."""

    def __init__(self) -> None:
        self._cells: dict[int, list[Box]] = defaultdict(list)

    def take(self, box: Box) -> None:
        """Nothing else may stand on `box`."""
        for cell in _cells_of(box):
            self._cells[cell].append(box)

    def take_squares(self, middles_px: Metres, half_x: float, half_y: float) -> None:
        """The same for many boxes (N, 2) of one size, no larger than a cell."""
        low, high = middles_px - (half_x, half_y), middles_px + (half_x, half_y)
        boxes = list(map(tuple, np.concatenate((low, high), axis=1).tolist()))
        first, last = (np.floor(corner / CELL_PX).astype(np.int64) for corner in (low, high))
        wide, tall = first[:, 0] != last[:, 0], first[:, 1] != last[:, 1]
        for column, row, also in (
            (first[:, 0], first[:, 1], None),
            (last[:, 0], first[:, 1], wide),
            (first[:, 0], last[:, 1], tall),
            (last[:, 0], last[:, 1], wide & tall),
        ):
            keys = column * _ROWS + row
            chosen = range(len(boxes)) if also is None else np.flatnonzero(also).tolist()
            keys = keys if also is None else keys[also]
            for key, index in zip(keys.tolist(), chosen, strict=True):
                self._cells[key].append(boxes[index])

    def is_free(self, box: Box) -> bool:
        """Whether nothing stands on `box`."""
        left, top, right, bottom = box
        for cell in _cells_of(box):
            for other in self._cells.get(cell, ()):
                if left < other[2] and right > other[0] and top < other[3] and bottom > other[1]:
                    return False
        return True


def place_labels(
    wanted: Iterable[Label], occupied: Occupied, inside: QRectF
) -> Iterator[PlacedLabel]:
    """Those labels that find a free spot wholly inside the picture, where they found it."""
    edges = (inside.left(), inside.top(), inside.right(), inside.bottom())
    for label in wanted:
        width, height = label.size_px or label_size(label)
        for spot in label.spots:
            boxes = covering_boxes(spot, width, height)
            if all(_is_within(box, edges) and occupied.is_free(box) for box in boxes):
                for box in boxes:
                    occupied.take(box)
                yield PlacedLabel(label, spot, width, height)
                break


def _is_within(box: Box, edges: Box) -> bool:
    low = box[0] >= edges[0] and box[1] >= edges[1]
    return low and box[2] <= edges[2] and box[3] <= edges[3]


def label_size(label: Label) -> tuple[float, float]:
    """Width and height of a label in pixels, its halo included."""
    metrics = QFontMetricsF(spread(label.font, label.spread_px))
    lines = label.text.split("\n")
    width = max(metrics.horizontalAdvance(line) for line in lines)
    return width + 2 * GAP_PX, metrics.height() * len(lines)


def covering_boxes(spot: Spot, width_px: float, height_px: float) -> list[Box]:
    """Upright boxes that together cover a turned label, close to its own shape."""
    x, y = spot.x_px, spot.y_px
    if spot.turned_deg == 0.0:
        half_x, half_y = width_px / 2, height_px / 2
        return [(x - half_x, y - half_y, x + half_x, y + half_y)]
    count = max(1, math.ceil(width_px / height_px))
    along_px = width_px / count
    cos, sin = math.cos(math.radians(spot.turned_deg)), math.sin(math.radians(spot.turned_deg))
    half_x = (along_px * abs(cos) + height_px * abs(sin)) / 2
    half_y = (along_px * abs(sin) + height_px * abs(cos)) / 2
    middles = (
        (x + step * cos, y + step * sin)
        for step in ((index - (count - 1) / 2) * along_px for index in range(count))
    )
    return [(at_x - half_x, at_y - half_y, at_x + half_x, at_y + half_y) for at_x, at_y in middles]


def draw_label(painter: QPainter, placed: PlacedLabel, halo_px: float = 3.0) -> None:
    """The name with a halo in the colour of the ground, so that lines stop short of it."""
    painter.save()
    painter.translate(placed.spot.x_px, placed.spot.y_px)
    painter.rotate(placed.spot.turned_deg)
    path = text_path(placed.label.text, spread(placed.label.font, placed.label.spread_px))
    draw_haloed(painter, path, placed.label.ink, placed.label.halo, halo_px)
    painter.restore()


def draw_haloed(painter: QPainter, path: QPainterPath, ink: str, halo: str, halo_px: float) -> None:
    """Letters over their halo."""
    pen = QPen(colour(halo), halo_px)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink))
    painter.drawPath(path)


def write_centred(painter: QPainter, box: QRectF, text: str, font: QFont, ink: str) -> None:
    """A word in the middle of a box; as outlines where the picture goes to paper, which may not
    have the letters."""
    if painter.paintEngine().type() is QPaintEngine.Type.SVG:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ink))
        painter.drawPath(text_path(text, font).translated(box.center()))
        return
    painter.setFont(font)
    painter.setPen(colour(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def text_path(text: str, font: QFont) -> QPainterPath:
    """The letters as a path, their block centred on the origin."""
    metrics = QFontMetricsF(font)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    lines = text.split("\n")
    top = -metrics.height() * len(lines) / 2
    for index, line in enumerate(lines):
        baseline = top + metrics.height() * index + metrics.ascent()
        begins = QPointF(-metrics.horizontalAdvance(line) / 2, baseline)
        path.addPath(outline(line, font, begins))
    return path


def spread(font: QFont, spread_px: float) -> QFont:
    """The same letters with `spread_px` more between them."""
    if not spread_px:
        return font
    wider = QFont(font)
    wider.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spread_px)
    return wider


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


def _cells_of(box: Box) -> list[int]:
    columns = range(int(box[0] // CELL_PX), int(box[2] // CELL_PX) + 1)
    rows = range(int(box[1] // CELL_PX), int(box[3] // CELL_PX) + 1)
    return [column * _ROWS + row for column in columns for row in rows]
