"""Two panes that share their room by a hairline that can be pulled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget


def splitter(
    orientation: Qt.Orientation, first: QWidget, second: QWidget, shares: tuple[int, int]
) -> QSplitter:
    """`shares`: how much each gets at first, and of what is added later."""
    made = QSplitter(orientation)
    made.addWidget(first)
    made.addWidget(second)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(1)
    made.setSizes([share * 1000 for share in shares])
    made.setStretchFactor(0, shares[0])
    made.setStretchFactor(1, shares[1])
    return made
