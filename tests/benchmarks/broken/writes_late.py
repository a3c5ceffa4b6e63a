"""The product, whose fragments last ten seconds: a kill loses as much."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from app.video.recorder import segment_file  # noqa: E402

segment_file.OPTIONS["frag_duration"] = "10000000"

if __name__ == "__main__":
    from app.commands import main

    main()
