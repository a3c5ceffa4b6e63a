"""What the palette finds in the log by words, in the background; the newest text wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.incidents.search import Hit
from app.ui.log_place.log_desk import LogDesk

_MOST = 6


class FoundByText:
    """Remembers the answer to the last text that was asked for."""

    def __init__(self, desk: LogDesk) -> None:
        self._desk = desk
        self.answered: Callable[[], None] | None = None
        self._text: str | None = None
        self._hits: Sequence[Hit] = ()
        self._asked = ""
        self._is_waiting = False

    def hits(self, text: str) -> Sequence[Hit]:
        """What was found for this text; nothing yet, the first time it is asked for."""
        if text == self._text:
            found, self._text = self._hits, None  # the log may have grown when it is asked again
            return found
        self._asked = text
        if not self._is_waiting:
            self._look()
        return ()

    def _look(self) -> None:
        """One at a time: what is typed meanwhile is looked for afterwards."""
        self._is_waiting, text = True, self._asked

        def done(hits: Sequence[Hit]) -> None:
            self._is_waiting = False
            if text != self._asked:
                self._look()
                return
            self._text, self._hits = text, hits
            if self.answered is not None:
                self.answered()

        self._desk.find(text, _MOST, done)
