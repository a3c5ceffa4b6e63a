"""Who draws the still pictures: a thread here, or a process while a hand moves the map much.

The thread is always ready. The process costs a start and some memory, so it is begun by the hand,
and the thread draws until it is ready and whenever it is gone: the map never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable

from app.map.apart.process import DrawingProcess
from app.map.picture import Picture, PictureRequest
from app.map.picture_worker import PictureWorker

STEPS_BEFORE_PROCESS = 8  # a notch of the wheel now and then is not worth one


class Drawing:
    """Draws what is asked for last; `deliver` is called on other threads."""

    def __init__(self, deliver: Callable[[Picture], None]) -> None:
        self._thread = PictureWorker(deliver)
        self._process = DrawingProcess(deliver, self._on_process_gone, way=self._thread.way)
        self._is_running = False
        self._steps = 0
        self._last: PictureRequest | None = None

    @property
    def process(self) -> DrawingProcess:
        """For measurements and tests."""
        return self._process

    def start(self) -> None:
        """Begin drawing; what was asked for before is drawn now."""
        self._is_running = True
        self._thread.start()

    def stop(self, deadline_s: float) -> bool:
        """End thread and process; False when one was still at work after `deadline_s`."""
        self._is_running = False
        self._steps = 0
        process_ended = self._process.stop(deadline_s)
        return self._thread.stop(deadline_s) and process_ended

    def ask(self, request: PictureRequest) -> None:
        """Draw this next, instead of whatever else is waiting."""
        self._last = request
        if not self._process.ask(request):
            self._thread.ask(request)

    def count_step(self) -> None:
        """A hand has moved the map by a step."""
        self._steps += 1
        if self._is_running and self._steps >= STEPS_BEFORE_PROCESS:
            self._process.start()

    def make_way(self) -> None:
        """The hand has moved and will be painted now: Python's one lock is its own meanwhile."""
        self._thread.way.make()

    def go_on(self) -> None:
        """The hand's movement is painted."""
        self._thread.way.give_back()

    def _on_process_gone(self) -> None:
        """On the process's own thread: what it still owed is drawn here."""
        if self._last is not None:
            self._thread.ask(self._last)
