"""Setup › Map: the map in use, and bringing another. Composes and wires."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.setup.map_bringing import MapBringing
from app.ui.setup.map_in_use_panel import MapInUsePanel
from app.ui.setup.map_office import MapOffice
from app.ui.theme import Theme

_SIDE_PX = 340


class MapPane(QFrame):
    """Bringing at the left, where the work is; what is in use beside it."""

    map_requested = Signal()

    def __init__(self, theme: Theme, office: MapOffice) -> None:
        super().__init__()
        self._office = office
        self.setProperty("ground", "bg")
        self.bringing = MapBringing(theme, office)
        self.in_use = MapInUsePanel(theme, office)
        self.in_use.setFixedWidth(theme.px(_SIDE_PX))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.bringing, 1)
        row.addWidget(self.in_use)
        self.bringing.outcome.map_requested.connect(self.map_requested)
        self.in_use.map_requested.connect(self.map_requested)
        office.basemap_read.connect(self.fill)

    def fill(self) -> None:
        """Read what is in use, while it is seen."""
        if self.isVisible():
            self.in_use.fill()

    def read_file(self, path: Path) -> None:
        """Show what is in a map file."""
        self._office.look_at(path)

    def showEvent(self, event: QShowEvent) -> None:
        self.in_use.fill()
