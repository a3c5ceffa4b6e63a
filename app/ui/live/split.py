"""Panes that share their room by a hairline that can be pulled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QSplitter, QWidget


def splitter(
    orientation: Qt.Orientation, first: QWidget, second: QWidget, shares: tuple[int, int]
) -> QSplitter:
    """`shares`: how much each gets at first, and of what is added later."""
    made = QSplitter(orientation)
    put_side_by_side(made, (first, shares[0]), (second, shares[1]))
    made.setSizes([share * 1000 for share in shares])
    return made


def put_side_by_side(made: QSplitter, *panes: tuple[QWidget, int]) -> None:
    """Panes, each with what it gets of room that is added; a hairline between, none ever gone."""
    for pane, share in panes:
        made.addWidget(pane)
        made.setStretchFactor(made.indexOf(pane), share)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(1)


class LowerHalf(QSplitter):
    """The list and the selected incident side by side. While a panel lies over the right, the
    incident is away and the list has all the room beside the panel: no half words at its edge."""

    def __init__(self, first: QWidget, second: QWidget, shares: tuple[int, int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._second, self._covered = second, QWidget()
        put_side_by_side(self, (first, shares[0]), (second, shares[1]), (self._covered, 0))
        self._covered.hide()
        self.setSizes([share * 1000 for share in shares])
        self._before: list[int] | None = None

    def lie_under(self, panel: QWidget) -> None:
        """Make room for it whenever it is seen."""
        panel.installEventFilter(self)

    def shares(self) -> list[int]:
        """The widths while no panel lies over them."""
        return self._before or self.sizes()[:2]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget):
            if event.type() == QEvent.Type.Hide and self._before is not None:
                self._covered.hide()
                self._second.show()
                self.setSizes([*self._before, 0])
                self._before = None
            elif event.type() == QEvent.Type.Show:
                self._before = self._before or self.sizes()[:2]
                self._cover(watched.width())
            elif event.type() == QEvent.Type.Resize and self._before is not None:
                self._cover(watched.width())
        return False

    def _cover(self, width: int) -> None:
        self._covered.setFixedWidth(width)
        self._second.hide()
        self._covered.show()
        self.setSizes([max(0, self.width() - width), 0, width])
