"""Writes what a package holds of one camera: clips as recorded, the burned copy, still pictures.

Knows neither where the package lies nor the log.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from app.cameras.camera import StreamKind
from app.cameras.masks import PrivacyMask
from app.evidence.burned_copy import write_burned
from app.evidence.clip_writer import CancelledError, ClipNames, OpenFile, WrittenClip, write_clips
from app.evidence.export_order import ExportOrder
from app.evidence.export_plan import CameraPlan, PlannedClip, missing_footage
from app.evidence.manifest import ExportedCamera, Source, WrittenFile, WrittenStill
from app.evidence.recorded_gops import Gop, UnreadableError, gops
from app.evidence.stills import still_picture
from app.video.archive.segment import Gap, GapCause, Segment

UNREADABLE = "unreadable"
_CHUNK_BYTES = 1 << 20


@dataclass(slots=True)
class CameraExport:
    """One camera's part of an export under way. `copied` hears how many bytes were done."""

    plan: CameraPlan
    order: ExportOrder
    name: str
    masks: tuple[PrivacyMask, ...]
    station: str
    open_file: OpenFile
    names: ClipNames
    copied: Callable[[int], None]
    cancelled: threading.Event
    _damaged: dict[int, Segment] = field(default_factory=dict)

    def write(self) -> ExportedCamera:
        """All of it. Raises CancelledError, OSError and KnownError."""
        clips = [clip for planned in self.plan.clips for clip in self._clips(planned)]
        burned: list[WrittenClip] = []
        if self.order.burned_copy:
            burned = [clip for planned in self.plan.clips for clip in self._burned(planned)]
        return ExportedCamera(
            camera_id=self.plan.camera_id,
            name=self.name,
            clips=tuple(clips),
            burned=tuple(burned),
            stills=tuple(self._stills()),
            missing=tuple(
                missing_footage(
                    self.order.span, [clip.span for clip in clips], [*self._noted(), *self._lost()]
                )
            ),
            sources=tuple(self._sources()),
        )

    def _clips(self, planned: PlannedClip) -> list[WrittenClip]:
        return write_clips(
            self._groups(planned),
            self.open_file,
            self.names,
            copied=self.copied,
            cancelled=self.cancelled,
        )

    def _burned(self, planned: PlannedClip) -> list[WrittenClip]:
        return write_burned(
            self._groups(planned),
            self.masks,
            self.station,
            self.open_file,
            self.names,
            copied=self.copied,
            cancelled=self.cancelled,
        )

    def _groups(self, planned: PlannedClip) -> Iterator[Gop]:
        """What can be read; a segment that cannot is noted, and the rest goes on."""
        for segment in planned.segments:
            try:
                yield from gops(segment, planned.wanted)
            except UnreadableError:
                self._damaged[segment.id] = segment

    def _noted(self) -> list[Gap]:
        """The gaps that the plan knew of."""
        return [
            Gap(self.plan.camera_id, self._stream, one.span.begins, one.span.ends, one.cause,
                one.detail)
            for one in self.plan.missing
            if one.cause is not None
        ]  # fmt: skip

    def _lost(self) -> list[Gap]:
        """What the disk has lost since it was recorded."""
        return [
            Gap(one.camera_id, one.stream, one.begins, one.ends, GapCause.DISK, UNREADABLE)
            for one in self._damaged.values()
        ]

    def _stills(self) -> Iterator[WrittenStill]:
        segments = [segment for clip in self.plan.clips for segment in clip.segments]
        for wanted in self.order.stills:
            if wanted.camera_id != self.plan.camera_id:
                continue
            if self.cancelled.is_set():
                raise CancelledError
            holding = [segment for segment in segments if segment.span.holds(wanted.at)]
            still = still_picture(holding[-1], wanted.at, self.masks) if holding else None
            if still is not None:
                stream = holding[-1].stream
                name = self.names.of("stills", wanted.camera_id, stream, still.at, "png")
                with self.open_file(name) as file:
                    file.write(still.png)
                sha256 = hashlib.sha256(still.png).hexdigest()
                written = WrittenFile(name, len(still.png), sha256)
                yield WrittenStill(written, wanted.camera_id, still.at)

    def _sources(self) -> Iterator[Source]:
        """Each segment, and whether it still is what the recorder wrote."""
        for clip in self.plan.clips:
            for segment in clip.segments:
                if self.cancelled.is_set():
                    raise CancelledError
                name = "/".join(segment.path.parts[-4:])
                yield Source(name, segment.begins, segment.sha256, _as_recorded(segment))

    @property
    def _stream(self) -> StreamKind:
        return self.plan.clips[0].stream if self.plan.clips else StreamKind.MAIN


def _as_recorded(segment: Segment) -> bool | None:
    if not segment.sha256:
        return None
    digest = hashlib.sha256()
    try:
        with segment.path.open("rb") as file:
            for chunk in iter(lambda: file.read(_CHUNK_BYTES), b""):
                digest.update(chunk)
    except OSError:
        return False
    return digest.hexdigest() == segment.sha256
