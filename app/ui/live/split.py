"""Two panes that share their room by a hairline that can be pulled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
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


class LowerHalf(QSplitter):
    """The list and the selected incident side by side. While a panel lies over the right, the
    incident lies wholly under it and the list has all the rest: no half words beside the panel."""

    def __init__(self, first: QWidget, second: QWidget, shares: tuple[int, int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        for pane, share in zip((first, second), shares, strict=True):
            self.addWidget(pane)
            self.setStretchFactor(self.indexOf(pane), share)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setSizes([share * 1000 for share in shares])
        self._before: list[int] | None = None

    def lie_under(self, panel: QWidget) -> None:
        """Make room for it whenever it is seen."""
        panel.installEventFilter(self)

    def shares(self) -> list[int]:
        """The widths while no panel lies over them."""
        return self._before or self.sizes()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget):
            if event.type() == QEvent.Type.Hide and self._before is not None:
                self.widget(1).setMinimumWidth(0)
                self.setSizes(self._before)
                self._before = None
            elif event.type() == QEvent.Type.Show or (
                event.type() == QEvent.Type.Resize and self._before is not None
            ):
                self._before = self._before or self.sizes()
                self.widget(1).setMinimumWidth(watched.width())  # it may need more, unseen
                self.setSizes([self.width() - watched.width(), watched.width()])
        return False
