"""That recorded footage was watched: which cameras, which times, why. Knows no screen.

A viewing is an entry for each few minutes of watching, not one for each touch of the timeline:
`ViewingTally` gathers what was really on the screen until it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from app.clock import to_stored
from app.log import Said
from app.video.archive.segment import Span

FIRST_AFTER_S = 15.0
"""A viewing is written so soon after it began: whoever pulls the plug does not watch unseen."""
EVERY_S = 180.0
_JOINS_S = 60.0
"""Two times of the same camera nearer than this are one span: who looks for something goes back
and forth."""


@dataclass(frozen=True, slots=True)
class WatchedFootage:
    """What was seen of one camera: spans in order, none touching the next."""

    camera_id: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FootageViewed:
    """An officer watched recorded footage. `place` is as the officer named it; may be empty."""

    kind: ClassVar[str] = "footage_viewed"
    watched: tuple[WatchedFootage, ...]
    place: str = ""
    incident_id: str = ""
    reason: str = ""

    @property
    def subject(self) -> str:
        """The incident it was watched for, so that it stands in its story; else the camera."""
        return self.incident_id or self.watched[0].camera_id

    def body(self) -> Mapping[str, Any]:
        return {
            "footage": [
                {
                    "camera_id": one.camera_id,
                    "spans": [[to_stored(s.begins), to_stored(s.ends)] for s in one.spans],
                }
                for one in self.watched
            ],
            "place": self.place,
            "incident_id": self.incident_id,
            "reason": self.reason,
        }


SAID = (Said(FootageViewed.kind, ("place", "reason")),)


class ViewingTally:
    """Gathers what is watched; `due` says when it is to be written, `take` gives it once."""

    def __init__(self) -> None:
        self._spans: dict[str, list[Span]] = {}
        self._since_s: float | None = None
        self._has_written = False

    def note(self, camera_ids: Iterable[str], at: datetime, now_s: float) -> None:
        """These cameras' pictures of about this instant are on the screen (monotonic `now_s`)."""
        for camera_id in camera_ids:
            self._spans[camera_id] = _with(self._spans.get(camera_id, []), at)
            if self._since_s is None:
                self._since_s = now_s

    def due(self, now_s: float) -> bool:
        """Whether what is gathered is to be written now."""
        if self._since_s is None:
            return False
        return now_s - self._since_s >= (EVERY_S if self._has_written else FIRST_AFTER_S)

    def take(
        self, place: str = "", incident_id: str = "", reason: str = ""
    ) -> FootageViewed | None:
        """What was watched since the last time; None if nothing was."""
        watched = tuple(
            WatchedFootage(camera_id, tuple(spans))
            for camera_id, spans in sorted(self._spans.items())
        )
        self._spans, self._since_s = {}, None
        if not watched:
            return None
        self._has_written = True
        return FootageViewed(watched, place, incident_id, reason)

    def begin_anew(self) -> None:
        """Another viewing: its first entry comes soon again."""
        self._has_written = False


def _with(spans: list[Span], at: datetime) -> list[Span]:
    """The spans and this instant: joined to those near it, in order."""
    near = timedelta(seconds=_JOINS_S)
    begins = ends = at
    apart = []
    for span in spans:
        if span.begins - near <= at <= span.ends + near:
            begins, ends = min(begins, span.begins), max(ends, span.ends)
        else:
            apart.append(span)
    return sorted([*apart, Span(begins, ends)], key=lambda one: one.begins)
