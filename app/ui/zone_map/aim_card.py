"""The card of a camera in the hand: how it stands, what it adds; save or leave. Draws nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme
from app.ui.widgets.labels import fit_height, voiced
from app.ui.zone_map.map_card import MapCard


class AimCard(MapCard):
    """Over the map while a camera is placed, aimed or tried."""

    save_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, "cctv", width_px=340)
        self._place = voiced("", wraps=True)
        self._figures = voiced("", "second", wraps=True)
        self._gain = voiced("", wraps=True)
        for label in (self._place, self._figures, self._gain):
            self._column.addWidget(label)
        self._add_foot()
        self.save.clicked.connect(self.save_requested)

    def show_aim(self, title: str, place: str, figures: str, gain: str, *, saves: bool) -> None:
        """The camera as it stands in the hand."""
        self._title.setText(title)
        self._place.setText(place)
        self._figures.setText(figures)
        self._gain.setText(gain)
        self.save.setVisible(saves)
        self.complain("")
        self._appear()
        fit_height(self)
