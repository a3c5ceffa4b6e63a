"""Where marks stand in the picture on screen, for what is laid over it to keep clear of. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.map.clusters import LOUDEST_FIRST, Clusters
from app.map.frame import Frame
from app.map.marks import MapLayer, Metres, Urgency
from app.map.scene import PlacedIncidents, Scene

_CLOSED = LOUDEST_FIRST.index(Urgency.CLOSED)
_MOST = 400  # of the incidents; beyond, everything stands upon something


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Middles in logical pixels, (N, 2): of open incidents and of groups; of cameras."""

    incidents_px: Metres
    cameras_px: Metres

    @property
    def all_px(self) -> Metres:
        return np.concatenate((self.incidents_px, self.cameras_px))


NOTHING_STANDS = Standing(np.empty((0, 2)), np.empty((0, 2)))


@lru_cache(maxsize=2)  # a picture that arrives is painted without the view having moved
def standing(frame: Frame, scene: Scene, clusters: Clusters) -> Standing:
    """What stands in sight. A closed incident that stands alone may be covered."""
    incidents = cameras = np.empty((0, 2))
    if MapLayer.INCIDENTS in scene.shown:
        incidents = _in_sight(frame, np.concatenate((_still_open(scene.incidents), clusters.at)))
    if MapLayer.CAMERAS in scene.shown:
        cameras = _in_sight(frame, scene.cameras.at)
    return Standing(incidents if len(incidents) <= _MOST else np.empty((0, 2)), cameras)


@lru_cache(maxsize=2)  # one set of incidents is looked at at every step of a hand
def _still_open(incidents: PlacedIncidents) -> Metres:
    return incidents.at[incidents.loudness < _CLOSED]


def _in_sight(frame: Frame, places_m: Metres) -> Metres:
    pixels = frame.all_to_px(places_m)
    x_px, y_px = pixels[:, 0], pixels[:, 1]
    inside = (x_px >= 0) & (x_px <= frame.width_px) & (y_px >= 0) & (y_px <= frame.height_px)
    return np.asarray(pixels[inside])
