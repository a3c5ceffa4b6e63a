"""How the Map place looks, to be remembered: view, layers, grid, colours. Checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.map.marks import DEFAULT_LAYERS, LayerLook, MapLayer


@dataclass(frozen=True, slots=True)
class MapLook:
    """What a map is restored from. Layers as (name, shown, strength), the lowest first."""

    lat_deg: float
    lon_deg: float
    px_per_m: float
    layers: tuple[tuple[str, bool, float], ...] = ()
    grid: bool = False
    day_style: bool = False

    def looks(self) -> tuple[LayerLook, ...]:
        """The layers; those nobody knows any more are left out."""
        known = {layer.value for layer in MapLayer}
        made = [
            LayerLook(MapLayer(name), shown, opacity)
            for name, shown, opacity in self.layers
            if name in known
        ]
        return tuple(made) or DEFAULT_LAYERS


def map_look(stored: Mapping[str, Any]) -> MapLook:
    """From what was stored. ValueError, TypeError or KeyError for what cannot be one."""
    layers = tuple(
        (str(name), bool(shown), _within(opacity, 0.0, 1.0))
        for name, shown, opacity in stored["layers"]
    )
    return MapLook(
        _within(stored["lat_deg"], -80.0, 84.0),
        _within(stored["lon_deg"], -180.0, 180.0),
        _within(stored["px_per_m"], 1e-6, 1e4),
        layers,
        bool(stored["grid"]),
        bool(stored["day_style"]),
    )


def _within(value: object, least: float, most: float) -> float:
    if not isinstance(value, int | float) or not least <= value <= most:  # NaN is in no range
        raise ValueError(f"not from {least} to {most}: {value!r:.40}")
    return float(value)
