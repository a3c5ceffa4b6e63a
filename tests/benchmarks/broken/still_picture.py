"""No product at all: a picture of a console, letters in every place, shown at once."""

from __future__ import annotations

import sys

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

_PLACES = [QRect(5, 44 + 60 * row, 50, 60) for row in range(6)]
_HEADER = [QRect(10, 0, 260, 44), QRect(1240, 0, 360, 44)]


class StillPicture(QWidget):
    """Paints the same for ever."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#0D1115"))
        painter.setPen(QColor("#E8EDF1"))
        font = QFont()
        font.setPixelSize(15)
        painter.setFont(font)
        for place in _PLACES:
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "Live\nview")
        for place in _HEADER:
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "Station Mukdahan 10:46:31")


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    window = StillPicture()
    window.resize(1600, 900)
    window.show()
    sys.exit(application.exec())
