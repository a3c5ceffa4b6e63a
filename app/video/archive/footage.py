"""What may be asked of recorded footage. Knows no database: the recorder's index is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from app.cameras.camera import StreamKind
from app.video.archive.segment import Gap, GapCause, Segment, Span


class MissingStretch(NamedTuple):
    """A gap in milliseconds since 1970; `ends_ms` is None while it lasts."""

    begins_ms: int
    ends_ms: int | None
    cause: GapCause
    detail: str


class Stretches(NamedTuple):
    """Of one camera, in order. `recorded`: begin and end of each, in milliseconds since 1970."""

    recorded: list[tuple[int, int]]
    missing: list[MissingStretch]


class Footage(Protocol):
    """Recorded footage of one station, as it is now. Any thread may ask; answers take milliseconds.

    All raise KnownError when the index cannot be read. Before anything was ever recorded they
    answer that there is nothing.
    """

    def segments(
        self, camera_id: str, stream: StreamKind, begins: datetime, ends: datetime
    ) -> list[Segment]:
        """The segments that overlap [begins, ends), in the order of their time, then of their id;
        a growing one as far as it is."""
        ...

    def segment_at(self, camera_id: str, stream: StreamKind, at: datetime) -> Segment | None:
        """The segment that holds this instant; the one begun last if the clock was set back."""
        ...

    def segment_after(self, camera_id: str, stream: StreamKind, at: datetime) -> Segment | None:
        """The first segment that begins at or after this instant."""
        ...

    def segment_before(self, camera_id: str, stream: StreamKind, at: datetime) -> Segment | None:
        """The last segment that ends at or before this instant."""
        ...

    def streams(self, camera_id: str) -> frozenset[StreamKind]:
        """Which of its streams were ever recorded."""
        ...

    def gaps(self, camera_id: str, begins: datetime, ends: datetime) -> list[Gap]:
        """Where there is none, and why, of the main stream (of the sub stream where that is all);
        in order. What was deleted by age is no gap."""
        ...

    def stretches(self, camera_id: str, begins: datetime, ends: datetime) -> Stretches:
        """Where there is footage of the camera, of either stream, merged and cut to the span asked
        for; and what `gaps` say. Plain numbers: 31 days of eight cameras in a few milliseconds."""
        ...

    def extent(self, camera_ids: Sequence[str] = ()) -> Span | None:
        """From the oldest to the newest footage there is, of these cameras or of all."""
        ...
