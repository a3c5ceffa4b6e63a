"""What stands on the map, as plain frozen values. Knows neither Qt nor the log nor any database."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Metres = NDArray[np.float64]  # (N, 2): easting, northing


class Urgency(StrEnum):
    """How loudly an incident speaks."""

    ACT_NOW = "act_now"
    WATCH = "watch"
    IN_HAND = "in_hand"
    CLOSED = "closed"


class CameraLook(StrEnum):
    """How a camera is doing, as far as the map shows it."""

    LIVE = "live"
    LATE = "late"
    LOST = "lost"
    PASSWORD = "password"
    CONNECTING = "connecting"


class UnitLook(StrEnum):
    """What a unit is doing, as far as the map shows it."""

    FREE = "free"
    ON_THE_WAY = "on_the_way"
    ON_SCENE = "on_scene"
    RESTING = "resting"


class MapLayer(StrEnum):
    """What an officer can show or hide."""

    INCIDENTS = "incidents"
    CAMERAS = "cameras"
    UNITS = "units"
    ZONES = "zones"
    COMMUNITIES = "communities"
    BEATS = "beats"
    TAMBONS = "tambons"
    NO_GO = "no_go"
    VIEWS = "views"
    WALLS = "walls"
    DENSITY = "density"
    COVERAGE = "coverage"
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class LayerLook:
    """How a layer is shown; `opacity` is 0–1."""

    layer: MapLayer
    shown: bool = True
    opacity: float = 1.0


DEFAULT_LAYERS = (
    LayerLook(MapLayer.PICTURES),
    LayerLook(MapLayer.DENSITY, shown=False, opacity=0.8),
    LayerLook(MapLayer.COVERAGE, shown=False),
    LayerLook(MapLayer.VIEWS),
    LayerLook(MapLayer.WALLS),
    LayerLook(MapLayer.TAMBONS, shown=False),
    LayerLook(MapLayer.BEATS, shown=False),
    LayerLook(MapLayer.NO_GO),
    LayerLook(MapLayer.COMMUNITIES),
    LayerLook(MapLayer.ZONES),
    LayerLook(MapLayer.CAMERAS),
    LayerLook(MapLayer.INCIDENTS),
    LayerLook(MapLayer.UNITS),
)
"""The lowest first. Units are drawn live and always lie on top; pictures of the ground lie in the
base map, under its roads."""


@dataclass(frozen=True, slots=True)
class CameraMark:
    """One camera. `field_of_view_m` is the outline of what it sees, in the station's metres;
    `night_rim_m` the arc where its sight ends at night, for one that sees less far then."""

    id: str
    lat_deg: float
    lon_deg: float
    bearing_deg: float
    look: CameraLook
    label: str
    field_of_view_m: Metres | None = field(default=None, compare=False, repr=False)
    night_rim_m: Metres | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class IncidentMark:
    """One incident. `label` is what is written beside it, usually the number without its year."""

    id: str
    label: str
    lat_deg: float
    lon_deg: float
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class UnitMark:
    """One unit. `heading_deg` is the way it goes, clockwise from north."""

    id: str
    call_sign: str
    lat_deg: float
    lon_deg: float
    look: UnitLook
    heading_deg: float | None = None


@dataclass(frozen=True, slots=True)
class MapSelection:
    """The place everyone is looking at: its ring, its two lines, and the cameras that see it.

    `camera_ids` stand in order of rank, the best first: they get the discs ①②③…
    """

    lat_deg: float
    lon_deg: float
    title: str = ""
    detail: str = ""
    incident_id: str | None = None
    urgency: Urgency | None = None
    camera_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewState:
    """Where the map looks and how close: what is remembered between two days."""

    lat_deg: float
    lon_deg: float
    px_per_m: float
    is_home: bool = False
    """The whole zone, whatever the window's size: what else is said holds for one of this size."""
