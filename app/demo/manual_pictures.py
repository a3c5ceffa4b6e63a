"""Makes the manual's pictures from those of `make shots`: `python -m app.demo.manual_pictures`."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from app.ui.manual.pages import PICTURES

SHOTS = Path(__file__).resolve().parents[2] / "shots"
SCREENS = {
    "live": "selected",
    "intake": "intake",
    "review": "review_evidence",
    "log": "log_search",
    "map": "map_who_sees",
    "papers": "papers_incident",
    "setup": "setup_camera",
    "handover": "handover_signing",
}
"""The manual's picture → the screen it shows, in Thai at 1366×768."""
_WIDTH_PX = 760
_QUALITY = 82


def make_pictures(shots: Path = SHOTS, pictures: Path = PICTURES) -> list[str]:
    """Those whose shot is there; the names of those that are missing."""
    missing = []
    pictures.mkdir(parents=True, exist_ok=True)
    for name, screen in SCREENS.items():
        image = QImage(str(shots / f"{screen}_th_1366.png"))
        if image.isNull():
            missing.append(screen)
            continue
        small = image.scaledToWidth(_WIDTH_PX, Qt.TransformationMode.SmoothTransformation)
        small.save(str(pictures / f"{name}.jpg"), quality=_QUALITY)
    return missing


if __name__ == "__main__":
    not_there = make_pictures()
    sys.stdout.write("".join(f"no shot of {screen}: run make shots\n" for screen in not_there))
    sys.exit(1 if not_there else 0)
