"""The rail on the left: six places, and the shortcuts at its foot."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout

from app.thai.translation import tr
from app.ui.icons import pixmap
from app.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Place:
    """One of the six places of the window."""

    id: str
    name: str
    icon: str


def places() -> tuple[Place, ...]:
    """The six, in the order of Ctrl+1 to Ctrl+6."""
    return (
        Place("live", tr("Live"), "monitor"),
        Place("review", tr("Review"), "history"),
        Place("log", tr("Log"), "notebook-text"),
        Place("map", tr("Map"), "map"),
        Place("papers", tr("Papers"), "printer"),
        Place("setup", tr("Setup"), "sliders-horizontal"),
    )


class RailButton(QAbstractButton):
    """Icon over its word; the present place has the blue ground and bar."""

    def __init__(self, theme: Theme, icon: str, text: str, tip: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        width = self._theme.words_px("hint", self.text(), 500) + 10
        return QSize(max(width, self._theme.px(56)), self._theme.px(60))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.isChecked():
            painter.fillRect(self.rect(), self._theme.colour("selected"))
            painter.fillRect(QRect(0, 0, 3, self.height()), self._theme.colour("blue"))
        elif self.underMouse():
            painter.fillRect(self.rect(), self._theme.colour("control"))
        side = self._theme.px(22)
        colour = self._theme.colour("text" if self.isChecked() else "text_2")
        image = pixmap(self._icon_name, colour, side, self.devicePixelRatioF())
        top = (self.height() - side - self._theme.px(20)) // 2
        painter.drawPixmap((self.width() - side) // 2, top, image)
        painter.setPen(colour)
        painter.setFont(self._theme.font("hint", 500))
        where = QRect(0, top + side + 2, self.width(), self._theme.px(20))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setPen(self._theme.colour("blue"))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


class Rail(QFrame):
    """Emits the place that was asked for."""

    place_requested = Signal(str)
    shortcuts_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self.setProperty("edge", "right")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 6)
        column.setSpacing(0)
        self._group = QButtonGroup(self)
        self._places = places()
        for number, place in enumerate(self._places):
            button = RailButton(theme, place.icon, place.name, f"{place.name}  Ctrl {number + 1}")
            button.setCheckable(True)
            self._group.addButton(button, number)
            column.addWidget(button)
        column.addStretch(1)
        self._keys = RailButton(theme, "circle-help", tr("Keys ?"), tr("All shortcuts"))
        self._keys.clicked.connect(self.shortcuts_requested)
        column.addWidget(self._keys)
        self._group.idClicked.connect(self._on_clicked)
        widest = max(button.sizeHint().width() for button in self._group.buttons())
        self.setFixedWidth(max(theme.px(60), widest, self._keys.sizeHint().width()) + 1)

    def show_place(self, place_id: str) -> None:
        """Mark the present place; a handover belongs to the log."""
        marked = "log" if place_id == "handover" else place_id
        number = [place.id for place in self._places].index(marked)
        self._group.button(number).setChecked(True)

    def _on_clicked(self, number: int) -> None:
        self.place_requested.emit(self._places[number].id)
