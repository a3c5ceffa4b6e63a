"""The cameras' pane: layouts, pages, who sees the selected place, the grid. Knows no window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.cameras.wall_layouts import TILE_COUNTS
from app.thai.translation import tr
from app.ui.live.camera_grid import CameraGrid, Seen
from app.ui.live.layout_form import LayoutForm
from app.ui.live.layout_menu import LayoutButton
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton, Segments
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
        self._is_bare = False
        self._sees = False
        self.setProperty("ground", "bg")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = self._build_head()
        self.form = LayoutForm(theme)
        column.addWidget(self._head)
        column.addWidget(self.form)
        column.addWidget(self._build_strip())
        self._around = QWidget()
        margins = QHBoxLayout(self._around)
        margins.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        margins.addWidget(grid)
        column.addWidget(self._around, 1)
        column.addWidget(self._build_empty())
        grid.arranged.connect(self._on_arranged)
        self._on_arranged()

    def _build_head(self) -> SectionHead:
        head = SectionHead(self._theme, "grid-3x3", tr("Cameras"))
        self.layout_button = LayoutButton(self._theme)
        self._counts = Segments([(str(count), str(count)) for count in TILE_COUNTS])
        self._counts.chosen.connect(self._on_count_chosen)
        self._page = voiced("", "second")
        self._out = self._icon_button("monitor", tr("Cameras in a window of their own"))
        self._out.clicked.connect(self.tear_off_requested)
        full = self._icon_button("maximize-2", tr("Cameras over the whole screen"))
        full.clicked.connect(self.full_screen_requested)
        head.add(self.layout_button)
        for widget in (self._counts, self._page, self._out, full):
            head.add_right(widget)
        return head

    def _icon_button(self, icon: str, words: str) -> KeyButton:
        button = KeyButton(self._theme, "", icon=icon, flat=True)
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    def _build_strip(self) -> QWidget:
        self._strip = QWidget()
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(10, 3, 10, 0)
        row.setSpacing(8)
        eye = IconLabel(self._theme, "eye", "blue")
        self._seeing = ElidedLabel("", "strong")
        row.addWidget(eye)
        row.addWidget(self._seeing, 1)
        row.addWidget(voiced(tr("Back to the layout"), "hint"))
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
        self._sees = bool(number)
        self._show_parts()
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

    def show_bare(self, bare: bool) -> None:
        """Nothing but the tiles: they have the whole screen."""
        self._is_bare = bare
        margin = 0 if bare else _MARGIN
        layout = self._around.layout()
        assert layout is not None
        layout.setContentsMargins(margin, margin, margin, margin)
        self._show_parts()

    def show_out(self, out: bool) -> None:
        """Whether it stands in a window of its own: the button then brings it back."""
        words = tr("Back into the main window") if out else tr("Cameras in a window of their own")
        self._out.setToolTip(words)
        self._out.setAccessibleName(words)

    def _show_parts(self) -> None:
        self._head.setVisible(not self._is_bare)
        self._strip.setVisible(self._sees and not self._is_bare)

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
        self._counts.set_shown(str(_MOST), is_roomy or self.grid.tile_count == _MOST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
