"""By day or at night: with which range of the cameras the map reckons. Knows no camera.

It follows the sun until somebody chooses, and then stays as it was chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.geo.coordinates import LatLon
from app.geo.daylight import is_dark
from app.ui.widgets.buttons import Segments

DAY, NIGHT = "day", "night"


class Hours(QObject):
    """What the two buttons say."""

    changed = Signal(bool)  # at night

    def __init__(self, choice: Segments, now: Callable[[], datetime], town: LatLon) -> None:
        super().__init__()
        self._choice, self._now, self._town = choice, now, town
        self._is_chosen = False
        self.is_night = is_dark(now(), town)
        choice.set_on(NIGHT if self.is_night else DAY)
        choice.chosen.connect(self._on_chosen)

    def follow(self) -> None:
        """The clock has gone on."""
        if not self._is_chosen and is_dark(self._now(), self._town) is not self.is_night:
            self._choice.set_on(DAY if self.is_night else NIGHT)
            self._take(not self.is_night)

    def _on_chosen(self, choice: str, _on: bool) -> None:
        self._is_chosen = True
        self._take(choice == NIGHT)

    def _take(self, night: bool) -> None:
        if night is not self.is_night:
            self.is_night = night
            self.changed.emit(night)
