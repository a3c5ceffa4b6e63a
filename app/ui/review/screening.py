"""The playback and its small pictures: begun when footage is first looked at, ended in order.

One for the desk, whatever windows come and go. Knows no widget.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal

from app.cameras.masks import PrivacyMask
from app.ui.review.player import Peeks, Player

_logger = logging.getLogger(__name__)


class Screening(QObject):
    """Holds a `Player` and `Peeks`, and knows whether they run."""

    news = Signal()  # there is another picture, and time stands still: ask for it now
    _came = Signal()

    def __init__(self, player: Player, peeks: Peeks) -> None:
        super().__init__()
        self.player = player
        self.peeks = peeks
        self._runs = False
        self._is_coming = False
        player.on_news = self._tell
        self._came.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin, if it has not been begun."""
        if not self._runs:
            self._runs = True
            self.player.start()
            self.peeks.start()

    def _tell(self) -> None:
        """On a camera's thread. Several cameras' news are one if nobody has looked meanwhile."""
        if not self._is_coming:
            self._is_coming = True
            self._came.emit()

    def _pass_on(self) -> None:
        self._is_coming = False
        self.news.emit()

    def set_masks(self, masks: Mapping[str, tuple[PrivacyMask, ...]]) -> None:
        """What must not be seen, in pictures large and small."""
        self.player.set_masks(masks)
        self.peeks.set_masks(masks)

    def stop(self) -> None:
        """End every thread; stragglers are named in the program's log."""
        if not self._runs:
            return
        self._runs = False
        self.peeks.stop()
        left = self.player.stop()
        if left:
            _logger.warning("playback that would not stop: %s", ", ".join(left))
