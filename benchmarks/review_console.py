"""Runs the product with a hand inside: `review_console.py PORT GAPS PRODUCT arguments…`.

The hand does on the window's thread what the officer's would, when the judge on PORT says so, one
line of JSON for each act; it answers when it began. A timer of 5 ms notes when the window's thread
came round; the notes are in GAPS at the end, as `wall_console` writes them.
"""

from __future__ import annotations

import gc
import json
import runpy
import socket
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.wall_console import Gaps

_TIMER_MS = 5


def main() -> None:
    """Run the product as if it had been started itself."""
    port, gaps_file, product = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    sys.argv = [str(product), *sys.argv[4:]]
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    gc.disable()  # as the product does for its start
    gaps = Gaps()
    _put_hand_into_the_event_loop(port, gaps)
    try:
        runpy.run_path(str(product), run_name="__main__")
    finally:
        gaps.save(gaps_file)


def _put_hand_into_the_event_loop(port: int, gaps: Gaps) -> None:
    from PySide6.QtCore import QObject, Qt, QTimer, Signal
    from PySide6.QtWidgets import QApplication

    class Listener(QObject):
        asked = Signal(str)

    plain_exec = QApplication.exec

    def with_hand(*arguments: object) -> int:
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(_TIMER_MS)
        timer.timeout.connect(gaps.on_timer)
        timer.start()
        listener = Listener()
        judge = socket.create_connection(("127.0.0.1", port))
        hand = Hand(judge)
        listener.asked.connect(hand.on_asked)
        ears = threading.Thread(target=_listen, args=(judge, listener.asked.emit), daemon=True)
        ears.start()
        try:
            return plain_exec()
        finally:
            judge.close()

    QApplication.exec = with_hand  # type: ignore[method-assign]


def _listen(judge: socket.socket, tell: Callable[[str], None]) -> None:
    try:
        for line in judge.makefile("r", encoding="utf-8"):
            tell(line)
    except OSError:
        return  # the window has gone


class Hand:
    """Acts through the Review place as its own buttons, keys and fields do."""

    def __init__(self, judge: socket.socket) -> None:
        self._judge = judge

    def on_asked(self, line: str) -> None:
        """Do it, and say when it was begun and what came of it."""
        asked = json.loads(line)
        began_s = time.monotonic()
        answer = {"id": asked["id"], "began_s": began_s, "value": None}
        try:
            answer["value"] = getattr(self, "do_" + asked["act"])(*asked["with"])
        except (AttributeError, LookupError, RuntimeError, TypeError, ValueError) as error:
            answer["error"] = f"{asked['act']}: {error!r}"
        self._judge.sendall((json.dumps(answer) + "\n").encode())

    def _review(self) -> Any:
        from PySide6.QtWidgets import QApplication

        windows = QApplication.topLevelWidgets()
        window: Any = next((one for one in windows if type(one).__name__ == "MainWindow"), None)
        if window is None or not window.isVisible():
            return None
        return window.review

    def do_is_open(self) -> bool:
        """Whether the place is there and has its cameras."""
        review = self._review()
        return review is not None and review.isVisible() and bool(review.grid.chosen)

    def do_open(self, cameras: list[str], at: str, tiles: int) -> None:
        """These cameras' footage, in so many tiles."""
        review = self._review()
        review.transport.pause()
        review.jumps.place(None, "", datetime.fromisoformat(at), camera_ids=cameras)
        review.grid.set_tile_count(tiles)

    def do_seek(self, at: str) -> None:
        """As a click on the timeline does."""
        self._review().transport.seek(datetime.fromisoformat(at))

    def do_play(self, speed: float) -> None:
        self._review().transport.play(speed)

    def do_pause(self) -> None:
        self._review().transport.pause()

    def do_step(self, frames: int) -> None:
        self._review().transport.step(frames)

    def do_position(self) -> str:
        """What the clock under the pictures says."""
        return str(self._review().transport.at.isoformat())

    def do_timeline(self, days: float) -> float:
        """Milliseconds from asking the index for so many days of all cameras to their timeline,
        painted."""
        review = self._review()
        desk, timeline = review.places.desk, review.timeline
        now = desk.desk.now()
        ids = list(review.grid.chosen)
        began_s = time.monotonic()
        from app.ui.review.recorded import read_recorded

        recorded = read_recorded(desk.footage, ids, now - timedelta(days=days), now)
        desk.recorded_read.emit(recorded)
        timeline.repaint()
        rows = [len(each.recorded) for each in recorded.values()]
        if not rows or min(rows) < 2:
            raise RuntimeError("the timeline has nothing to draw")
        return (time.monotonic() - began_s) * 1000


if __name__ == "__main__":
    main()
