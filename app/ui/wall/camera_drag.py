"""A camera under way with the mouse: from a tile, the map or a list, onto a tile. Knows no wall."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QFontMetrics, QPainter, QPixmap

from app.ui.icons import pixmap
from app.ui.theme import Theme

CAMERA_MIME = "application/x-ssz-camera"
_LONGEST_ID = 64  # bytes: what comes from another program is not believed


def camera_mime(camera_id: str) -> QMimeData:
    """What a drag of this camera carries; a list gives it from `mimeData`."""
    mime = QMimeData()
    mime.setData(CAMERA_MIME, camera_id.encode())
    return mime


def camera_of(mime: QMimeData) -> str:
    """The camera that is dragged; empty if it is something else."""
    carried = bytes(mime.data(CAMERA_MIME).data())
    try:
        return carried.decode() if len(carried) <= _LONGEST_ID else ""
    except UnicodeDecodeError:
        return ""


def drag_camera(theme: Theme, source: QObject, camera_id: str, title: str) -> None:
    """Carry the camera until the button is let go or Esc is pressed; returns then."""
    drag = QDrag(source)
    drag.setMimeData(camera_mime(camera_id))
    label = _label(theme, title)
    drag.setPixmap(label)
    drag.setHotSpot(QPoint(-12, label.height() // 2))  # beside the pointer: the tile stays seen
    drag.exec(Qt.DropAction.MoveAction)


def _label(theme: Theme, title: str) -> QPixmap:
    """The camera's name as it is carried along."""
    font = theme.font("small", 600)
    side, height = theme.px(15), theme.px(26)
    width = 8 + side + 6 + QFontMetrics(font).horizontalAdvance(title) + 10
    label = QPixmap(width, height)
    label.fill(theme.colour("raised"))
    painter = QPainter(label)
    painter.setPen(theme.colour("blue"))
    painter.drawRect(0, 0, width - 1, height - 1)
    painter.drawPixmap(8, (height - side) // 2, pixmap("cctv", theme.colour("text_2"), side))
    painter.setFont(font)
    painter.setPen(theme.colour("text"))
    room = QRect(8 + side + 6, 0, width, height)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
    painter.end()
    return label
