"""Cuts one session's packets into segments, each in the index. Knows no camera and no network.

The order of writing is docs/recording.md's: file and folders synced, then the row; last fsync, then
the row made whole.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import av
from av.packet import Packet
from av.stream import Stream

from app.cameras.camera import StreamKind
from app.clock import to_milliseconds
from app.errors import KnownError
from app.station.disk import FULL
from app.video.archive.index_change import IndexChange, NewSegment, Progress
from app.video.archive.index_spans import JOIN_MS
from app.video.archive.index_tables import free_begin
from app.video.archive.segment import GapCause
from app.video.archive.segment_file_name import segment_path
from app.video.picture import Size
from app.video.recorder.camera_stream import StreamLost, camera_unix_ms
from app.video.recorder.index_duty import IndexDuty, Step
from app.video.recorder.parameter_sets import CODECS, parameter_sets, picture_size
from app.video.recorder.recording_folders import RecordingFolder
from app.video.recorder.segment_file import SegmentFile, VideoForm
from app.video.recorder.surroundings import RecorderSurroundings

BACK_S, FORWARD_S = -1.0, 3.0
"""A frame's own time that steps by more, either way, is no time to go on with."""
_OTHER_NAMES = 1000


class Session(Protocol):
    """What is known of an open camera."""

    video: av.VideoStream
    sound: av.AudioStream | None
    codec: str


@dataclass(slots=True)
class _Growing:
    file: SegmentFile
    segment_id: int
    folder: RecordingFolder
    begins: datetime
    first_pts: int
    epoch: int


