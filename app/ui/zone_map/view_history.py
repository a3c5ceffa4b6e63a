"""Back and forward over what the map looked at. Remembers a view once the hand rests on it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.map.marks import ViewState
from app.map.view import MapView

_REST_MS = 600
_MOST = 100


class ViewHistory(QObject):
    """One map's past."""

    changed = Signal()

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self._view = view
        self._states: list[ViewState] = []
        self._at = -1
        self._goes = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self.note)
        view.view_moved.connect(self._on_moved)

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at + 1 < len(self._states)

    def note(self) -> None:
        """Remember the present view, unless it is remembered already."""
        self._timer.stop()
        state = self._view.view_state()
        if self._at >= 0 and _is_near(self._states[self._at], state):
            return
        del self._states[self._at + 1 :]
        self._states = [*self._states[-_MOST:], state]
        self._at = len(self._states) - 1
        self.changed.emit()

    def go(self, by: int) -> None:
        """−1 back, 1 forward."""
        if self._timer.isActive():
            self.note()
        wanted = self._at + by
        if not 0 <= wanted < len(self._states):
            return
        self._at = wanted
        self._goes = True
        self._view.restore_view_state(self._states[wanted])
        self._goes = False
        self.changed.emit()

    def _on_moved(self) -> None:
        if not self._goes:
            self._timer.start()


def _is_near(one: ViewState, other: ViewState) -> bool:
    """Less than a nudge apart."""
    a_few_px = 6 / (other.px_per_m * 110_000)
    return (
        abs(one.px_per_m / other.px_per_m - 1) < 0.01
        and abs(one.lat_deg - other.lat_deg) < a_few_px
        and abs(one.lon_deg - other.lon_deg) < a_few_px
    )
