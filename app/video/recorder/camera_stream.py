"""One session with a camera: its packets as they come over TCP, never decoded.

PyAV's own errors hold the camera's password, so none leaves this file: `StreamLost` says why.
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self, TypeAlias

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

from app.cameras.address import CameraAddress
from app.clock import Clock
from app.video.answer import Answer, Finding
from app.video.archive.segment import GapCause
from app.video.recorder.parameter_sets import CODECS

OPEN_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 5.0
"""Longer than the wall's: a camera that sends a picture in three seconds is recorded."""
SOUND_CODECS = frozenset({"aac"})
"""What an MP4 holds; telephone codecs (G.711) it does not."""
_MOST_WAITING = 50
_NETWORK = frozenset({Finding.REFUSED, Finding.UNREACHABLE, Finding.SILENT})


class StreamLost(Exception):  # noqa: N818 - a state of a camera, not an error of the program
    """Nothing can be recorded (any more). `detail` is a word for the gap's row."""

    def __init__(self, cause: GapCause, detail: str) -> None:
        super().__init__(f"{cause.value}: {detail}")
        self.cause = cause
        self.detail = detail


Examine = Callable[[CameraAddress], Answer]
Arrived: TypeAlias = "tuple[Packet[Stream], float]"
"""A packet, and when it came on the monotonic clock."""


class CameraStream:
    """An open session, for a `with` block. Raises StreamLost when there is none to be had."""

    def __init__(
        self, address: CameraAddress, examine: Examine, clock: Clock, *, sound: bool
    ) -> None:
        """Ask the camera by sockets alone, then open it; `sound`: its microphone is wanted too."""
        self._clock = clock
        answer = examine(address)
        if answer.finding is not Finding.REACHABLE:
            cause = GapCause.NETWORK if answer.finding in _NETWORK else GapCause.CAMERA
            raise StreamLost(cause, answer.finding.value)
        self._container = _opened(answer.sent_on_to or address, sound=sound)
        try:
            self.video = self._video()
        except BaseException:
            self._container.close()
            raise
        self.codec: str = self.video.codec_context.name
        self.sound = self._sound() if sound else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(av.error.FFmpegError):
            self._container.close()

    def packets(self) -> Iterator[Arrived]:
        """What the camera sends, until it does no more: then StreamLost is raised.

        The very first may come without a time of its own; the next one tells it.
        """
        wanted = [self.video] if self.sound is None else [self.video, self.sound]
        waiting: list[Arrived] = []
        monotonic = self._clock.monotonic
        try:
            for packet in self._container.demux(wanted):
                if not packet.size:
                    continue
                if packet.pts is None or waiting:
                    waiting.append((packet, monotonic()))
                    if packet.pts is not None:
                        yield from _timed(waiting)
                        waiting = []
                    elif len(waiting) > _MOST_WAITING:
                        raise StreamLost(GapCause.CAMERA, "untimed")
                    continue
                yield packet, monotonic()
        except av.error.FFmpegError:
            pass  # timed out, torn down or nonsense; what it says holds the password
        raise StreamLost(GapCause.CAMERA, "stopped")

    def _video(self) -> av.VideoStream:
        for stream in self._container.streams.video:
            if stream.codec_context is not None and stream.codec_context.name in CODECS:
                return stream
        raise StreamLost(GapCause.CAMERA, "codec")

    def _sound(self) -> av.AudioStream | None:
        for stream in self._container.streams.audio:
            if stream.codec_context is not None and stream.codec_context.name in SOUND_CODECS:
                return stream
        return None


def _timed(waiting: list[Arrived]) -> list[Arrived]:
    """All of them, those without a time given one that counts back from the last."""
    pts = waiting[-1][0].pts
    for packet, _ in reversed(waiting[:-1]):
        if pts is not None and packet.stream_index == waiting[-1][0].stream_index:
            pts -= max(packet.duration or 0, 1)
            packet.pts = packet.dts = pts
    return [each for each in waiting if each[0].pts is not None]


def camera_unix_ms(packet: Packet[Stream]) -> int | None:
    """The camera's own time of a packet, where its sender reports have told (`prft`)."""
    if not packet.has_sidedata("prft"):
        return None
    (unix_us,) = struct.unpack_from("q", packet.get_sidedata("prft"))  # AVProducerReferenceTime
    return int(unix_us // 1000)


def _opened(address: CameraAddress, *, sound: bool) -> InputContainer:
    options = {"probesize": "32", "analyzeduration": "0"}  # no waiting: what comes first is kept
    if address.is_rtsp:
        options |= {"rtsp_transport": "tcp"}
        options |= {} if sound else {"allowed_media_types": "video"}
    try:
        return av.open(
            address.opening_url(), options=options, timeout=(OPEN_TIMEOUT_S, READ_TIMEOUT_S)
        )
    except (av.error.FFmpegError, ValueError, OSError):
        # It says what FFmpeg was given, password and all: the pre-flight's word has to do.
        raise StreamLost(GapCause.CAMERA, Finding.NO_MEDIA.value) from None
