"""What there is of what is wanted: clips cut on keyframes, what is missing and why, how large.

What the screen shows before anything is exported. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.cameras.camera import StreamKind
from app.evidence.export_order import ExportOrder
from app.evidence.recorded_gops import UnreadableError, cut_span
from app.video.archive.footage import Footage
from app.video.archive.segment import Gap, GapCause, Segment, Span

UNBROKEN_S = 2.0
"""Between two segments: a hole shorter than this is the network's jitter, and no gap."""


@dataclass(frozen=True, slots=True)
class PlannedClip:
    """Segments of one stream that follow each other: what will be one file, or a few.

    `span` is from the keyframe at or before the wanted begin to the end of the last group that
    holds its end; `size_bytes` is about what the file will have.
    """

    stream: StreamKind
    segments: tuple[Segment, ...]
    wanted: Span
    span: Span
    size_bytes: int


@dataclass(frozen=True, slots=True)
class MissingFootage:
    """A part of the wanted span of which there is nothing. `cause` is None if no gap was noted:
    deleted by its age, or never to be recorded."""

    span: Span
    cause: GapCause | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CameraPlan:
    """What there is of one camera, in order of time. The sub stream fills in for the main one."""

    camera_id: str
    clips: tuple[PlannedClip, ...]
    missing: tuple[MissingFootage, ...]

    @property
    def size_bytes(self) -> int:
        return sum(clip.size_bytes for clip in self.clips)

    @property
    def span(self) -> Span | None:
        """From its first keyframe to the end of its last group; None without footage."""
        if not self.clips:
            return None
        return Span(
            min(clip.span.begins for clip in self.clips), max(clip.span.ends for clip in self.clips)
        )


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What an order comes to."""

    order: ExportOrder
    cameras: tuple[CameraPlan, ...]

    @property
    def size_bytes(self) -> int:
        """About what the package will have; a burned copy counts once more."""
        copies = 2 if self.order.burned_copy else 1
        return copies * sum(camera.size_bytes for camera in self.cameras)

    @property
    def duration_s(self) -> float:
        """Of all clips together: what there is to copy."""
        return sum(clip.span.duration_s for camera in self.cameras for clip in camera.clips)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to export."""
        return not any(camera.clips for camera in self.cameras)


def plan_export(footage: Footage, order: ExportOrder) -> ExportPlan:
    """Look what there is; reads at most two segments for each unbroken stretch, never the rest.

    Takes tens of milliseconds a camera: not for the Qt thread. KnownError: the index is not there.
    """
    cameras = [_camera_plan(footage, camera_id, order.span) for camera_id in order.camera_ids]
    return ExportPlan(order, tuple(cameras))


def _camera_plan(footage: Footage, camera_id: str, wanted: Span) -> CameraPlan:
    clips = list(_clips(footage, camera_id, StreamKind.MAIN, wanted))
    for hole in holes(wanted, [clip.span for clip in clips]):
        clips += _clips(footage, camera_id, StreamKind.SUB, hole)
    clips.sort(key=lambda clip: clip.span.begins)
    gaps = footage.gaps(camera_id, wanted.begins, wanted.ends)
    missing = tuple(missing_footage(wanted, [clip.span for clip in clips], gaps))
    return CameraPlan(camera_id, tuple(clips), missing)


def _clips(
    footage: Footage, camera_id: str, stream: StreamKind, wanted: Span
) -> Iterator[PlannedClip]:
    segments = footage.segments(camera_id, stream, wanted.begins, wanted.ends)
    for run in unbroken(segments):
        clip = _clip(stream, run, wanted)
        if clip is not None:
            yield clip


def unbroken(segments: Sequence[Segment]) -> Iterator[tuple[Segment, ...]]:
    """Segments in runs that one file can hold: no gap, one size, one codec. After a clock that was
    set back the same time comes twice: in two runs."""
    run: list[Segment] = []
    for segment in sorted(segments, key=lambda one: one.id):
        if run and not _continues(run[-1], segment):
            yield tuple(run)
            run = []
        run.append(segment)
    if run:
        yield tuple(run)


def _continues(before: Segment, after: Segment) -> bool:
    between_s = (after.begins - before.ends).total_seconds()
    same = (before.codec, before.size) == (after.codec, after.size)
    return same and abs(between_s) <= UNBROKEN_S


def _clip(stream: StreamKind, run: tuple[Segment, ...], wanted: Span) -> PlannedClip | None:
    """Only the segments at the two ends must be looked into."""
    spans: list[Span] = []
    size_bytes = 0
    for segment in run:
        whole = wanted.begins <= segment.begins and segment.ends <= wanted.ends
        try:
            cut = (segment.span, segment.size_bytes) if whole else cut_span((segment,), wanted)
        except UnreadableError:
            continue  # what is left of it is written, and the rest is in the manifest
        if cut is not None:
            spans.append(cut[0])
            size_bytes += cut[1]
    if not spans:
        return None
    return PlannedClip(stream, run, wanted, Span(spans[0].begins, spans[-1].ends), size_bytes)


def holes(wanted: Span, there: Iterable[Span]) -> Iterator[Span]:
    """The parts of `wanted` that no span covers, if they are longer than jitter."""
    reached = wanted.begins
    for span in (*sorted(there, key=lambda one: one.begins), Span(wanted.ends, wanted.ends)):
        if (min(span.begins, wanted.ends) - reached).total_seconds() > UNBROKEN_S:
            yield Span(reached, min(span.begins, wanted.ends))
        reached = max(reached, span.ends)


def missing_footage(
    wanted: Span, there: Iterable[Span], gaps: Sequence[Gap]
) -> Iterator[MissingFootage]:
    """Every hole in what is wanted, in pieces by their cause."""
    for hole in holes(wanted, there):
        reached = hole.begins
        for gap in sorted(gaps, key=lambda one: one.begins):
            begins = max(reached, gap.begins)
            ends = hole.ends if gap.ends is None else min(hole.ends, gap.ends)
            if begins >= ends:
                continue
            if _is_longer(reached, begins):
                yield MissingFootage(Span(reached, begins), None)
            else:
                begins = reached
            yield MissingFootage(Span(begins, ends), gap.cause, gap.detail)
            reached = ends
        if _is_longer(reached, hole.ends):
            yield MissingFootage(Span(reached, hole.ends), None)


def _is_longer(begins: datetime, ends: datetime) -> bool:
    return ends - begins > timedelta(seconds=UNBROKEN_S)
