"""The product, whose second camera shows at last what it should have shown six pictures ago."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from app.video.playback.player import CameraPlayer  # noqa: E402
from app.video.playback.shown import Nothing, Shown  # noqa: E402
from app.video.playback.transport import Plan  # noqa: E402

_BEHIND = 6
_right = CameraPlayer.newest
_history: list[Shown | Nothing] = []


def _late(self: CameraPlayer, plan: Plan) -> Shown | Nothing | None:
    shown = _right(self, plan)
    if self.camera_id != "C02" or shown is None:
        return shown
    if not plan.speed or plan.is_held:
        _history.clear()
        return shown
    if not _history or _history[-1].seq != shown.seq:
        _history.append(shown)
    return _history[max(0, len(_history) - 1 - _BEHIND)]


CameraPlayer.newest = _late  # type: ignore[method-assign]

if __name__ == "__main__":
    from app.commands import main

    main()
