"""One stream: a source, its thread, and the viewers who get its pictures. Knows no RTSP text."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread

from app.demo.simulated_cameras.behaviour import Behaviour, behaviour_of
from app.demo.simulated_cameras.nal_units import AccessUnit, ParameterSets
from app.demo.simulated_cameras.rtp import PacketWriter, payloads, rtp_time
from app.demo.simulated_cameras.sources import Source

VIEWER_BUFFER_MAX_BYTES = 1_500_000  # over a second of a 1080p main stream
_REPORT_EVERY_S = 2.0
_PIECES_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Picture:
    """One coded picture, cut for RTP once for all viewers."""

    parts: tuple[bytes, ...]
    keyframe: bool
    taken_s: float
    number: int

    @property
    def size_bytes(self) -> int:
        return sum(len(part) for part in self.parts)


class Viewer:
    """One playing session: a bounded queue that a slow viewer overflows only onto itself."""

    def __init__(self, packets: PacketWriter) -> None:
        self.packets = packets
        self.left_out = 0  # pictures this viewer never got because it was slow
        self._queue: deque[Picture] = deque()
        self._queued_bytes = 0
        self._needs_keyframe = True
        self._filled = asyncio.Event()

    @property
    def queued_bytes(self) -> int:
        """How much waits for this viewer."""
        return self._queued_bytes

    @property
    def needs_keyframe(self) -> bool:
        """Whether this viewer can show nothing before the next keyframe."""
        return self._needs_keyframe

    def offer(self, picture: Picture) -> None:
        """Queue a picture; when the queue is full, empty it and go on at the next keyframe."""
        if self._queued_bytes + picture.size_bytes > VIEWER_BUFFER_MAX_BYTES:
            self.left_out += len(self._queue)
            self.interrupt()
        if self._needs_keyframe and not picture.keyframe:
            self.left_out += 1
            return
        self._needs_keyframe = False
        self._queue.append(picture)
        self._queued_bytes += picture.size_bytes
        self._filled.set()

    def interrupt(self) -> None:
        """Forget what waits; the next picture must be a keyframe."""
        self._queue.clear()
        self._queued_bytes = 0
        self._needs_keyframe = True
        self._filled.clear()

    async def next_picture(self) -> Picture:
        """The oldest picture that waits."""
        while not self._queue:
            self._filled.clear()
            await self._filled.wait()
        picture = self._queue.popleft()
        self._queued_bytes -= picture.size_bytes
        return picture


class Stream:
    """Runs its source only while somebody watches. All methods belong to the event loop's thread.

    `clock_offset_s` is what the camera's own clock is ahead of the true time, as its sender
    reports say. With `waits_for_keyframe` a new viewer gets nothing before the next natural one.
    `on_sent` is told the number of each picture just before it is sent.
    """

    def __init__(
        self,
        name: str,
        source: Source,
        *,
        clock_offset_s: float,
        waits_for_keyframe: bool,
        on_sent: Callable[[int], None] | None = None,
    ) -> None:
        self.name = name
        self.behaviour = behaviour_of(None)
        self._source = source
        self._clock_offset_s = clock_offset_s
        self._waits_for_keyframe = waits_for_keyframe
        self._on_sent = on_sent
        self._viewers: set[Viewer] = set()
        self._since_keyframe: list[Picture] = []  # only for sources that cannot make keyframes
        self._timestamp_base = secrets.randbits(32)
        self._thread: Thread | None = None
        self._stop = Event()

    async def parameter_sets(self) -> ParameterSets:
        """What the SDP says; the work is done in another thread."""
        return await asyncio.get_running_loop().run_in_executor(None, self._source.parameter_sets)

    @property
    def fps(self) -> float:
        """Its rate; ask `parameter_sets` first."""
        return self._source.fps()

    @property
    def encodes(self) -> bool:
        """Whether it has an encoder that could encode otherwise."""
        return self._source.own_encoding is not None

    def timestamp(self, taken_s: float) -> int:
        """The RTP timestamp of a monotonic time on this stream."""
        return rtp_time(self._timestamp_base, taken_s)

    def add(self, viewer: Viewer) -> None:
        """Let a viewer watch; the first one starts the source."""
        self._viewers.add(viewer)
        if self._waits_for_keyframe:
            self._since_keyframe.clear()
        elif not self._source.ask_for_keyframe():
            for picture in self._since_keyframe:
                viewer.offer(picture)
        if len(self._viewers) == 1:
            self._start()

    def remove(self, viewer: Viewer) -> None:
        """Take a viewer away; the last one stops the source."""
        self._viewers.discard(viewer)
        if not self._viewers:
            self._stop.set()
            self._since_keyframe.clear()

    def behave(self, behaviour: Behaviour) -> None:
        """Take on another behaviour: pictures go on with a keyframe after an interruption."""
        self.behaviour = behaviour
        if (own := self._source.own_encoding) is not None:
            self._source.encode_as(behaviour.encoding(own))
        for viewer in self._viewers:
            viewer.interrupt()
        self._since_keyframe.clear()
        self._source.ask_for_keyframe()

    def report(self, viewer: Viewer) -> bytes:
        """A sender report that ties the camera's clock to this stream's RTP timestamps."""
        camera_s, now_s = time.time() + self._clock_offset_s, time.monotonic()
        return viewer.packets.sender_report(camera_s, self.timestamp(now_s))

    async def send(self, viewer: Viewer, writer: asyncio.StreamWriter) -> None:
        """Send pictures and reports to a viewer until cancelled or disconnected."""
        report_due_s = 0.0
        while True:
            picture = await viewer.next_picture()
            behaviour = self.behaviour
            early_s = behaviour.leaves_s(picture.taken_s, picture.number) - time.monotonic()
            if early_s > 0:
                await asyncio.sleep(early_s)
                if self.behaviour is not behaviour:
                    continue  # what waited is forgotten; a keyframe follows
            if time.monotonic() >= report_due_s:
                writer.write(self.report(viewer))
                report_due_s = time.monotonic() + _REPORT_EVERY_S
            if self._on_sent is not None:
                self._on_sent(picture.number)
            await self._write(picture, behaviour, viewer, writer)

    async def _write(
        self, picture: Picture, behaviour: Behaviour, viewer: Viewer, writer: asyncio.StreamWriter
    ) -> None:
        payloads = behaviour.payloads(picture.parts, picture.number)
        frames = viewer.packets.frames(payloads, self.timestamp(picture.taken_s))
        for count, piece in enumerate(behaviour.writes(frames, picture.number), start=1):
            writer.write(piece)
            if count % _PIECES_AT_ONCE == 0:
                await asyncio.sleep(0)  # other cameras share this thread
        await writer.drain()

    def close(self) -> None:
        """Stop the source. Nobody waits for it: it may be drawing a background for a second."""
        self._stop.set()

    def _start(self) -> None:
        loop, before, stop = asyncio.get_running_loop(), self._thread, Event()

        def deliver(unit: AccessUnit) -> None:
            loop.call_soon_threadsafe(self._deliver, unit, stop)

        def run() -> None:
            if before is not None:
                before.join()  # a source runs once at a time
            self._source.run(deliver, stop)

        self._stop = stop
        self._thread = Thread(target=run, name=f"source {self.name}", daemon=True)
        self._thread.start()

    def _deliver(self, unit: AccessUnit, stop: Event) -> None:
        if stop.is_set() or not self.behaviour.sends_pictures:
            return
        picture = Picture(
            tuple(payloads(unit.nals, unit.codec)), unit.keyframe, unit.taken_s, unit.number
        )
        self._remember(picture)
        behind = False
        for viewer in self._viewers:
            was_watching = not viewer.needs_keyframe
            viewer.offer(picture)
            behind = behind or (was_watching and viewer.needs_keyframe)
        if behind and not self._waits_for_keyframe:
            self._source.ask_for_keyframe()

    def _remember(self, picture: Picture) -> None:
        if picture.keyframe:
            self._since_keyframe.clear()
        if picture.keyframe or self._since_keyframe:
            self._since_keyframe.append(picture)
