"""The cameras' pane in the Live place: layouts, pages, who sees the selected place, the grid."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.live.camera_grid import COLUMNS, CameraGrid, Seen
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segments
from app.ui.widgets.labels import ElidedLabel, IconLabel, chip, voiced
from app.ui.widgets.section_head import SectionHead


class GridPane(QFrame):
    """Head, strip and grid. The strip is there only while a place is selected."""

    def __init__(self, theme: Theme, grid: CameraGrid) -> None:
        super().__init__()
        self._theme = theme
        self.grid = grid
        self.setProperty("ground", "bg")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        column.addWidget(self._build_strip())
        around = QWidget()
        margins = QHBoxLayout(around)
        margins.setContentsMargins(6, 6, 6, 6)
        margins.addWidget(grid)
        column.addWidget(around, 1)
        self._empty = voiced(tr("No cameras yet. Add the first one in Setup (Ctrl 6)."), "second")
        self._empty.setContentsMargins(24, 0, 24, 24)
        self._empty.setWordWrap(True)
        column.addWidget(self._empty)
        self._empty.hide()
        grid.layout_changed.connect(self._on_layout_changed)

    def _build_head(self) -> SectionHead:
        head = SectionHead(self._theme, "grid-3x3", tr("Cameras"))
        self._layouts = Segments([(str(count), str(count)) for count in COLUMNS])
        self._layouts.chosen.connect(self._on_layout_chosen)
        self._page = voiced("", "second")
        head.add_right(self._layouts)
        head.add_right(self._page)
        return head

    def _build_strip(self) -> QWidget:
        self._strip = QWidget()
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(10, 3, 10, 0)
        row.setSpacing(8)
        eye = IconLabel(self._theme, "eye", "blue")
        self._seeing = ElidedLabel("", "strong")
        row.addWidget(eye)
        row.addWidget(self._seeing, 1)
        row.addWidget(voiced(tr("Usual layout"), "hint"))
        row.addWidget(chip("Esc", "kbd"))
        self._strip.hide()
        return self._strip

    def show_seeing(self, number: str, seeing: Sequence[Seen]) -> None:
        """Bring the cameras that see the place to the first row, and say so."""
        self.grid.set_seeing(seeing)
        self._strip.setVisible(bool(number))
        if seeing:
            words = tr(
                "{count} cameras see {number}, nearest and most central first",
                count=len(seeing),
                number=number,
            )
        else:
            words = tr("No camera sees {number}", number=number)
        self._seeing.setText(words)

    def show_count(self, cameras: int) -> None:
        """Say what to do when there is none."""
        self._empty.setVisible(cameras == 0)

    def _on_layout_chosen(self, choice: str, on: bool) -> None:
        self.grid.set_tile_count(int(choice))

    def _on_layout_changed(self, count: int, page: int, pages: int) -> None:
        self._layouts.set_on(str(count))
        self._page.setText(tr("Page {page}/{pages}", page=page, pages=pages))
