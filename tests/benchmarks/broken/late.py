"""The product, three seconds late: what a heavy import or a blocking question would do."""

from __future__ import annotations

import runpy
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

if __name__ == "__main__":
    threading.Event().wait(3.0)
    sys.path.insert(0, str(ROOT))
    runpy.run_path(str(ROOT / "main.py"), run_name="__main__")
