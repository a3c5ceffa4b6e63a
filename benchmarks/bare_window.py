"""The least a window of this kind can be: what the console's start is compared with."""

from __future__ import annotations

import sys

import pyqtgraph  # noqa: F401  # its import is part of what is measured
from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1600, 900)
window.show()
sys.exit(application.exec())