class SegmentCutter:
    """One thread's. `take` raises StreamLost; `close` ends the segment that is growing."""

    def __init__(
        self,
        camera_id: str,
        kind: StreamKind,
        session: Session,
        around: RecorderSurroundings,
        duty: IndexDuty,
    ) -> None:
        self._camera_id, self._kind = camera_id, kind
        self._session = session
        self._around = around
        self._duty = duty
        self._growing: _Growing | None = None
        self._form = VideoForm(session.codec, Size(0, 0))
        self._seconds = float(session.video.time_base or 0)
        self._last_s: float | None = None  # the newest frame's own time
        self._promptest_s = float("inf")  # arrival minus own time, of the promptest frame
        self._wall_ms = 0.0  # the wall clock at zero of the monotonic one, as at the last cut
        self._ahead_ms: int | None = None
        self.progress: Progress | None = None
        """Of the growing segment; another thread tells the index once a second."""
        self.ended: datetime | None = None
        """Where the newest finished segment ends."""
        self.bytes_taken = 0

    def take(self, packet: Packet[Stream], arrived_s: float) -> None:
        """Write a packet that came then, on the monotonic clock."""
        self.bytes_taken += packet.size
        if packet.stream_index == self._session.video.index:
            own_s = (packet.pts or 0) * self._seconds
            if self._last_s is not None and not BACK_S < own_s - self._last_s < FORWARD_S:
                self.close()
            self._last_s = own_s
            if packet.is_keyframe and self._is_time_to_cut(packet):
                self._cut(packet, arrived_s - own_s)
            self._promptest_s = min(self._promptest_s, arrived_s - own_s)
            self._note_clock(packet, arrived_s)
        if self._growing is not None:
            self._write(self._growing, packet)

    def close(self) -> None:
        """Finish what is growing. What the disk or the index refuses, the next start makes good."""
        growing, self._growing = self._growing, None
        if growing is None:
            return
        if growing.file.is_empty:
            self._abandon(growing)
            return
        try:
            written = growing.file.finish()
        except (OSError, KnownError, av.error.FFmpegError):
            self._abandon(growing)
            return
        final = self._progress_of(growing, written.duration_ms, written.size_bytes)
        self._duty.owe(lambda change: change.finish(final, written.sha256))
        self._end(growing, written.duration_ms)

    def _abandon(self, growing: _Growing) -> None:
        """The disk failed: what is synced stays, if it is still there."""
        file = growing.file
        file.abandon()
        self._end(growing, file.synced_ms)
        with contextlib.suppress(KnownError):
            if file.synced_bytes and file.path.exists():
                self._around.disk.cut(file.path, file.synced_bytes)
            else:
                self._around.disk.remove(file.path)
        if file.path.exists() or not self._around.folders.is_there(growing.folder):
            final = self._progress_of(growing, file.synced_ms, file.synced_bytes)
            self._duty.owe(lambda change: change.finish(final, None))
            return
        self.ended = growing.begins
        self._duty.owe(lambda change: change.drop(growing.segment_id))

    def _end(self, growing: _Growing, duration_ms: int) -> None:
        self.progress = None
        self.ended = growing.begins + timedelta(milliseconds=duration_ms)

    def _is_time_to_cut(self, keyframe: Packet[Stream]) -> bool:
        growing = self._growing
        if growing is None:
            return True
        age_s = ((keyframe.pts or 0) - growing.first_pts) * self._seconds
        sets = parameter_sets(self._session.codec, keyframe)
        return (
            age_s >= self._around.limits.segment_s
            or growing.epoch != self._around.epoch.number
            or (bool(sets) and sets != self._form.sets)
        )

    def _cut(self, keyframe: Packet[Stream], late_s: float) -> None:
        """End the segment that grows, and begin the next with this frame."""
        epoch = self._growing.epoch if self._growing else None
        self.close()
        folder = self._around.folders.choose()
        if folder is None:
            raise StreamLost(GapCause.DISK, self._around.folders.why_none)
        self._form = self._form_of(keyframe)
        if epoch != self._around.epoch.number:
            self._ahead_ms = None
        begins = self._arrival(late_s)
        self._promptest_s = float("inf")
        now = self._around.clock.now()
        self._wall_ms = now.timestamp() * 1000 - self._around.clock.monotonic() * 1000
        hole = self._hole_before(begins, epoch)
        if hole is not None:
            self._duty.owe(hole)
        try:
            self._growing = self._begun(folder, begins, keyframe)
        except (KnownError, OSError) as error:
            raise disk_lost(error) from error
        self.progress = Progress(self._growing.segment_id, 0, 0)

    def _arrival(self, late_s: float) -> datetime:
        """When the frame came, by the wall clock. One that was held up (a large frame, a stalled
        disk) is given the time at which the promptest frame of the last segment would have come."""
        now_s = self._around.clock.monotonic()
        held_up_s = max(0.0, late_s - self._promptest_s) if self._promptest_s < 1e9 else 0.0
        came_s = late_s + (self._last_s or 0.0) - held_up_s
        ago = timedelta(seconds=max(0.0, now_s - came_s))
        return to_milliseconds(self._around.clock.now() - ago)

    def _hole_before(self, begins: datetime, epoch: int | None) -> Step | None:
        """The gap between this segment and the last of the same session, if there is one."""
        ended = self.ended
        if ended is None or begins - ended <= timedelta(milliseconds=JOIN_MS):
            return None
        stepped = epoch is not None and epoch != self._around.epoch.number
        cause = GapCause.SOFTWARE if stepped else GapCause.CAMERA
        detail = "clock_stepped" if stepped else "stopped"
        return lambda change: change.add_gap(
            self._camera_id, self._kind, ended, begins, cause, detail
        )

    def _form_of(self, keyframe: Packet[Stream]) -> VideoForm:
        codec = self._session.codec
        sets = parameter_sets(codec, keyframe)
        if self._form.size.width_px and (not sets or sets == self._form.sets):
            return self._form
        described = self._session.video.codec_context.extradata or b""
        size = picture_size(codec, sets or described, keyframe)
        if size is None:
            raise StreamLost(GapCause.CAMERA, "damaged")
        return VideoForm(codec, size, sets)

    def _begun(
        self, folder: RecordingFolder, begins: datetime, keyframe: Packet[Stream]
    ) -> _Growing:
        """A file and its row. A name that is taken gives way to the next free millisecond."""
        for _ in range(_OTHER_NAMES):
            with self._around.index.reading() as db:
                begins = free_begin(db, self._camera_id, self._kind, begins)
            path = segment_path(folder.root, self._camera_id, self._kind, begins)
            try:
                with self._around.being_made.making(path):
                    return self._made(path, folder, begins, keyframe)
            except FileExistsError:
                begins += timedelta(milliseconds=1)
        raise FileExistsError(str(path))

    def _made(
        self, path: Path, folder: RecordingFolder, begins: datetime, keyframe: Packet[Stream]
    ) -> _Growing:
        around, session = self._around, self._session
        streams: list[Stream] = [session.video]
        streams += [session.sound] if session.sound is not None else []
        file = SegmentFile(around.disk, path, streams, self._form)
        codec, size = CODECS[self._form.codec], self._form.size
        new = NewSegment(
            self._camera_id, self._kind, folder.uid, begins, codec, size, self._ahead_ms
        )
        try:
            segment_id = self._duty.change(lambda change: self._inserted(change, new))
        except BaseException:
            file.abandon()
            with contextlib.suppress(KnownError):
                around.disk.remove(path)
            raise
        first, epoch = keyframe.pts or 0, around.epoch.number
        return _Growing(file, segment_id, folder, begins, first, epoch)

    def _inserted(self, change: IndexChange, new: NewSegment) -> int:
        change.close_gap(self._camera_id, self._kind, new.begins)
        return change.begin(new)

    def _write(self, growing: _Growing, packet: Packet[Stream]) -> None:
        try:
            flushed = growing.file.add(packet)
        except (OSError, KnownError, av.error.FFmpegError) as error:
            disk_error = growing.file.disk_error
            if disk_error is None:
                self.close()
                raise StreamLost(GapCause.CAMERA, "damaged") from None
            self._growing = None
            self._abandon(growing)
            raise disk_lost(disk_error) from error
        if flushed:
            file = growing.file
            self.progress = self._progress_of(growing, file.synced_ms, file.synced_bytes)
            if not self._around.folders.is_there(growing.folder):
                self.close()
                raise StreamLost(GapCause.DISK, "gone")

    def _note_clock(self, packet: Packet[Stream], arrived_s: float) -> None:
        """What the camera's clock says against ours; the packet least held up on its way counts."""
        camera_ms = camera_unix_ms(packet)
        if camera_ms is not None:
            ahead_ms = camera_ms - round(self._wall_ms + arrived_s * 1000)
            if self._ahead_ms is None or ahead_ms > self._ahead_ms:
                self._ahead_ms = ahead_ms

    def _progress_of(self, growing: _Growing, duration_ms: int, size_bytes: int) -> Progress:
        return Progress(growing.segment_id, duration_ms, size_bytes, self._ahead_ms)


def disk_lost(error: KnownError | OSError) -> StreamLost:
    """The loss that a disk's refusal means."""
    cause = error.__cause__ if isinstance(error, KnownError) else error
    full = isinstance(cause, OSError) and cause.errno in FULL
    gone = isinstance(cause, FileNotFoundError | NotADirectoryError)
    return StreamLost(GapCause.DISK, "full" if full else "gone" if gone else "failed")
