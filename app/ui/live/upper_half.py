"""Map and cameras side by side; the map has all the room while the cameras are elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.ui.live.split import put_side_by_side
from app.ui.wall.wall_seat import WallSeat

_WALL = 62  # per cent
_WALL_IF_NARROW = 68  # design/live_1366: sixteen names beside their ages need it
_NARROW_PX = 1450


class UpperHalf(QSplitter):
    """Remembers how the two shared the room, and shares it so again."""

    def __init__(self, map_pane: QWidget, seat: WallSeat) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._seat = seat
        self._before: list[int] | None = None
        self._is_fresh = True
        """Whether nobody has shared the room yet."""
        put_side_by_side(self, (map_pane, 100 - _WALL), (seat, _WALL))
        self.splitterMoved.connect(self._on_shared)
        seat.moved.connect(self._on_wall_moved)

    def shares(self) -> list[int]:
        """The widths while both are here; none while nobody has shared the room: the next window
        may be of another size."""
        return [] if self._is_fresh else self._before or self.sizes()

    def set_shares(self, widths: list[int]) -> None:
        """The widths from now on, if there are any; once the cameras are back, if they are away."""
        if not widths:
            return
        self._is_fresh = False
        if self._before is None:
            self.setSizes(widths)
        else:
            self._before = widths

    def _on_shared(self) -> None:
        self._is_fresh = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._is_fresh and self._before is None:
            wall = _WALL_IF_NARROW if event.size().width() < _NARROW_PX else _WALL
            self.setSizes([(100 - wall) * 1000, wall * 1000])
        super().resizeEvent(event)

    def _on_wall_moved(self) -> None:
        if self._seat.is_away and self._before is None:
            self._before = self.sizes()
            self.setSizes([sum(self._before), self._seat.minimumSizeHint().width()])
        elif not self._seat.is_away and self._before is not None:
            self.setSizes(self._before)
            self._before = None
