"""Which stretch of time a timeline shows, and how wide: zoom, pan, where an instant stands.

Pure arithmetic: knows no Qt, no footage. Instants are seconds since 1970 (UTC).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

DAY_S = 86_400.0
LONGEST_S = 31 * DAY_S
SHORTEST_S = 1.0


def seconds(at: datetime) -> float:
    """An instant as a number. `at` must be aware."""
    return at.timestamp()


def instant(at_s: float) -> datetime:
    """The number as an instant, cut to milliseconds."""
    return datetime.fromtimestamp(int(at_s * 1000 + 1e-3) / 1000, UTC)


@dataclass(frozen=True, slots=True)
class TimelineScale:
    """`span_s` seconds from `begins_s` on, over `width_px` pixels."""

    begins_s: float
    span_s: float
    width_px: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "span_s", min(max(self.span_s, SHORTEST_S), LONGEST_S))
        object.__setattr__(self, "width_px", max(self.width_px, 1.0))

    @property
    def ends_s(self) -> float:
        return self.begins_s + self.span_s

    @property
    def px_per_s(self) -> float:
        return self.width_px / self.span_s

    def x(self, at_s: float) -> float:
        """Where an instant stands, in pixels from the left edge; may lie outside."""
        return (at_s - self.begins_s) * self.px_per_s

    def at(self, x: float) -> float:
        """Which instant stands at a pixel."""
        return self.begins_s + x / self.px_per_s

    def shows(self, at_s: float) -> bool:
        """Whether an instant is to be seen."""
        return self.begins_s <= at_s <= self.ends_s

    def zoomed(self, factor: float, x: float) -> TimelineScale:
        """`factor` times as close; the instant at pixel `x` stays under it."""
        span_s = min(max(self.span_s / factor, SHORTEST_S), LONGEST_S)
        begins_s = self.at(x) - x / self.width_px * span_s
        return replace(self, begins_s=begins_s, span_s=span_s)

    def panned(self, by_px: float) -> TimelineScale:
        """Pulled to the right by so many pixels: earlier times come in from the left."""
        return replace(self, begins_s=self.begins_s - by_px / self.px_per_s)

    def centred(self, at_s: float, span_s: float | None = None) -> TimelineScale:
        """With this instant in the middle, as long as before or `span_s` long."""
        length_s = self.span_s if span_s is None else min(max(span_s, SHORTEST_S), LONGEST_S)
        return replace(self, begins_s=at_s - length_s / 2, span_s=length_s)

    def turned_to(self, at_s: float) -> TimelineScale:
        """Itself while the instant is to be seen; else turned over so that it is near the side it
        comes from, as a page: what runs is not followed pixel by pixel."""
        if self.shows(at_s):
            return self
        edge = 0.1 if at_s > self.ends_s else 0.9
        return replace(self, begins_s=at_s - edge * self.span_s)

    def within(self, first_s: float, last_s: float) -> TimelineScale:
        """Moved, not stretched, so that it stays between these two where it fits."""
        if self.span_s >= last_s - first_s:
            return replace(self, begins_s=first_s - (self.span_s - (last_s - first_s)) / 2)
        return replace(self, begins_s=min(max(self.begins_s, first_s), last_s - self.span_s))

    def resized(self, width_px: float) -> TimelineScale:
        """The same stretch over another width."""
        return replace(self, width_px=width_px)
