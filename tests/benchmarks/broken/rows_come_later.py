"""The Log place's probe on a product whose rows stay blank until a moment after a jump."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer

from app.ui.log_place.hit_row import HitRow
from app.ui.log_place.hits_model import HitsModel
from benchmarks.log_screen_probe import main

_LATER_MS = 400


def _row_at(self: HitsModel, number: int) -> HitRow | None:
    row = self._rows.get(int(self._keys[number]))
    if row is None and number > 30:  # the first screen is there at once

        def read() -> None:
            self._read_page(number)
            self._say_all()

        QTimer.singleShot(_LATER_MS, read)
        return None
    if row is None:
        self._read_page(number)
    return self._rows.get(int(self._keys[number]))


HitsModel.row_at = _row_at  # type: ignore[method-assign]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
