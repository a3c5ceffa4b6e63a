"""The product, whose second camera is a fifth of a second out of step while it plays."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from app.video.playback.player import CameraPlayer  # noqa: E402
from app.video.playback.shown import Nothing, Shown  # noqa: E402
from app.video.playback.transport import Plan  # noqa: E402

_LATE_US = 200_000
_right = CameraPlayer.newest


def _late(self: CameraPlayer, plan: Plan) -> Shown | Nothing | None:
    if self.camera_id == "C02" and plan.speed > 0 and not plan.is_held:
        plan = plan._replace(at_us=plan.at_us - _LATE_US)
    return _right(self, plan)


CameraPlayer.newest = _late  # type: ignore[method-assign]

if __name__ == "__main__":
    from app.commands import main

    main()
