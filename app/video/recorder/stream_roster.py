"""Which streams are being recorded: brings the threads to what the station wants.

A stream that changed is stopped first and begun anew when its thread has ended: two never write one
stream.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from app.cameras.camera import StreamKind
from app.video.archive.index_change import Progress
from app.video.recorder.stream_recording import (
    AddressOf,
    Stopped,
    StreamRecording,
    StreamSource,
    StreamStatus,
)
from app.video.recorder.surroundings import RecorderSurroundings

Key = tuple[str, StreamKind]

_logger = logging.getLogger(__name__)


class StreamRoster:
    """One thread's; `statuses` and `progress` any thread's."""

    def __init__(self, address_of: AddressOf, around: RecorderSurroundings) -> None:
        self._address_of = address_of
        self._around = around
        self._recordings: dict[Key, StreamRecording] = {}
        self._ending: dict[Key, StreamRecording] = {}

    def want(self, sources: Sequence[StreamSource], stopped: Stopped) -> None:
        """Record these and no others; `stopped` says why what is not wanted any more ends."""
        wanted = {(each.camera_id, each.kind): each for each in sources}
        for key, recording in list(self._recordings.items()):
            if wanted.get(key) != recording.source:
                recording.ask_to_stop(Stopped(None) if key in wanted else stopped)
                self._ending[key] = self._recordings.pop(key)
        self._forget_ended()
        for key, source in wanted.items():
            if key not in self._recordings and key not in self._ending:
                recording = StreamRecording(source, self._address_of, self._around)
                self._recordings[key] = recording
                recording.start()

    @property
    def statuses(self) -> tuple[StreamStatus, ...]:
        """How each stream is."""
        return tuple(each.status for each in tuple(self._recordings.values()))

    @property
    def progress(self) -> list[Progress]:
        """How far each growing segment is on the disk."""
        found = (each.progress for each in tuple(self._recordings.values()))
        return [each for each in found if each is not None]

    def stop(self, stopped: Stopped, deadline_s: float) -> tuple[str, ...]:
        """End all of them; the names of those that did not in time."""
        for recording in self._recordings.values():
            recording.ask_to_stop(stopped)
        until_s = time.monotonic() + deadline_s
        everyone = [*self._recordings.values(), *self._ending.values()]
        left = tuple(
            each.source.name for each in everyone if not each.join(until_s - time.monotonic())
        )
        for name in left:
            _logger.warning("recording %s did not end in time", name)
        return left

    def _forget_ended(self) -> None:
        for key, recording in list(self._ending.items()):
            if recording.join(0):
                del self._ending[key]
