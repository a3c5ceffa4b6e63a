"""The map's probe on a product that never draws its pictures anew: after a notch of the wheel the
old ones stay stretched, and the map says that it is sharp."""

from __future__ import annotations

import sys
import threading

from app.map.still_pictures import StillPictures
from benchmarks.map_probe import main

_ask = StillPictures._ask_if_needed
_filled = threading.Event()


def _ask_at_first(self: StillPictures) -> None:
    if not _filled.is_set():
        _ask(self)
        if self.scene.incidents.marks:
            threading.Timer(1.5, _filled.set).start()


StillPictures._ask_if_needed = _ask_at_first  # type: ignore[method-assign]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
