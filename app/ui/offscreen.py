"""A screen that is not there: for the short shift, for pictures of screens and for tests."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

WIDTH, HEIGHT = 3840, 2160


def has_display() -> bool:
    """Whether a person could see a window, or someone chose the platform already."""
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def use_offscreen(width: int = WIDTH, height: int = HEIGHT) -> None:
    """Have Qt draw on an off-screen display of this size. Call before the application is made.

    Without a size of its own Qt's off-screen display is 800 × 800 and squashes every window.
    """
    screen = {"name": "offscreen", "x": 0, "y": 0, "width": width, "height": height}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    with tempfile.NamedTemporaryFile(
        "w", prefix="offscreen-", suffix=".json", delete=False, encoding="utf-8"
    ) as file:
        json.dump({"screens": [screen]}, file)
    path = Path(file.name)
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={path}"
