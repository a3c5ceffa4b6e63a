"""The written names over a picture: whole or not at all, and those of areas wherever there is room.

A picture is written before anybody knows where units stand and what a hand draws. A road's name
comes again farther on; an area has one only, so it steps aside instead of going. Knows no units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import cast

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from app.map.draw_names import Name, letters
from app.map.frame import Frame
from app.map.labels import Box, Label
from app.map.marks import Metres
from app.map.style import MapStyle

MARK_PX = 8.0  # what stands is at least so large to every side
NOTE_BELOW_PX = 20.0
_ASIDE_PX = (0.0, 70.0, -70.0)
_ABOVE_PX = (0.0, 28.0, -28.0, 56.0, -56.0, 84.0, -84.0)
_FARTHEST_PX = 260.0  # no part of a name that stepped aside reaches farther from its home
_STEPS = sorted(((x, y) for x in _ASIDE_PX for y in _ABOVE_PX), key=lambda at: np.hypot(*at))

Written = tuple[QImage, tuple[QRectF, ...]]
"""Letters, and the boxes they cover about their middle."""


@dataclass(frozen=True, slots=True, eq=False)
class AreaWords:
    """The names that may step aside, and what is said beneath each of them.

    `clear_of_m`: places along what a hand draws, in local metres, (N, 2); both keep clear of it.
    """

    names: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    clear_of_m: Metres = field(default_factory=lambda: np.empty((0, 2)))


def draw_free_names(
    painter: QPainter,
    frame: Frame,
    names: Sequence[Name],
    taken: Sequence[QRectF],
    words: AreaWords,
    marks_px: Metres,
    style: MapStyle,
) -> None:
    """The names that are whole: nothing lies upon them and no edge cuts them.

    `marks_px`: the middles of what stands in the picture, (N, 2); the picture's own names keep
    clear of it where they are, those that step aside must do so again. In plain numbers: this is
    done for every name at every step of a hand.
    """
    scale, dpr, width_px, height_px = frame.px_per_m, frame.dpr, frame.width_px, frame.height_px
    left_m, top_m = frame.left_m, frame.bottom_m + frame.height_m
    others, stood = [_edges(box) for box in taken], []
    aside = []
    for name in names:
        x, y = (name.x_m - left_m) * scale, (top_m - name.y_m) * scale
        if name.text in words.names:
            aside.append((name, x, y))
            continue
        if not (0 <= x <= width_px and 0 <= y <= height_px):
            continue  # its middle is cut off
        boxes = []
        for box in name.boxes:
            west, north, east, south = _edges(box)
            west, north, east, south = west + x, north + y, east + x, south + y
            if west < 0 or north < 0 or east > width_px or south > height_px:
                break
            if any(
                west < right and left < east and north < bottom and top < south
                for left, top, right, bottom in others
            ):
                break
            boxes.append((west, north, east, south))
        else:
            _put(painter, name.image, x, y, dpr)
            stood += boxes
    if aside:
        marks_px = np.concatenate((marks_px, frame.all_to_px(words.clear_of_m)))
    for name, x, y in aside:
        placer = _Aside(frame, (x, y), [*others, *stood], marks_px)
        note = _note(words.notes.get(name.text, ""), frame, style)
        stood += placer.put(painter, name, note, NOTE_BELOW_PX * style.text_scale)


class _Aside:
    """Looks for the nearest free place for the name of an area that belongs at `home_px`."""

    def __init__(
        self, frame: Frame, home_px: tuple[float, float], taken: Sequence[Box], marks_px: Metres
    ) -> None:
        self._frame, (self._x, self._y) = frame, home_px
        west, north = self._x - _FARTHEST_PX, self._y - _FARTHEST_PX
        east, south = self._x + _FARTHEST_PX, self._y + _FARTHEST_PX
        self._taken = [
            (left, top, right, bottom)
            for left, top, right, bottom in taken
            if west < right and left < east and north < bottom and top < south
        ]
        near = np.abs(marks_px - home_px) < _FARTHEST_PX
        self._marks = [
            (x - MARK_PX, y - MARK_PX, x + MARK_PX, y + MARK_PX)
            for x, y in marks_px[near.all(axis=1)].tolist()
        ]

    def put(
        self, painter: QPainter, name: Name, note: Written | None, below_px: float
    ) -> list[Box]:
        """Write it, and what is said beneath it; the boxes they stand in."""
        rest = [_edges(box) for box in name.boxes]
        if note is not None:
            rest += [_edges(box.translated(0, below_px)) for box in note[1]]
        for step_x, step_y in _STEPS:
            x, y = self._x + step_x, self._y + step_y
            boxes = [
                (west + x, north + y, east + x, south + y) for west, north, east, south in rest
            ]
            if all(self._is_free(box) for box in boxes):
                _put(painter, name.image, x, y, self._frame.dpr)
                if note is not None:
                    _put(painter, note[0], x, y + below_px, self._frame.dpr)
                return boxes
        return []

    def _is_free(self, box: Box) -> bool:
        west, north, east, south = box
        frame = self._frame
        if west < 0 or north < 0 or east > frame.width_px or south > frame.height_px:
            return False
        return not any(
            west < right and left < east and north < bottom and top < south
            for left, top, right, bottom in (*self._taken, *self._marks)
        )


def _note(text: str, frame: Frame, style: MapStyle) -> Written | None:
    if not text:
        return None
    return letters(
        Label(text, style.font(13), style.text_secondary, style.land, ()), 0.0, frame.dpr
    )


def _put(painter: QPainter, image: QImage, x: float, y: float, dpr: float) -> None:
    """A picture with its middle there, on whole device pixels."""
    corner_x, corner_y = x * dpr - image.width() / 2, y * dpr - image.height() / 2
    painter.drawImage(QPointF(round(corner_x) / dpr, round(corner_y) / dpr), image)


def _edges(box: QRectF) -> Box:
    """Left, top, right, bottom."""
    return cast("Box", box.getCoords())
