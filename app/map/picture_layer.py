"""Cached pictures at their place on the ground, and what lives above them: the map's surface.

Knows no events and nobody who draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QRegion, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.map.frame import Frame

_EDGE_PX = 2.0  # pictures lie on whole pixels: their edge may be a little off
_EVERYWHERE = QRectF(-2e6, -2e6, 4e6, 4e6)


@dataclass(frozen=True, slots=True, eq=False)
class _Joined:
    """Two pictures of the same ground, and what is seen where one lies upon the other."""

    below: QImage
    above: QImage
    both: QImage


class PictureLayer(QGraphicsItem):
    """A cached picture at its place on the ground: moved pixel for pixel, scaled until redrawn.

    `below` is the layer under it, if any.
    """

    def __init__(self, below: PictureLayer | None = None) -> None:
        super().__init__()
        self._below = below
        self._image: QImage | None = None
        self._frame: Frame | None = None
        self._before: tuple[QImage, Frame] | None = None
        self._joined: _Joined | None = None  # with the layer above

    @property
    def frame(self) -> Frame | None:
        """The ground the picture shows."""
        return self._frame

    def show_picture(self, image: QImage, frame: Frame) -> None:
        """Show this picture from the next paint on; around it the one before, until a larger one
        comes."""
        if self._image is not None and self._frame is not None:
            self._before = (self._image, self._frame)
            if frame.as_sharp_as(self._frame) and frame.holds(self._frame):
                self._before = None  # it shows nothing that the new one does not
        self._image, self._frame = image, frame
        self.part()

    def fills(self, view: Frame) -> bool:
        """Whether nothing of the view is seen beside the picture or beside the one before."""
        frames = [self._frame] if self._before is None else [self._frame, self._before[1]]
        return any(frame is not None and frame.holds(view, _EDGE_PX) for frame in frames)

    def join_below(self) -> None:
        """Make one picture of this and the one below, for a hand that begins to move the map: half
        the pixels to press at each of its steps. Does nothing where they show different ground."""
        below = self._below
        if below is None or self._image is None or below._image is None:
            return
        if below._frame != self._frame or below._is_joined_with(self):
            return
        both = below._image.copy()
        with_both = QPainter(both)
        with_both.drawImage(QPointF(0, 0), self._image)
        with_both.end()
        below._joined = _Joined(below._image, self._image, both)

    def part(self) -> None:
        """Let go of that picture."""
        self._joined = None
        if self._below is not None:
            self._below._joined = None

    def _is_joined_with(self, above: PictureLayer) -> bool:
        return self._joined is not None and self._joined.above is above._image

    def boundingRect(self) -> QRectF:
        return _EVERYWHERE

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self._image is None or self._frame is None:
            return
        to_device = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        if self._before is not None:
            covered = _on_device(to_device, self._frame).toAlignedRect()
            # One by one: Qt scales a picture the fast way in a single rectangle only.
            seen = QRegion(painter.viewport())
            for around in cast("Iterable[QRect]", seen.subtracted(QRegion(covered))):
                painter.setClipRect(around)
                _press(painter, to_device, *self._before)
            painter.setClipping(False)
        if self._below is None or not self._below._is_joined_with(self):
            image = self._image if self._joined is None else self._joined.both
            _press(painter, to_device, image, self._frame)
        painter.restore()


def _on_device(to_device: QTransform, frame: Frame) -> QRectF:
    rect = frame.rect_m
    top_left = to_device.map(QPointF(rect.left(), rect.bottom()))
    return QRectF(top_left, to_device.map(QPointF(rect.right(), rect.top())))


def _press(painter: QPainter, to_device: QTransform, image: QImage, frame: Frame) -> None:
    """The picture at its place on the ground, in a painter of plain pixels."""
    box = _on_device(to_device, frame)
    if abs(box.width() - frame.width_px) < 0.01:
        # Same scale: on whole device pixels, or the blit would blur.
        dpr = frame.dpr
        painter.drawImage(QPointF(round(box.x() * dpr) / dpr, round(box.y() * dpr) / dpr), image)
    else:
        painter.drawImage(box, image)


class LiveLayer(QGraphicsItem):
    """What is drawn anew at every paint, in logical pixels."""

    def __init__(self, draw: Callable[[QPainter], None]) -> None:
        super().__init__()
        self._draw = draw

    def boundingRect(self) -> QRectF:
        return _EVERYWHERE

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter)
        painter.restore()
