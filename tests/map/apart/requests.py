"""A small town with everything a still picture may show, and requests for pictures of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from PySide6.QtCore import QRect

from app.demo.town.ground import sample_basemap
from app.geo.ground_pictures import GroundPicture
from app.geo.projection import Projection
from app.map import NIGHT
from app.map.frame import Frame
from app.map.ground import GroundLoader
from app.map.marks import CameraLook, CameraMark, IncidentMark, MapLayer, Metres, Urgency
from app.map.picture import PictureKind, PictureRequest
from app.map.scene import (
    EMPTY_SCENE,
    LocalGround,
    PlacedArea,
    PlacedCameras,
    PlacedCoverage,
    PlacedIncidents,
    Scene,
)
from tests.map.conftest import CENTRE

BOTH = ((PictureKind.GROUND, 7), (PictureKind.SCENE, 9))
URGENCIES = (Urgency.ACT_NOW, Urgency.WATCH, Urgency.IN_HAND, Urgency.CLOSED)


def town(pictures: tuple[GroundPicture, ...] = ()) -> GroundLoader:
    """The sample station's base map, upon pictures of the ground."""
    basemap = replace(sample_basemap(), pictures=pictures)
    return GroundLoader(basemap, LocalGround(Projection(), CENTRE).origin_m)


def scene(incidents: int = 500) -> Scene:
    """Areas with names, cameras of every look, a crowd of incidents, coverage and a wall."""
    lots = np.random.default_rng(3)
    ring = np.array([(-200.0, -150.0), (220, -140), (180, 160), (-190, 150)])
    areas = tuple(
        PlacedArea(kind, kind, name, (ring * size,), (10.0 * size, 5.0), sample=False)
        for kind, name, size in (
            ("zone", "เขต", 1.0), ("community", "ชุมชนศรีมงคล", 0.7), ("no_go", "", 0.4),
        )
    )  # fmt: skip
    looks = tuple(CameraLook)
    at = lots.uniform(-250, 250, (12, 2))
    marks = tuple(
        CameraMark(f"C{i:02d}", 0.0, 0.0, 30.0 * i, looks[i % len(looks)], f"กล้อง {i}")
        for i in range(12)
    )
    fan = np.array([(0.0, 0.0), (40, 10), (45, 0), (40, -12)])
    views: tuple[Metres | None, ...] = (None, *(fan + one for one in at[1:]))
    rims = (None, *(one[1:] for one in views[1:] if one is not None))
    places = lots.uniform(-300, 300, (incidents, 2))
    loudness = np.arange(incidents, dtype=np.int8) % 4
    told = tuple(
        IncidentMark(f"id{i}", f"{i}", 16.5, 104.7, URGENCIES[i % 4]) for i in range(incidents)
    )
    seen = shapely.box(-100, -100, 0, 100)
    coverage = PlacedCoverage(seen, shapely.box(-50, -50, 0, 0), shapely.box(20, 20, 90, 90))
    layers = tuple(
        replace(look, shown=look.layer is not MapLayer.DENSITY) for look in EMPTY_SCENE.layers
    )
    return Scene(
        areas=areas,
        cameras=PlacedCameras(marks, at, views, rims),
        incidents=PlacedIncidents(told, places, loudness),
        layers=layers,
        coverage=coverage,
        walls=(np.array([(-80.0, 90.0), (-20, 95), (-10, 130)]),),
    )


def request(
    px_per_m: float, shown: Scene, loader: GroundLoader, dpr: float = 1.0
) -> PictureRequest:
    """Both pictures about the middle, what is looked at first."""
    frame = Frame(12.0, -8.0, px_per_m, 600, 480, dpr)
    return PictureRequest(frame, shown, NIGHT, loader, BOTH, QRect(100, 80, 400, 320))
