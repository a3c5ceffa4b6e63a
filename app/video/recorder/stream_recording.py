"""One stream of one camera, recorded by a thread of its own until it is told to stop.

Retries live here and nowhere else; a loss is a gap with its cause, never the recorder's end.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.cameras.address import CameraAddress
from app.cameras.camera import StreamKind
from app.errors import KnownError
from app.video.answer import Finding
from app.video.archive.index_change import IndexChange, Progress
from app.video.archive.segment import GapCause
from app.video.backoff import BackOff
from app.video.health import CameraState
from app.video.recorder.camera_stream import CameraStream, StreamLost
from app.video.recorder.index_duty import IndexDuty
from app.video.recorder.segment_cutter import SegmentCutter
from app.video.recorder.surroundings import RecorderSurroundings

_NO_DISK_S = 1.0
"""A full or missing disk is looked at anew every second, and is nobody's network to spare."""

_logger = logging.getLogger(__name__)


class StreamState(StrEnum):
    """What a stream is doing."""

    CONNECTING = "connecting"
    RECORDING = "recording"
    WAITING = "waiting"  # lost; will be tried again
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class StreamSource:
    """Which stream, and where it is: as the register has it, without a password."""

    camera_id: str
    kind: StreamKind
    url: str
    username: str = ""
    sound: bool = False

    @property
    def name(self) -> str:
        """For threads and logs."""
        return f"{self.camera_id} {self.kind.value}"


AddressOf = Callable[[StreamSource], CameraAddress]
"""With the password as it is now; KnownError. What it gives is never shown and never logged."""


@dataclass(frozen=True, slots=True)
class StreamStatus:
    """How a stream is now. `cause` and `detail` say why it waits; `bytes_taken` since the start."""

    camera_id: str
    kind: StreamKind
    state: StreamState
    cause: GapCause | None = None
    detail: str = ""
    bytes_taken: int = 0


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a recording ends: the gap that begins then. `cause` None: none does, the camera or the
    station does not want it any more."""

    cause: GapCause | None
    detail: str = ""


class StreamRecording:
    """Started once. `status` and `progress` may be read by any thread."""

    def __init__(
        self, source: StreamSource, address_of: AddressOf, around: RecorderSurroundings
    ) -> None:
        self.source = source
        self._address_of = address_of
        self._around = around
        self._duty = IndexDuty(around.index)
        self._backoff = BackOff(around.random)
        self._cutter: SegmentCutter | None = None
        self._bytes_before = 0
        self._ended: datetime | None = None
        self._gap: tuple[GapCause, str] | None = None
        self._state = StreamState.CONNECTING
        self._stopped = Stopped(None)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"record {source.name}", daemon=True)

    def start(self) -> None:
        """Begin. Until the first frame there is a gap, if it lasts more than a moment."""
        at, source = self._around.clock.now(), self.source
        self._ended = at
        self._duty.owe(
            lambda change: change.open_gap_if_none(
                source.camera_id, source.kind, at, GapCause.SOFTWARE, "starting"
            )
        )
        self._thread.start()

    def ask_to_stop(self, stopped: Stopped) -> None:
        """End as soon as the next packet comes, or the time-out."""
        self._stopped = stopped
        self._stop.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for its end; whether it has ended."""
        if self._thread.is_alive():
            self._thread.join(max(0.0, timeout_s))
        return not self._thread.is_alive()

    @property
    def progress(self) -> Progress | None:
        """How far the growing segment is on the disk; None if none grows."""
        cutter = self._cutter
        return None if cutter is None else cutter.progress

    @property
    def status(self) -> StreamStatus:
        """How it is now."""
        cutter, gap = self._cutter, self._gap
        taken = self._bytes_before + (cutter.bytes_taken if cutter is not None else 0)
        state = self._state
        if state is StreamState.CONNECTING and cutter is not None and cutter.progress is not None:
            state = StreamState.RECORDING
        cause, detail = gap if gap and state is not StreamState.RECORDING else (None, "")
        source = self.source
        return StreamStatus(source.camera_id, source.kind, state, cause, detail, taken)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._state = StreamState.CONNECTING
            began_s = self._around.clock.monotonic()
            try:
                self._record_until_lost()
            except StreamLost as lost:
                self._note_loss(lost, began_s)
            except Exception:
                _logger.exception("recording %s failed", self.source.name)
                self._note_loss(StreamLost(GapCause.SOFTWARE, "failed"), began_s)
        if self._stopped.cause is None:
            at = self._ended or self._around.clock.now()
            self._duty.owe(lambda change: self._close_gap(change, at))
        else:
            self._open_gap(self._stopped.cause, self._stopped.detail)
        if not self._duty.settle():
            _logger.warning("the index could not be told how %s ended", self.source.name)
        self._state = StreamState.STOPPED

    def _record_until_lost(self) -> None:
        around, source = self._around, self.source
        if around.folders.choose() is None:
            raise StreamLost(GapCause.DISK, around.folders.why_none)
        try:
            address = self._address_of(source)
        except KnownError as error:
            raise StreamLost(GapCause.CAMERA, "password") from error
        with CameraStream(address, around.examine, around.clock, sound=source.sound) as session:
            cutter = SegmentCutter(source.camera_id, source.kind, session, around, self._duty)
            self._cutter = cutter
            try:
                for packet, arrived_s in session.packets():
                    if self._stop.is_set():
                        return
                    cutter.take(packet, arrived_s)
            finally:
                cutter.close()
                self._bytes_before += cutter.bytes_taken
                self._cutter = None
                if cutter.ended is not None:
                    self._ended, self._gap = cutter.ended, None

    def _note_loss(self, lost: StreamLost, began_s: float) -> None:
        """Open the gap, or say better why it lasts; then wait before the next try."""
        now_s = self._around.clock.monotonic()
        if self._gap is None and now_s - began_s >= 5.0:
            self._backoff.forget()  # it had recorded a while: a new loss
        if self._gap is None or self._gap[0] is not lost.cause or self._gap[1] == "stopped":
            _logger.info("%s is not recorded: %s", self.source.name, lost)
            self._open_gap(lost.cause, lost.detail)
        self._gap = lost.cause, lost.detail
        self._state = StreamState.WAITING
        self._duty.settle()
        if lost.cause is GapCause.DISK:
            wait_s = _NO_DISK_S
        else:
            refused = lost.detail == Finding.WRONG_PASSWORD.value
            state = CameraState.WRONG_PASSWORD if refused else CameraState.LOST
            wait_s = self._backoff.next_s(now_s, state)
        self._stop.wait(wait_s)

    def _open_gap(self, cause: GapCause, detail: str) -> None:
        """From the end of what was recorded, while the loss is new; later from now on.

        The first guess ("the camera stopped") is corrected once it was asked why.
        """
        kind, camera_id = self.source.kind, self.source.camera_id
        now = self._around.clock.now()
        ended = self._ended or now
        is_new = self._gap is None or self._gap[1] == "stopped"
        at = ended if is_new else now
        self._duty.owe(lambda change: change.open_gap(camera_id, kind, at, cause, detail))

    def _close_gap(self, change: IndexChange, at: datetime) -> None:
        change.close_gap(self.source.camera_id, self.source.kind, at)
