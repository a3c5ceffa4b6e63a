"""The product, whose index keeps every hash in words beside the bytes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from app.video.archive.index_change import IndexChange  # noqa: E402

_finish = IndexChange.finish


def _finish_in_words(self: IndexChange, final: Any, sha256: bytes | None) -> None:
    _finish(self, final, sha256)
    self.db.execute("CREATE TABLE IF NOT EXISTS words(id INTEGER PRIMARY KEY, said TEXT)")
    said = f"segment {final.segment_id}: {(sha256 or b'').hex()}"
    self.db.execute("INSERT INTO words(said) VALUES(?)", (said,))


IndexChange.finish = _finish_in_words  # type: ignore[method-assign]

if __name__ == "__main__":
    from app.commands import main

    main()
