"""The product, which thinks for six seconds before it records."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

import time  # noqa: E402

from app.video.recorder.start_up import StartUp  # noqa: E402

_salvage = StartUp.salvage_growing


def _salvage_slowly(self: Any) -> None:
    time.sleep(6)
    _salvage(self)


StartUp.salvage_growing = _salvage_slowly  # type: ignore[method-assign]

if __name__ == "__main__":
    from app.commands import main

    main()
