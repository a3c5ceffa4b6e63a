"""Which mark an officer means with a click. Knows places and pixels only."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from app.map.clusters import Cluster, Clusters
from app.map.frame import Frame
from app.map.marks import MapLayer, Metres
from app.map.scene import Scene
from app.map.scene_layout import CLUSTER_HALF_PX

REACH_PX = 14.0
STACK_PX = 6.0  # marks closer than this hide each other


def nearest(frame: Frame, places_m: Metres, x_px: float, y_px: float) -> tuple[int, float] | None:
    """Index and distance in pixels of the mark nearest the pixel, or None when none is in reach."""
    if not len(places_m):
        return None
    x_m, y_m = frame.to_m(x_px, y_px)
    with np.errstate(invalid="ignore"):
        away_px = np.hypot(places_m[:, 0] - x_m, places_m[:, 1] - y_m) * frame.px_per_m
    index = int(np.argmin(away_px))
    return (index, float(away_px[index])) if away_px[index] <= REACH_PX else None


def mark_at(frame: Frame, scene: Scene, at: QPointF) -> tuple[str | None, str | None]:
    """The incident's or the camera's id at a pixel; the nearer one where both are in reach."""
    incident = camera = None
    if MapLayer.INCIDENTS in scene.shown:
        incident = nearest(frame, scene.incidents.at, at.x(), at.y())
    if MapLayer.CAMERAS in scene.shown:
        camera = nearest(frame, scene.cameras.at, at.x(), at.y())
    if incident is not None and (camera is None or incident[1] <= camera[1]):
        return scene.incidents.marks[incident[0]].id, None
    return None, scene.cameras.marks[camera[0]].id if camera is not None else None


def stack_at(frame: Frame, scene: Scene, at: QPointF) -> tuple[str, ...]:
    """The incidents at a pixel that lie upon each other, so that a click cannot tell them apart."""
    if MapLayer.INCIDENTS not in scene.shown:
        return ()
    place = nearest(frame, scene.incidents.at, at.x(), at.y())
    if place is None:
        return ()
    away_m = np.hypot(*(scene.incidents.at - scene.incidents.at[place[0]]).T)
    near = np.flatnonzero(away_m * frame.px_per_m <= STACK_PX)
    return tuple(scene.incidents.marks[index].id for index in near)


def crowd_at(
    frame: Frame, scene: Scene, cluster: Cluster | None, at: QPointF
) -> tuple[tuple[str, ...], QPointF]:
    """The incidents at a pixel that a click cannot tell apart, with the pixel they crowd about:
    those of the group that is drawn there, else those that lie upon each other."""
    if cluster is None:
        return stack_at(frame, scene, at), at
    members = cluster.members(scene.incidents.at)
    ids = tuple(scene.incidents.marks[index].id for index in members)
    return ids, frame.to_px(cluster.x_m, cluster.y_m)


def in_sight(frame: Frame, scene: Scene) -> tuple[str, ...]:
    """The incidents in the picture."""
    if MapLayer.INCIDENTS not in scene.shown:
        return ()
    x, y = scene.incidents.at.T
    box = frame.rect_m
    inside = (x >= box.left()) & (x <= box.right()) & (y >= box.top()) & (y <= box.bottom())
    return tuple(scene.incidents.marks[index].id for index in np.flatnonzero(inside))


def cluster_at(frame: Frame, clusters: Clusters, at: QPointF) -> Cluster | None:
    """The group whose box is under a pixel; the one on top where two are."""
    away_px = np.abs(frame.all_to_px(clusters.at) - (at.x(), at.y()))
    under = np.flatnonzero((away_px <= CLUSTER_HALF_PX).all(axis=1))
    return clusters[int(under[-1])] if len(under) else None
