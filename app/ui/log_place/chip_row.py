"""How a question was understood, as chips: each can be taken away with a click or with Del."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.thai.translation import tr
from app.ui.icons import pixmap
from app.ui.theme import Theme
from app.ui.widgets.labels import voiced

_GAP_PX = 6
_WIDEST_PX = 320


@dataclass(frozen=True, slots=True)
class ChipWords:
    """`name` and `value` say what goes when the chip goes; `icon` stands before its words."""

    name: str
    value: str
    words: str
    icon: str = ""


class Chip(QPushButton):
    """One chip with its cross."""

    def __init__(self, theme: Theme, chip: ChipWords) -> None:
        super().__init__()
        self._theme = theme
        self._chip = chip
        self._font = theme.font("small", 500)
        metrics = QFontMetrics(self._font)
        self._words = metrics.elidedText(
            chip.words, Qt.TextElideMode.ElideRight, theme.px(_WIDEST_PX)
        )
        self._words_px = metrics.horizontalAdvance(self._words)
        self.setProperty("slim", True)
        self.setToolTip(tr("Take “{what}” away", what=chip.words))
        self.setAccessibleName(self.toolTip())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        icon = self._theme.px(13) + 5 if self._chip.icon else 0
        cross = self._theme.px(12) + 5
        return QSize(icon + self._words_px + cross + 18, self._theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.underMouse()
        painter.setBrush(theme.colour("selected"))
        painter.setPen(theme.colour("blue" if self.hasFocus() else "selected_line"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 3, 3)
        colour, dpr, x = theme.colour("selected_text_2"), self.devicePixelRatioF(), 8
        if self._chip.icon:
            side = theme.px(13)
            image = pixmap(self._chip.icon, colour, side, dpr)
            painter.drawPixmap(x, (self.height() - side) // 2, image)
            x += side + 5
        painter.setFont(self._font)
        painter.setPen(theme.colour("selected_text"))
        painter.drawText(
            self.rect().adjusted(x, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._words
        )
        side = theme.px(12)
        cross = pixmap("x", theme.colour("selected_text") if lit else colour, side, dpr)
        painter.drawPixmap(x + self._words_px + 5, (self.height() - side) // 2, cross)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return):
            self.click()
        else:
            super().keyPressEvent(event)


class ChipRow(QWidget):
    """As many chips as there is room for; the rest is counted."""

    taken_away = Signal(str, str)  # name, value

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[ChipWords, ...] = ()
        self._chips: list[Chip] = []
        self._is_roomy = True
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP_PX)
        self._lead = voiced(tr("Understood as"), "hint")
        self._more = voiced("", "hint")
        self._row.addWidget(self._lead)
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self._lead.hide()
        self._more.hide()
        self.setMinimumWidth(1)
        self.setFixedHeight(theme.px(26))

    @property
    def chips(self) -> tuple[ChipWords, ...]:
        """What is shown."""
        return self._shown

    def show_chips(self, chips: Sequence[ChipWords]) -> None:
        """Other chips."""
        if tuple(chips) == self._shown:
            return
        self._shown = tuple(chips)
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._made(chip) for chip in chips]
        for number, chip in enumerate(self._chips, start=1):
            self._row.insertWidget(number, chip)
        self._show_lead()
        self._fit()

    def fit(self, *, roomy: bool) -> None:
        """A narrow row has no room for words before its chips."""
        self._is_roomy = roomy
        self._show_lead()
        self._fit()

    def _show_lead(self) -> None:
        self._lead.setVisible(self._is_roomy and bool(self._chips))

    def _made(self, chip: ChipWords) -> Chip:
        made = Chip(self._theme, chip)
        made.clicked.connect(functools.partial(self._on_clicked, chip))
        return made

    def _on_clicked(self, chip: ChipWords, _checked: bool = False) -> None:
        self.taken_away.emit(chip.name, chip.value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        widths = [chip.sizeHint().width() + _GAP_PX for chip in self._chips]
        room = self.width()
        if self._is_roomy:
            room -= self._lead.sizeHint().width() + _GAP_PX
        fitting = len(widths)
        if sum(widths) > room:
            self._more.setText(tr("and {count} more", count=len(widths)))
            room -= self._more.sizeHint().width() + _GAP_PX
            fitting = sum(total <= room for total in itertools.accumulate(widths))
        for number, chip in enumerate(self._chips):
            chip.setVisible(number < fitting)
        self._more.setText(tr("and {count} more", count=len(widths) - fitting))
        self._more.setVisible(fitting < len(widths))
