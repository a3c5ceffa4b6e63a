"""The map view and its layers. Knows geo and cameras, not the log."""

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
