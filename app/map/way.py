"""Python's one lock is the hand's while its movement is painted: others wait at the way's side."""

from __future__ import annotations

import threading

_LONGEST_S = 0.05
"""Nobody stands still for longer: then nobody paints, the map is not on screen."""


class Way:
    """Made free for the hand, and given back when what it did is painted."""

    def __init__(self) -> None:
        self._is_free = threading.Event()
        self._is_free.set()

    def make(self) -> None:
        """The hand has moved and will be painted now."""
        self._is_free.clear()

    def give_back(self) -> None:
        """The hand's movement is painted."""
        self._is_free.set()

    def wait(self) -> None:
        """Stand still while the hand needs the way."""
        if not self._is_free.is_set() and not self._is_free.wait(_LONGEST_S):
            self._is_free.set()
