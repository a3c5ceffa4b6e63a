"""The playback and its small pictures: begun when footage is first looked at, ended in order.

One for the desk, whatever windows come and go. Knows no widget.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from app.cameras.masks import PrivacyMask
from app.ui.review.player import Peeks, Player

_logger = logging.getLogger(__name__)


class Screening:
    """Holds a `Player` and `Peeks`, and knows whether they run."""

    def __init__(self, player: Player, peeks: Peeks) -> None:
        self.player = player
        self.peeks = peeks
        self._runs = False

    def start(self) -> None:
        """Begin, if it has not been begun."""
        if not self._runs:
            self._runs = True
            self.player.start()
            self.peeks.start()

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
