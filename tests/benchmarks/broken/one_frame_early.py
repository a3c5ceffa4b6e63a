"""The product, whose playback finds the frame before the one that was due."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from app.video.playback.open_segment import Group  # noqa: E402

_right = Group.index_at


def _one_early(self: Group, at_us: int) -> int:
    return max(0, _right(self, at_us) - 1)


Group.index_at = _one_early  # type: ignore[method-assign]

if __name__ == "__main__":
    from app.commands import main

    main()
