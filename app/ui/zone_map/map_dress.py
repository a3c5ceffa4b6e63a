"""How the Map place is dressed: layers, grid, colours of the day; remembered and put on again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from app.map.grid_lines import GridLines
from app.map.marks import ViewState
from app.map.style import DAY
from app.map.tool import Overlay
from app.map.view import MapView
from app.ui.map_style import map_style
from app.ui.theme import Theme
from app.ui.zone_map.layers_panel import LayersPanel
from app.ui.zone_map.map_bar import MapBar
from app.ui.zone_map.map_look import MapLook


class MapDress(QObject):
    """Follows the bar's grid and colours. `overlays` are drawn above the grid, always."""

    def __init__(
        self,
        view: MapView,
        bar: MapBar,
        layers: LayersPanel,
        theme: Theme,
        overlays: Sequence[Overlay],
    ) -> None:
        super().__init__()
        self._view, self._bar, self._layers, self._theme = view, bar, layers, theme
        self._overlays = tuple(overlays)
        self._grid = GridLines(view.ground.origin_m)
        bar.grid_toggled.connect(self._on_grid)
        bar.style_toggled.connect(self._on_style)
        self._on_grid(bar.grid.isChecked())

    def look(self) -> MapLook:
        """How it looks, to be remembered."""
        state = self._view.view_state()
        layers = tuple((one.layer.value, one.shown, one.opacity) for one in self._view.layers)
        return MapLook(
            state.lat_deg,
            state.lon_deg,
            state.px_per_m,
            layers,
            self._bar.grid.isChecked(),
            self._bar.day_style.isChecked(),
        )

    def restore(self, look: MapLook) -> None:
        """Look as it did."""
        self._layers.set_looks(look.looks())
        self._view.set_layers(self._layers.looks)
        self._bar.grid.setChecked(look.grid)
        self._bar.day_style.setChecked(look.day_style)
        self._view.restore_view_state(ViewState(look.lat_deg, look.lon_deg, look.px_per_m))

    def _on_grid(self, on: bool) -> None:
        self._view.set_overlays([*((self._grid,) if on else ()), *self._overlays])

    def _on_style(self, day: bool) -> None:
        style = replace(DAY, text_scale=self._theme.scale) if day else map_style(self._theme)
        self._view.set_style(style)
