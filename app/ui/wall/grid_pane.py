"""The cameras' pane: layouts, pages, who sees the selected place, the grid. Knows no window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.cameras.wall_layouts import TILE_COUNTS
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.wall.camera_grid import CameraGrid, Seen
from app.ui.wall.layout_form import LayoutForm
from app.ui.wall.layout_menu import LayoutButton
from app.ui.widgets.buttons import IconButton, Segments
from app.ui.widgets.labels import ElidedLabel, IconLabel, chip, voiced
from app.ui.widgets.section_head import SectionHead

_MOST = max(TILE_COUNTS)
_ROOMY_PX = 980  # from here on the largest layout has its segment: smaller tiles show nothing
_MARGIN = 6


class GridPane(QFrame):
    """Head, strip and grid. The strip is there only while a place is selected."""

    tear_off_requested = Signal()
    full_screen_requested = Signal()

    def __init__(self, theme: Theme, grid: CameraGrid) -> None:
        super().__init__()
        self._theme = theme
        self.grid = grid
        self.setProperty("ground", "bg")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = self._build_head()
        self.form = LayoutForm(theme)
        column.addWidget(self._head)
        column.addWidget(self.form)
        column.addWidget(self._build_strip())
        around = QWidget()
        margins = QHBoxLayout(around)
        margins.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        margins.addWidget(grid)
        column.addWidget(around, 1)
        column.addWidget(self._build_empty())
        grid.arranged.connect(self._on_arranged)
        self._on_arranged()

    def _build_head(self) -> SectionHead:
        head = SectionHead(self._theme, "grid-3x3", tr("Cameras"))
        self.layout_button = LayoutButton(self._theme)
        self._counts = Segments([(str(count), str(count)) for count in TILE_COUNTS])
        self._counts.chosen.connect(self._on_count_chosen)
        self._page = voiced("", "second")
        self._out = IconButton(self._theme, "monitor", tr("Cameras in a window of their own"))
        self._out.clicked.connect(self.tear_off_requested)
        self._full = IconButton(self._theme, "maximize-2", tr("Cameras over the whole screen"))
        self._full.clicked.connect(self.full_screen_requested)
        head.add(self.layout_button)
        for widget in (self._counts, self._page, self._out, self._full):
            head.add_right(widget)
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

    def _build_empty(self) -> QWidget:
        self._empty = voiced(tr("No cameras yet. Add the first one in Setup (Ctrl 6)."), "second")
        self._empty.setContentsMargins(24, 0, 24, 24)
        self._empty.setWordWrap(True)
        self._empty.hide()
        return self._empty

    # What it is told

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

    def show_where(self, *, out: bool, full: bool) -> None:
        """In a window of its own, or over a whole screen: the buttons then lead back."""
        self._out.show_words(
            tr("Cameras back into the main window")
            if out
            else tr("Cameras in a window of their own")
        )
        self._full.show_words(
            tr("Leave the whole screen (Esc)") if full else tr("Cameras over the whole screen")
        )

    # Slots

    def _on_count_chosen(self, choice: str, on: bool) -> None:
        self.grid.set_tile_count(int(choice))

    def _on_arranged(self) -> None:
        self._counts.set_on(str(self.grid.tile_count))
        page, pages = self.grid.wall.present.page + 1, self.grid.wall.page_count()
        self._page.setText(tr("Page {page}/{pages}", page=page, pages=pages))
        self._fit()

    def _fit(self) -> None:
        is_roomy = self.width() >= self._theme.px(_ROOMY_PX)
        self.layout_button.fit(narrow=not is_roomy)
        self._counts.set_shown(str(_MOST), is_roomy or self.grid.tile_count == _MOST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
