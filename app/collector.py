"""Looks for Python's rubbish in the window's thread. Qt lets widgets be destroyed in no other."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.collecting import LOOK_EVERY_MS, begin_to_collect, collect_if_due


class Collector(QTimer):
    """Begins when the window is seen, where collecting was put off until then."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setInterval(LOOK_EVERY_MS)
        self.timeout.connect(collect_if_due)

    def begin(self) -> None:
        """From now on; nothing where Python looks by itself."""
        if begin_to_collect():
            self.start()
