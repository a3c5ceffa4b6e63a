"""Runs the product with a timer inside: `wall_console.py GAPS threads|workers PRODUCT arguments…`.

A timer of 5 ms in the window's thread notes when it was called; at the end pairs of float64, the
moment (monotonic) and the seconds since the call before, are in the file GAPS. `threads` gives the
console its pictures by threads of its own process, to see what the workers cost.
"""

from __future__ import annotations

import functools
import gc
import itertools
import runpy
import sys
import time
from array import array
from collections.abc import Callable
from pathlib import Path

_TIMER_MS = 5
_LONGEST_S = 900  # of a run


class Gaps:
    """When the window's thread came round."""

    def __init__(self) -> None:
        self._called = array("d", bytes(8 * _LONGEST_S * 1000 // _TIMER_MS))
        self._count = 0

    def on_timer(self) -> None:
        """Note a call; no memory is asked for."""
        if self._count < len(self._called):
            self._called[self._count] = time.monotonic()
            self._count += 1

    def save(self, path: Path) -> None:
        """Pairs of moment and gap."""
        called = self._called[: self._count]
        pairs = array("d")
        for before, now in itertools.pairwise(called):
            pairs.extend((now, now - before))
        path.write_bytes(pairs.tobytes())


def main() -> None:
    """Run the product as if it had been started itself."""
    gaps_file, kind, product = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    sys.argv = [str(product), *sys.argv[4:]]
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    gc.disable()  # as the product does for its start
    gaps = Gaps()
    _run_timer_in_the_event_loop(gaps)
    if kind == "threads":
        _give_threads()
    try:
        runpy.run_path(str(product), run_name="__main__")
    finally:
        gaps.save(gaps_file)


def _run_timer_in_the_event_loop(gaps: Gaps) -> None:
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    plain_exec = QApplication.exec

    def with_timer(*arguments: object) -> int:
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(_TIMER_MS)
        timer.timeout.connect(gaps.on_timer)
        timer.start()
        return plain_exec()

    QApplication.exec = with_timer  # type: ignore[method-assign]


def _give_threads() -> None:
    from app.application import Console
    from app.clock import SystemClock
    from app.video.opener import OpenCvOpener
    from app.video.reader import Surroundings
    from app.video.threaded import ThreadedPictures

    made: Callable[..., None] = Console.__init__

    @functools.wraps(made)
    def with_threads(self: Console, *arguments: object, **named: object) -> None:
        made(self, *arguments, **named)
        around = Surroundings(OpenCvOpener(), SystemClock(), on_state=self._on_camera_state)
        self.pictures = ThreadedPictures(around)  # type: ignore[assignment, unused-ignore]

    Console.__init__ = with_threads  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
