"""What is under way in the Review place, carried into the window that takes another's place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.geo.coordinates import LatLon
from app.ui.review.timeline_scale import TimelineScale
from app.ui.wall.moment_field import BegunNote

if TYPE_CHECKING:
    from app.ui.review.review_place import ReviewPlace

Views = dict[str, tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class BegunReview:
    """Place, cameras, A–B, the typed reason, the stretch of time. The playback runs on by itself,
    so the instant and the speed need not be carried."""

    place: LatLon | None
    place_name: str
    incident_id: str
    chosen: tuple[str, ...]
    tile_count: int
    single: str
    selected: str
    views: Views
    a: datetime | None
    b: datetime | None
    loops: bool
    home: datetime | None
    runs: bool
    reason: str
    wants_zip: bool
    wants_burned: bool
    lock_days: int | None
    scale: TimelineScale
    note: BegunNote | None


def begun_review(place: ReviewPlace) -> BegunReview:
    """As it stands now."""
    places, grid, transport, card = place.places, place.grid, place.transport, place.card
    return BegunReview(
        place=places.place,
        place_name=places.place_name,
        incident_id=places.incident.id if places.incident else "",
        chosen=grid.chosen,
        tile_count=grid.tile_count,
        single=grid.single,
        selected=grid.selected,
        views=grid.views.stored(),
        a=transport.a,
        b=transport.b,
        loops=transport.loops,
        home=transport.home_at,
        runs=transport.runs,
        reason=card.reason.text(),
        wants_zip=card.wants_zip,
        wants_burned=card.wants_burned,
        lock_days=card.lock_days,
        scale=place.timeline.scale,
        note=place.note.begun(),
    )


def go_on(place: ReviewPlace, begun: BegunReview) -> None:
    """Go on with it in another window; nothing is sought anew."""
    desk = place.places.desk.desk
    incident = desk.incident(begun.incident_id) if begun.incident_id else None
    place.jumps.has_begun = True
    place.card.restore(begun.reason, wants_zip=begun.wants_zip, wants_burned=begun.wants_burned)
    place.card.keep.choose(begun.lock_days)
    at = begun.home or desk.now()
    place.places.open_place(begun.place, begun.place_name, at, incident, begun.chosen)
    place.grid.views.restore(begun.views)
    place.grid.set_tile_count(begun.tile_count)
    place.grid.select(begun.selected)
    if begun.single:
        place.grid.toggle_single(begun.single)
    place.transport.go_on(begun.a, begun.b, begun.home, loops=begun.loops, runs=begun.runs)
    place.timeline.show_scale(begun.scale)
    if begun.note is not None:
        place.note.go_on(begun.note)
