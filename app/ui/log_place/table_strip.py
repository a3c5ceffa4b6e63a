"""How far the table is that is being taken out, and the button that ends it. Else hidden."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from app.thai.translation import tr
from app.ui.log_place.table_job import TableProgress
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced

_STEPS = 1000


class TableStrip(QFrame):
    """One line under the search."""

    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "raised")
        self.setProperty("edge", "bottom")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(10)
        self.words = voiced("", "second")
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.cancel = KeyButton(theme, tr("Cancel the export"))
        self.cancel.clicked.connect(self._on_cancel)
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.hide()

    def show_progress(self, progress: TableProgress) -> None:
        """So far; nothing when nothing is being taken out."""
        if progress.is_running and self.isHidden():
            self.cancel.setEnabled(True)
        self.setVisible(progress.is_running)
        if progress.is_running:
            self.words.setText(
                tr("Taking out {done:,} of {total:,}", done=progress.done, total=progress.total)
            )
            self.bar.setValue(_STEPS * progress.done // progress.total)

    def _on_cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.cancelled.emit()
