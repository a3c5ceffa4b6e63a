"""What of the scene stands in a picture, and where: cameras, incidents, groups. Paints nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.map.clusters import Grouped, group
from app.map.frame import Frame
from app.map.labels import Occupied
from app.map.marks import MapLayer, Metres
from app.map.scene import Scene
from app.map.shapes import CAMERA_RADIUS_PX, INCIDENT_RADIUS_PX

DISCS_FROM_PX_PER_M = 0.25
OUTSIDE_PX = 40  # marks whose middle lies outside may still reach in
FARTHEST_VIEW_M = 200.0  # a camera out of sight may still look into the picture
CLUSTER_HALF_PX = (20.0, 13.0)


@dataclass(frozen=True, slots=True, eq=False)
class SceneLayout:
    """Indices of the cameras in sight and their pixels; incidents alone and in groups."""

    cameras: NDArray[np.intp]
    cameras_px: Metres
    grouped: Grouped
    singles_px: Metres
    clusters_px: Metres

    def occupied(self, frame: Frame) -> Occupied:
        """The room the marks take, for names to keep clear of."""
        taken = Occupied()
        radius = CAMERA_RADIUS_PX + 2 if frame.px_per_m >= DISCS_FROM_PX_PER_M else 5.0
        for places, half_x, half_y in (
            (self.cameras_px, radius, radius),
            (self.singles_px, INCIDENT_RADIUS_PX - 1, INCIDENT_RADIUS_PX - 1),
            (self.clusters_px, *CLUSTER_HALF_PX),
        ):
            taken.take_squares(places, half_x, half_y)
        return taken


def lay_out_scene(frame: Frame, scene: Scene) -> SceneLayout:
    """Everything that reaches into the picture."""
    cameras, incidents = scene.cameras, scene.incidents
    seen_cameras = seen_incidents = np.empty(0, dtype=np.intp)
    if scene.shown & {MapLayer.CAMERAS, MapLayer.VIEWS}:
        spare_px = OUTSIDE_PX + FARTHEST_VIEW_M * frame.px_per_m
        seen_cameras = _in_sight(frame, cameras.at, spare_px)
    if MapLayer.INCIDENTS in scene.shown:
        seen_incidents = _in_sight(frame, incidents.at, OUTSIDE_PX)
    grouped = group(incidents.at, incidents.loudness, seen_incidents, frame.px_per_m)
    return SceneLayout(
        cameras=seen_cameras,
        cameras_px=frame.all_to_px(cameras.at[seen_cameras]),
        grouped=grouped,
        singles_px=frame.all_to_px(incidents.at[grouped.single]),
        clusters_px=frame.all_to_px(grouped.clusters.at),
    )


def _in_sight(frame: Frame, places_m: Metres, spare_px: float) -> NDArray[np.intp]:
    spare_m = spare_px / frame.px_per_m
    box = frame.rect_m.adjusted(-spare_m, -spare_m, spare_m, spare_m)
    x, y = places_m[:, 0], places_m[:, 1]
    inside = (x >= box.left()) & (x <= box.right()) & (y >= box.top()) & (y <= box.bottom())
    return np.flatnonzero(inside)
