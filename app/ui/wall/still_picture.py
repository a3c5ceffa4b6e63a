"""A camera's picture as the bytes of a PNG file, made away from the window. No log, no disk."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter

from app.clock import to_stored
from app.incidents.snapshots import Still
from app.ui.picture_image import image_over
from app.video.health import Health
from app.video.picture import Picture


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture as it was when the officer asked, copied: its decoder may go on."""

    image: QImage
    still: Still
    """Without its bytes yet."""

    def encoded(self) -> Still:
        """With its bytes. Lossless; takes a tenth of a second and more: not for the Qt thread."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(self.image)  # lets other threads run
        return replace(self.still, png=bytes(buffer.data().data()))


def shoot(picture: Picture, health: Health, now_s: float) -> Shot:
    """Copy a picture and what is known of it. The copy says in itself whose it is and of when."""
    height, width = picture.pixels.shape[:2]
    image = image_over(picture.pixels).copy()
    image.setText("Source", picture.camera_id)
    image.setText("Creation Time", to_stored(picture.arrived_at))
    if health.clock_ahead_s is not None:
        image.setText("Camera clock ahead (s)", f"{health.clock_ahead_s:.3f}")
    still = Still(
        camera_id=picture.camera_id,
        taken_at=picture.arrived_at,
        png=b"",
        width_px=width,
        height_px=height,
        source_width_px=picture.source_size.width_px,
        source_height_px=picture.source_size.height_px,
        age_s=max(0.0, now_s - picture.arrived_s),
        clock_ahead_s=health.clock_ahead_s,
    )
    return Shot(image, still)


def copy_to_clipboard(still: Still) -> None:
    """The very bytes whose hash is in the log, and for programs that take no PNG the picture."""
    content = QMimeData()
    content.setData("image/png", still.png)
    content.setImageData(QImage.fromData(still.png))
    QGuiApplication.clipboard().setMimeData(content)
