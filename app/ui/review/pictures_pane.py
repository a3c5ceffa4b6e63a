"""The middle of Review: how far the cameras are in step, how many tiles, the tiles. No log.

Where there is nothing to be seen it says why, and what to do.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.review.review_grid import COUNTS, ReviewGrid
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton, Segments
from app.ui.widgets.labels import ElidedLabel, IconLabel, voiced

_MARGIN = 6


class PicturesPane(QFrame):
    """Head and grid; or the words that stand in for the pictures."""

    still_requested = Signal()

    def __init__(self, theme: Theme, grid: ReviewGrid) -> None:
        super().__init__()
        self._theme = theme
        self.grid = grid
        self.setProperty("ground", "bg")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        self._stack = QStackedWidget()
        around = QWidget()
        margins = QHBoxLayout(around)
        margins.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        margins.addWidget(grid)
        self._stack.addWidget(around)
        self._stack.addWidget(self._build_empty())
        column.addWidget(self._stack, 1)
        grid.arranged.connect(self._on_arranged)
        self._on_arranged()

    def _build_head(self) -> QFrame:
        head = QFrame()
        head.setProperty("ground", "panel")
        head.setProperty("edge", "bottom")
        head.setFixedHeight(self._theme.px(34))
        row = QHBoxLayout(head)
        row.setContentsMargins(10, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(self._theme, "link"))
        self._step = ElidedLabel("", "second")
        row.addWidget(self._step, 1)
        self._counts = Segments([(str(count), str(count)) for count in COUNTS])
        self._counts.chosen.connect(self._on_count)
        row.addWidget(self._counts)
        self._still = KeyButton(
            self._theme, tr("Still picture"), key="F5", icon="camera", flat=True
        )
        self._still.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._still.clicked.connect(self.still_requested)
        row.addWidget(self._still)
        return head

    def _build_empty(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(32, 16, 32, 16)
        column.setSpacing(6)
        column.addStretch(2)
        self._why = voiced("", "title", wraps=True)
        self._do = voiced("", "second", wraps=True)
        for label in (self._why, self._do):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(3)
        return page

    # What it is told

    def show_step(self, words: str) -> None:
        """How far the cameras are in step."""
        self._step.setText(words)

    def show_empty(self, why: str, do: str) -> None:
        """Words in place of the pictures; with none, the pictures."""
        self._why.setText(why)
        self._do.setText(do)
        self._stack.setCurrentIndex(1 if why else 0)

    @property
    def is_empty(self) -> bool:
        """Whether words stand in place of the pictures."""
        return self._stack.currentIndex() == 1

    # Slots

    def _on_count(self, choice: str, on: bool) -> None:
        self.grid.set_tile_count(int(choice))

    def _on_arranged(self) -> None:
        self._counts.set_on(str(self.grid.tile_count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        roomy = self.width() >= self._theme.px(560)
        self._still.show_words(tr("Still picture") if roomy else tr("Still"), "F5")
