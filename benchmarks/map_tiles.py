"""Sixteen live tiles beside the map: the product's own camera grid, its pictures made by lot.

A process of its own takes as much of the processor as the wall's decoders were measured to take
(docs/measurements.md: sixteen cameras of 640×360@15).
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
from PySide6.QtWidgets import QApplication

from app.cameras.camera import Camera
from app.clock import SystemClock
from app.ui.theme import load_theme
from app.ui.wall.camera_grid import CameraGrid
from app.video.health import CameraState, Health
from app.video.live import Wanted, WatchedCamera
from app.video.picture import Picture, Size

TILES, FPS, WIDTH_PX = 16, 15.0, 1100
DECODERS_CORES = 0.40
_AT = datetime(2026, 11, 22, 3, 46, 30, tzinfo=UTC)
_BURN = (
    "import time\n"
    "while True:\n"
    "    until = time.perf_counter() + {busy}\n"
    "    while time.perf_counter() < until: sum(range(500))\n"
    "    time.sleep({rest})\n"
)


class MovingPictures:
    """`LivePictures` whose every camera has another picture fifteen times a second."""

    def __init__(self) -> None:
        lot = np.random.default_rng(3)
        self._frames = [lot.integers(0, 255, (135, 240, 4), np.uint8) for _ in range(4)]

    def start(self) -> None:
        """Nothing to open."""

    def stop(self, deadline_s: float = 3.5) -> tuple[str, ...]:
        return ()

    def set_cameras(self, cameras: Sequence[WatchedCamera]) -> None:
        """The cameras are known."""

    def show(self, wanted: Mapping[str, Wanted]) -> None:
        """All are shown."""

    def newest(self, camera_id: str) -> Picture:
        seq = int((time.monotonic() + int(camera_id[1:]) / 100) * FPS)
        pixels = self._frames[seq % len(self._frames)]
        return Picture(camera_id, seq, pixels, time.monotonic(), _AT.timestamp(), Size(640, 360))

    def health(self, camera_id: str) -> Health:
        return Health(
            camera_id,
            CameraState.LIVE,
            last_picture_s=time.monotonic(),
            last_picture_at=_AT,
            fps=FPS,
        )

    def retry(self, camera_id: str) -> None:
        """All are there."""


class LiveTiles:
    """The grid, and the process that stands for its decoders; both go with `close`."""

    def __init__(self, application: QApplication) -> None:
        theme = load_theme()
        application.setStyleSheet(theme.stylesheet())
        self.grid = CameraGrid(theme, MovingPictures(), SystemClock())
        self.grid.set_cameras(
            [
                Camera(f"C{i:02d}", f"กล้อง {i}", "rtsp://127.0.0.1/main", "", 16.54, 104.72)
                for i in range(1, TILES + 1)
            ]
        )
        self.grid.set_tile_count(TILES)
        self.grid.setFixedWidth(WIDTH_PX)
        cycle_s = 1 / 60
        words = _BURN.format(busy=cycle_s * DECODERS_CORES, rest=cycle_s * (1 - DECODERS_CORES))
        self._decoders = subprocess.Popen([sys.executable, "-c", words])

    def shown(self) -> int:
        """How many tiles show a live picture."""
        return sum(tile.words.is_live for tile in self.grid.tiles)

    def close(self) -> None:
        """End the process."""
        self.grid.let_go()
        self._decoders.kill()
        self._decoders.wait()
