"""A camera's pixels as Qt sees them, without copying. Knows no widget and no camera."""

from __future__ import annotations

from numpy.lib.stride_tricks import as_strided
from PySide6.QtGui import QImage

from app.video.picture import Pixels


def image_over(pixels: Pixels) -> QImage:
    """(height, width, 4) BGRA whose rows may lie apart. The pixels must outlive the image."""
    height, width = pixels.shape[:2]
    line = pixels.strides[0]
    bare = pixels
    if line != 4 * width:  # Qt takes a piece of memory, gaps and all
        bare = as_strided(pixels, (line * (height - 1) + 4 * width,), (1,), writeable=False)
    return QImage(bare.data, width, height, line, QImage.Format.Format_RGB32)
