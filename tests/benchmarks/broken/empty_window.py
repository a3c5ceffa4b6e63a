"""The product, whose window comes at once with nothing in it and is painted three seconds later."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QShowEvent

    from app.ui.main_window import MainWindow

    def show_nothing_yet(window: MainWindow, _event: QShowEvent) -> None:
        content = window.centralWidget()
        assert content is not None
        content.hide()
        QTimer.singleShot(3000, content.show)

    MainWindow.showEvent = show_nothing_yet  # type: ignore[method-assign, assignment]
    runpy.run_path(str(ROOT / "main.py"), run_name="__main__")
