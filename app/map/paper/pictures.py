"""Pictures of the ground on a sheet: put together as sharp as print needs, one picture in the file.

Qt would write it into the SVG as a PNG, which for a photograph is five times as large as a JPEG; so
a mark is drawn in its place, and the finished file gets the picture there.
"""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter, QPen

from app.map.draw_rasters import RasterStack
from app.map.frame import Frame
from app.map.paper.order import DPI
from app.map.style import MapStyle, colour

PRINTED_DPI = 200
MOST_PX = 1_800_000
"""Of one sheet: on A3 the picture is less sharp, and the file no larger."""
_QUALITY = 82
_STRENGTH = 0.72
_OPEN_SHARE = 0.05  # of the picture's own box: so much at a slanting edge is filled with land
_MARK = QRectF(-9000.0, -9000.0, 7.0, 7.0)
_MARK_SVG = b'<rect x="-9000" y="-9000" width="7" height="7"/>'


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """An encoded picture and where it lies, in the sheet's pixels."""

    data: bytes
    kind: str  # of `image/…`
    box: QRectF

    def svg(self) -> bytes:
        """As an element of the sheet's file."""
        box = self.box
        head = (
            f'<image x="{box.x():g}" y="{box.y():g}" width="{box.width():g}"'
            f' height="{box.height():g}" preserveAspectRatio="none"'
            f' xlink:href="data:image/{self.kind};base64,'
        )
        return head.encode() + base64.b64encode(self.data) + b'"/>'


def picture_of(stack: RasterStack, frame: Frame, style: MapStyle) -> SheetPicture | None:
    """Everything the pictures show of a sheet; None where they show nothing of it."""
    most = math.sqrt(MOST_PX / (frame.width_px * frame.height_px))
    sharp = replace(frame, dpr=min(PRINTED_DPI / DPI, most))
    image = QImage(*sharp.device_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    whole = QRect(0, 0, frame.width_px, frame.height_px)
    if not stack.paint(image, sharp, whole, _go_on):
        return None
    shown = _shown_px(image)
    if shown is None:
        return None
    left, top = shown.x() / sharp.dpr, shown.y() / sharp.dpr
    box = QRectF(left, top, shown.width() / sharp.dpr, shown.height() / sharp.dpr)
    return _encoded(image.copy(shown), box, style)


def draw_mark(painter: QPainter) -> None:
    """Keep the place among the layers for the picture, outside the sheet."""
    painter.setPen(QPen(Qt.PenStyle.NoPen))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(_MARK)


def with_picture(svg: bytes, picture: SheetPicture) -> bytes:
    """The file with the picture where the mark was."""
    assert svg.count(_MARK_SVG) == 1
    return svg.replace(_MARK_SVG, picture.svg())


def _shown_px(image: QImage) -> QRect | None:
    """The box around everything that is not wholly see-through."""
    seen = _alpha(image) > 0
    columns, rows = np.flatnonzero(seen.any(axis=0)), np.flatnonzero(seen.any(axis=1))
    if not len(columns):
        return None
    left, top = int(columns[0]), int(rows[0])
    return QRect(left, top, int(columns[-1]) - left + 1, int(rows[-1]) - top + 1)


def _alpha(image: QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    bits = np.frombuffer(image.constBits(), np.uint8)
    rows = bits.reshape(image.height(), image.bytesPerLine())
    return rows[:, 3 : 4 * image.width() : 4]


def _encoded(image: QImage, box: QRectF, style: MapStyle) -> SheetPicture:
    """A JPEG, or a PNG of a picture with larger holes, through which the map is seen."""
    if float((_alpha(image) < 255).mean()) > _OPEN_SHARE:
        clear = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
        clear.fill(Qt.GlobalColor.transparent)
        _lay_on(clear, image)
        return SheetPicture(_bytes(clear, b"PNG", -1), "png", box)
    whole = QImage(image.size(), QImage.Format.Format_RGB32)
    whole.fill(colour(style.land))
    _lay_on(whole, image)
    return SheetPicture(_bytes(whole, b"JPG", _QUALITY), "jpeg", box)


def _lay_on(paper: QImage, image: QImage) -> None:
    """Paler than it is: black outlines and names are read upon it, and it takes less ink."""
    painter = QPainter(paper)
    painter.setOpacity(_STRENGTH)
    painter.drawImage(0, 0, image)
    painter.end()


def _bytes(image: QImage, kind: bytes, quality: int) -> bytes:
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(quality)
    writer.write(image)
    buffer.close()
    return bytes(written.data())


def _go_on() -> None:
    """A printed map is never unwanted half-way."""
