"""The product, whose second camera stands still while the others play."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from app.video.playback.player import CameraPlayer  # noqa: E402
from app.video.playback.shown import Nothing, Shown  # noqa: E402
from app.video.playback.transport import Plan  # noqa: E402

_right = CameraPlayer.newest
_standing: list[Shown | Nothing] = []


def _still(self: CameraPlayer, plan: Plan) -> Shown | Nothing | None:
    shown = _right(self, plan)
    if self.camera_id != "C02" or shown is None:
        return shown
    if not plan.speed or plan.is_held or not _standing:
        _standing[:] = [shown]
    return _standing[0]


CameraPlayer.newest = _still  # type: ignore[method-assign]

if __name__ == "__main__":
    from app.commands import main

    main()
