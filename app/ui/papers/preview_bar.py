"""Over the preview: what it is and how long it took, zoom, and how pages are fitted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.thai.translation import tr
from app.ui.papers.page_layout import ViewMode
from app.ui.theme import Theme
from app.ui.widgets.buttons import IconButton, Segments
from app.ui.widgets.labels import ElidedLabel, voiced

_PERCENT_PX = 54


class PreviewBar(QFrame):
    """Emits what was asked for; told what to show."""

    zoom_requested = Signal(int)  # 1 closer, −1 farther
    mode_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self.setProperty("edge", "bottom")
        self.setFixedHeight(theme.px(34))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(4)
        self.words = ElidedLabel("", "second")
        row.addWidget(self.words, 1)
        farther = IconButton(theme, "minus", tr("Farther (Ctrl −)"))
        closer = IconButton(theme, "plus", tr("Closer (Ctrl +)"))
        farther.clicked.connect(self._on_farther)
        closer.clicked.connect(self._on_closer)
        self.percent = voiced("100 %", "strong")
        self.percent.setMinimumWidth(theme.px(_PERCENT_PX))
        row.addWidget(farther)
        row.addWidget(self.percent)
        row.addWidget(closer)
        row.addSpacing(8)
        self.modes = Segments(
            (
                (ViewMode.ONE.value, tr("One page")),
                (ViewMode.TWO.value, tr("Two pages")),
                (ViewMode.WIDTH.value, tr("Full width")),
            )
        )
        self.modes.set_on(ViewMode.TWO.value)
        self.modes.chosen.connect(self._on_mode)
        row.addWidget(self.modes)

    def tell(self, words: str) -> None:
        """Which sheet it is, and how it stands."""
        self.words.setText(words)

    def show_zoom(self, zoom: float) -> None:
        """1.0 is 100 %."""
        self.percent.setText(f"{round(zoom * 100)} %")

    def show_mode(self, mode: ViewMode) -> None:
        """How pages are fitted."""
        self.modes.set_on(mode.value)

    def _on_farther(self) -> None:
        self.zoom_requested.emit(-1)

    def _on_closer(self) -> None:
        self.zoom_requested.emit(1)

    def _on_mode(self, mode: str, _on: bool) -> None:
        self.mode_requested.emit(mode)
