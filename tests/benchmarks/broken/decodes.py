"""The product, which decodes what it should copy."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from app.video.recorder.segment_cutter import SegmentCutter  # noqa: E402

_take = SegmentCutter.take


def _take_decoded(self: SegmentCutter, packet: Any, arrived_s: float) -> None:
    for _ in range(3):
        packet.decode()
    _take(self, packet, arrived_s)


SegmentCutter.take = _take_decoded  # type: ignore[method-assign]

if __name__ == "__main__":
    from app.commands import main

    main()
