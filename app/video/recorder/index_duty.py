"""Changes of one stream that are owed to the index: a full disk may refuse them for a while."""

from __future__ import annotations

from collections.abc import Callable

from app.errors import KnownError
from app.video.archive.index import RecordingIndex
from app.video.archive.index_change import IndexChange

Step = Callable[[IndexChange], None]


class IndexDuty:
    """One thread's; nothing that it was told is forgotten while the recorder runs."""

    def __init__(self, index: RecordingIndex) -> None:
        self._index = index
        self._owed: list[Step] = []

    def owe(self, step: Step) -> None:
        """To be done with the next change that succeeds."""
        self._owed.append(step)

    def settle(self) -> bool:
        """Do all that is owed; whether nothing is any more."""
        try:
            self.change(lambda _: None)
        except KnownError:
            return False
        return True

    def change(self, work: Callable[[IndexChange], int | None]) -> int:
        """What is owed and `work`, all or nothing. KnownError when the index cannot be written."""

        def everything(change: IndexChange) -> int:
            for step in self._owed:
                step(change)
            return work(change) or 0

        done = self._index.change(everything)
        self._owed.clear()
        return done
