"""The map's probe on a product that repaints at once but leaves the ground where it was."""

from __future__ import annotations

import sys

from app.map.canvas import MapCanvas
from benchmarks.map_probe import main


def _stay(self: MapCanvas, right_px: float, down_px: float) -> None:
    self.redraw_live()


MapCanvas.pan = _stay  # type: ignore[method-assign]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
