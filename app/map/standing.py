"""Where marks stand in the picture on screen, for what is laid over it to keep clear of. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.map.clusters import LOUDEST_FIRST, Clusters
from app.map.frame import Frame
from app.map.marks import MapLayer, Metres, Urgency
from app.map.scene import Scene

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


def standing(frame: Frame, scene: Scene, clusters: Clusters) -> Standing:
    """What stands in sight. A closed incident that stands alone may be covered."""
    incidents = cameras = np.empty((0, 2))
    if MapLayer.INCIDENTS in scene.shown:
        still_open = scene.incidents.at[scene.incidents.loudness < _CLOSED]
        incidents = _in_sight(frame, np.concatenate((still_open, clusters.at)))
    if MapLayer.CAMERAS in scene.shown:
        cameras = _in_sight(frame, scene.cameras.at)
    return Standing(incidents if len(incidents) <= _MOST else np.empty((0, 2)), cameras)


def _in_sight(frame: Frame, places_m: Metres) -> Metres:
    pixels = frame.all_to_px(places_m)
    inside = (pixels >= 0).all(axis=1) & (pixels <= (frame.width_px, frame.height_px)).all(axis=1)
    return np.asarray(pixels[inside])
