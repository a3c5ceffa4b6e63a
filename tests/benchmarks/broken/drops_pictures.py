"""The product, which leaves out every twentieth picture: cheaper, and nobody would see it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from app.video.recorder.segment_file import SegmentFile  # noqa: E402

_add = SegmentFile.add
_seen = 0


def _add_most(self: SegmentFile, packet: Any) -> bool:
    global _seen
    _seen += 1
    if _seen % 20 == 0 and not packet.is_keyframe:
        return False
    return _add(self, packet)


SegmentFile.add = _add_most  # type: ignore[method-assign]

if __name__ == "__main__":
    from app.commands import main

    main()
