"""The map view and its layers. Knows geo and cameras, not the log."""

from typing import TYPE_CHECKING, Any

from app.map.marks import (
    CameraLook,
    CameraMark,
    IncidentMark,
    LayerLook,
    MapLayer,
    MapSelection,
    UnitLook,
    UnitMark,
    Urgency,
    ViewState,
)
from app.map.style import DAY, NIGHT, MapStyle

if TYPE_CHECKING:
    from app.map.view import MapView

__all__ = [
    "DAY",
    "NIGHT",
    "CameraLook",
    "CameraMark",
    "IncidentMark",
    "LayerLook",
    "MapLayer",
    "MapSelection",
    "MapStyle",
    "MapView",
    "UnitLook",
    "UnitMark",
    "Urgency",
    "ViewState",
]


def __getattr__(name: str) -> Any:
    """The view brings Qt's widgets and pyqtgraph; the process that draws the map needs neither, and
    is there twice as soon without them."""
    if name == "MapView":
        from app.map.view import MapView

        return MapView
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
