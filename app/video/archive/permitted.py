"""Footage that opens only while whoever sits at the desk may watch it.

What was recorded when, everybody may know; no segment is given out that could be decoded. Asked at
every segment, so that a permission that is taken ends what plays at the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from app.cameras.camera import StreamKind
from app.video.archive.footage import Footage, Stretches
from app.video.archive.segment import Gap, Segment, Span


class PermittedFootage:
    """`Footage` behind a question. Any thread may ask, so `may_watch` must not mind."""

    def __init__(self, footage: Footage, may_watch: Callable[[], bool]) -> None:
        self._footage, self._may_watch = footage, may_watch

    def segments(
        self, camera_id: str, stream: StreamKind, begins: datetime, ends: datetime
    ) -> list[Segment]:
        if not self._may_watch():
            return []
        return self._footage.segments(camera_id, stream, begins, ends)

    def segment_at(self, camera_id: str, stream: StreamKind, at: datetime) -> Segment | None:
        return self._footage.segment_at(camera_id, stream, at) if self._may_watch() else None

    def segment_after(self, camera_id: str, stream: StreamKind, at: datetime) -> Segment | None:
        return self._footage.segment_after(camera_id, stream, at) if self._may_watch() else None

    def segment_before(self, camera_id: str, stream: StreamKind, at: datetime) -> Segment | None:
        return self._footage.segment_before(camera_id, stream, at) if self._may_watch() else None

    def streams(self, camera_id: str) -> frozenset[StreamKind]:
        return self._footage.streams(camera_id)

    def gaps(self, camera_id: str, begins: datetime, ends: datetime) -> list[Gap]:
        return self._footage.gaps(camera_id, begins, ends)

    def stretches(self, camera_id: str, begins: datetime, ends: datetime) -> Stretches:
        return self._footage.stretches(camera_id, begins, ends)

    def extent(self, camera_ids: Sequence[str] = ()) -> Span | None:
        return self._footage.extent(camera_ids)
