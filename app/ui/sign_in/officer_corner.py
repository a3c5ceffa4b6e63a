"""The header's corner: who holds the console, and the shift. Pressed, it offers what there is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.labels import ElidedLabel, IconLabel, measured_anew, restate, voiced

_ENDLESS_PX = 16_777_215  # as wide as Qt lets a widget be


class OfficerCorner(QPushButton):
    """Two lines and an arrow. It is told what to say; the shift leads to its handover."""

    shift_pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("flat", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name = ElidedLabel("", "strong")
        self.name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.name.setContentsMargins(0, 3, 0, 1)
        self.shift = voiced("", "hint")
        self.shift.setContentsMargins(0, 1, 0, 2)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 4, 0)
        row.setSpacing(6)
        for label in (self.name, self.shift):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            lines.addWidget(label, 0, Qt.AlignmentFlag.AlignRight)
        row.addLayout(lines)
        arrow = IconLabel(theme, "chevron-down", "text_3", 13)
        arrow.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(arrow)

    def show_name(self, name: str) -> None:
        """Who holds the console."""
        self._say(self.name, name)
        self.setAccessibleName(tr("Officer at the console: {officer}", officer=name))

    def show_shift(self, words: str, *, waits: bool = False) -> None:
        """Which shift it is, or that its handover waits for being accepted."""
        self._say(self.shift, words)
        restate(self.shift, "state", "amber" if waits else "")

    def show_all(self) -> None:
        """The whole name and the shift."""
        self.name.setMaximumWidth(_ENDLESS_PX)
        self.name.show()
        self.shift.show()
        self.setToolTip("")
        self._measure()

    def drop_shift(self) -> None:
        """The name alone, if that is narrower, and unless a handover waits."""
        if self.shift.sizeHint().width() > self.name.sizeHint().width():
            self._hide_shift()

    def shorten(self, most_px: int) -> None:
        """The name alone; a long one ends in …"""
        self.name.setMaximumWidth(most_px)
        self._hide_shift()

    def _hide_shift(self) -> None:
        self.shift.setVisible(self.shift.property("state") == "amber")
        self._measure()

    def drop_name(self) -> None:
        """The arrow alone; its tool tip tells the name."""
        self.setToolTip(self.name.text())
        self.name.hide()
        self._measure()

    def _measure(self) -> None:
        """What was measured before counts no more."""
        measured_anew(self)
        self.updateGeometry()

    def _say(self, label: QLabel, words: str) -> None:
        if label.text() != words:
            label.setText(words)
            self._measure()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.shift.isVisible() and self.shift.geometry().contains(event.position().toPoint()):
            self.setDown(False)
            self.shift_pressed.emit()
            return
        super().mouseReleaseEvent(event)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
