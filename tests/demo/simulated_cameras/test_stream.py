"""A slow viewer loses pictures, nobody else does, and memory stays bounded."""

from __future__ import annotations

import asyncio
from threading import Event

from app.demo.simulated_cameras.behaviour import behaviour_of
from app.demo.simulated_cameras.nal_units import AccessUnit, ParameterSets
from app.demo.simulated_cameras.rtp import PacketWriter
from app.demo.simulated_cameras.sources import Encoding, Publish
from app.demo.simulated_cameras.spec import Codec, Fault
from app.demo.simulated_cameras.stream import VIEWER_BUFFER_MAX_BYTES, Picture, Stream, Viewer


def viewer() -> Viewer:
    return Viewer(PacketWriter(rtp_channel=0, rtcp_channel=1, ssrc=1, first_number=0))


def picture(*, keyframe: bool, at_s: float = 0.0, size: int = 50_000) -> Picture:
    return Picture((bytes(size),), keyframe, at_s, round(at_s))


def test_a_viewer_gets_nothing_before_a_keyframe() -> None:
    watching = viewer()
    watching.offer(picture(keyframe=False))
    assert watching.queued_bytes == 0
    watching.offer(picture(keyframe=True))
    watching.offer(picture(keyframe=False))
    assert watching.queued_bytes == 100_000


def test_a_viewer_that_does_not_read_never_fills_memory_and_goes_on_at_a_keyframe() -> None:
    watching = viewer()
    for number in range(2010):
        watching.offer(picture(keyframe=number % 25 == 0, at_s=float(number)))
        assert watching.queued_bytes <= VIEWER_BUFFER_MAX_BYTES
    assert watching.left_out > 1900
    first = asyncio.run(asyncio.wait_for(watching.next_picture(), 1))
    assert first.keyframe
    assert first.taken_s == 2000


class ScriptedSource:
    """Publishes what the test hands it; cannot make keyframes, like a clip."""

    def __init__(self) -> None:
        self.publish: Publish | None = None
        self.running = Event()
        self.ended = Event()

    def parameter_sets(self) -> ParameterSets:
        return ParameterSets(Codec.H264, b"\x67", b"\x68")

    def fps(self) -> float:
        return 1.0

    @property
    def own_encoding(self) -> Encoding | None:
        return None

    def encode_as(self, encoding: Encoding) -> None:
        raise AssertionError("there is nothing to encode")

    def ask_for_keyframe(self) -> bool:
        return False

    def run(self, publish: Publish, stop: Event) -> None:
        self.publish = publish
        self.ended.clear()
        self.running.set()
        stop.wait()
        self.running.clear()
        self.ended.set()


def unit(number: int, *, keyframe: bool) -> AccessUnit:
    return AccessUnit(
        Codec.H264, (bytes([0x65 if keyframe else 0x41, number]),), keyframe, float(number), number
    )


async def running_stream(source: ScriptedSource) -> tuple[Stream, Viewer]:
    stream = Stream("C01 sub", source, clock_offset_s=0, waits_for_keyframe=False)
    first = viewer()
    stream.add(first)
    await asyncio.to_thread(source.running.wait, 2)
    return stream, first


async def publish(source: ScriptedSource, *units: AccessUnit) -> None:
    assert source.publish is not None
    for one in units:
        source.publish(one)
    await asyncio.sleep(0)


def test_a_late_viewer_of_a_clip_starts_at_the_last_keyframe() -> None:
    async def scenario() -> list[float]:
        source = ScriptedSource()
        stream, _ = await running_stream(source)
        await publish(source, unit(0, keyframe=True), unit(1, keyframe=False))
        await publish(source, unit(2, keyframe=True), unit(3, keyframe=False))
        late = viewer()
        stream.add(late)
        got = [(await late.next_picture()).taken_s for _ in range(2)]
        stream.close()
        return got

    assert asyncio.run(scenario()) == [2.0, 3.0]


def test_the_source_runs_only_while_somebody_watches() -> None:
    async def scenario() -> None:
        source = ScriptedSource()
        stream, first = await running_stream(source)
        stream.remove(first)
        assert await asyncio.to_thread(source.ended.wait, 2)
        stream.add(first)
        assert await asyncio.to_thread(source.running.wait, 2)
        stream.close()
        assert await asyncio.to_thread(source.ended.wait, 2)

    asyncio.run(scenario())


def test_after_a_freeze_pictures_go_on_with_a_keyframe() -> None:
    async def scenario() -> float:
        source = ScriptedSource()
        stream, first = await running_stream(source)
        await publish(source, unit(0, keyframe=True))
        stream.behave(behaviour_of(Fault.FREEZE))
        await publish(source, unit(1, keyframe=False), unit(2, keyframe=True))
        assert first.queued_bytes == 0
        stream.behave(behaviour_of(None))
        await publish(source, unit(3, keyframe=False), unit(4, keyframe=True))
        got = await first.next_picture()
        stream.close()
        return got.taken_s

    assert asyncio.run(scenario()) == 4.0
