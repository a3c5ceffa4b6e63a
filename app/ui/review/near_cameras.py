"""The cameras for a place: those that see it, ranked, then those near it; and what they recorded.

Knows the ground and rows of the timeline; no widget.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.cameras.ground import Ground
from app.geo.coordinates import LatLon
from app.thai.translation import tr
from app.ui.review.span_words import short_span
from app.ui.review.timeline_rows import TimelineRow
from app.video.archive.segment import Span

WINDOW = timedelta(minutes=15)
"""Footage is looked for so long before and after the time that is asked about."""
_COMPLETE_S = 2.0  # between two segments: the network's jitter, and no gap


@dataclass(frozen=True, slots=True)
class NearCamera:
    """A camera and how it stands to the place; `distance_m` is None where no place is chosen."""

    camera_id: str
    name: str
    distance_m: float | None
    sees: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """What it recorded around the time: the words, and the token of their colour."""

    words: str
    colour: str


def near_cameras(ground: Ground, place: LatLon | None, at: datetime) -> list[NearCamera]:
    """Who saw the place at that time, the best first; then all others, the nearest first."""
    if place is None:
        return [NearCamera(camera.id, camera.name, None, False) for camera in ground.cameras]
    names = {camera.id: camera.name for camera in ground.cameras}
    seeing = [
        NearCamera(one.camera_id, names[one.camera_id], one.distance_m, True)
        for one in ground.who_sees_at(place, at)
    ]
    known = {one.camera_id for one in seeing}
    others = [
        NearCamera(
            camera.id,
            camera.name,
            ground.distance_m(place, LatLon(camera.lat_deg, camera.lon_deg)),
            False,
        )
        for camera in ground.cameras
        if camera.id not in known
    ]
    return seeing + sorted(others, key=lambda one: (one.distance_m or 0.0, one.camera_id))


def window_around(at: datetime, now: datetime) -> Span:
    """A quarter of an hour to each side, as far as it has happened."""
    ends = min(at + WINDOW, now)
    return Span(min(at - WINDOW, ends - WINDOW), ends)


def coverage(row: TimelineRow | None, window: Span) -> Coverage:
    """`ครบ`, `ว่าง 52 วิ` or `ไม่มีภาพ`, in the colours of their states."""
    if row is None:
        return Coverage("…", "text_3")
    missing_s = row.missing_s(window)
    if missing_s >= window.duration_s - 0.5:
        return Coverage(tr("no picture"), "red")
    if missing_s > _COMPLETE_S:
        return Coverage(tr("gap {time}", time=short_span(missing_s)), "amber")
    return Coverage(tr("complete"), "text_2")
