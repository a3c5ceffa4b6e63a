"""Map and cameras side by side; the map has all the room while the cameras are elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from app.ui.wall.wall_seat import WallSeat

_MAP, _WALL = 38, 62  # per cent


class UpperHalf(QSplitter):
    """Remembers how the two shared the room, and shares it so again."""

    def __init__(self, map_pane: QWidget, seat: WallSeat) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._seat = seat
        self._before: list[int] | None = None
        for pane, share in ((map_pane, _MAP), (seat, _WALL)):
            self.addWidget(pane)
            self.setStretchFactor(self.indexOf(pane), share)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setSizes([_MAP * 1000, _WALL * 1000])
        seat.moved.connect(self._on_wall_moved)

    def shares(self) -> list[int]:
        """The widths while both are here."""
        return self._before or self.sizes()

    def set_shares(self, widths: list[int]) -> None:
        """The widths from now on; once the cameras are back, if they are away."""
        if self._before is None:
            self.setSizes(widths)
        else:
            self._before = widths

    def _on_wall_moved(self) -> None:
        if self._seat.is_away and self._before is None:
            self._before = self.sizes()
            self.setSizes([sum(self._before), self._seat.minimumSizeHint().width()])
        elif not self._seat.is_away and self._before is not None:
            self.setSizes(self._before)
            self._before = None
