"""How one camera is read: with a decoder made of Python, so that time and faults are exact."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

import pytest

from app.cameras.address import CameraAddress, parse_camera_address
from app.cameras.masks import PrivacyMask
from app.clock import ScriptedClock
from app.video.health import CameraState
from app.video.live import Wanted, WatchedCamera
from app.video.opener import Inside, Room
from app.video.picture import Mailbox, Pixels, Size
from app.video.preflight import Answer, Finding
from app.video.reader import CameraReader, Limits, Surroundings
from tests.conftest import ExpectedLog
from tests.video.cameras import until

STREAM = WatchedCamera("C01", parse_camera_address("rtsp://10.0.0.9/stream"))
TILE = Wanted(480, 270)


def _set() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass
class Decoder:
    """Opens and is the capture; each grab is one step of `script`, given the clock."""

    clock: ScriptedClock
    script: Callable[[int], bool]
    codec: str | None = "H264"
    size: Size | None = None
    position_s: float | None = None
    decodable: bool = True
    grabbed: int = 0
    made: int = 0
    threads: set[str] = field(default_factory=set)
    released: threading.Event = field(default_factory=threading.Event)
    opening: threading.Event = field(default_factory=threading.Event)
    turn: threading.Event = field(default_factory=_set)
    open_returns: threading.Event = field(default_factory=_set)

    def open(
        self, address: CameraAddress, *, rank: int, stop: threading.Event, inside: Inside
    ) -> Decoder:
        self.opening.set()
        self.turn.wait(10)
        with inside():
            self.open_returns.wait(10)
        return self

    def grab(self) -> bool:
        self.threads.add(threading.current_thread().name)
        self.grabbed += 1
        return self.script(self.grabbed)

    def picture(
        self, box: Size, room: Room, masks: tuple[PrivacyMask, ...] = ()
    ) -> tuple[Pixels, Size] | None:
        if not self.decodable:
            return None
        self.made += 1
        pixels = room(box)
        pixels[:] = 0
        return pixels, Size(640, 360)

    def release(self) -> None:
        self.threads.add(threading.current_thread().name)
        self.released.set()


def clock_now() -> ScriptedClock:
    return ScriptedClock(datetime(2026, 11, 22, 3, 46, tzinfo=UTC))


Start = Callable[[Decoder], CameraReader]


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def start(mailbox: Mailbox) -> Iterator[Start]:
    readers: list[CameraReader] = []

    def begin(decoder: Decoder) -> CameraReader:
        around = Surroundings(
            decoder,
            decoder.clock,
            examine=lambda _address, **_: Answer(Finding.REACHABLE),
            limits=Limits(shown_fps=25.0),
            outbox=lambda _camera_id: mailbox,
            random=Random(1),
        )
        readers.append(CameraReader(STREAM, around))
        readers[-1].show(TILE)
        readers[-1].start()
        return readers[-1]

    yield begin
    for reader in readers:
        reader.ask_to_stop()
        assert reader.join(5)


def test_a_read_that_took_too_long_is_a_frozen_camera_even_if_it_gives_a_picture(
    start: Start, mailbox: Mailbox
) -> None:
    clock = clock_now()

    def script(number: int) -> bool:
        clock.advance(0.066 if number < 10 else 2.2)
        return True  # as OpenCV does, once or twice, with old pictures

    reader = start(Decoder(clock, script))
    until(lambda: reader.monitor.snapshot().state is CameraState.LOST)
    newest = mailbox.newest()
    assert newest is not None
    assert newest.seq == 9, "the old picture that came after the freeze was never shown"


def test_every_picture_is_grabbed_and_only_those_that_can_be_seen_are_made(start: Start) -> None:
    clock = clock_now()

    def script(number: int) -> bool:
        clock.advance(1 / 100)
        return number <= 1000

    decoder = Decoder(clock, script)
    reader = start(decoder)
    until(decoder.released.is_set)
    assert decoder.grabbed == 1001
    assert 245 <= decoder.made <= 255, "100 a second came, 25 a second are shown"
    assert reader.monitor.snapshot().reason is not None


def test_a_camera_just_at_the_shown_rate_loses_nothing_to_jitter(start: Start) -> None:
    clock = clock_now()
    jitter = Random(7)

    def script(number: int) -> bool:
        arrives_s = number * 0.04 + jitter.uniform(0, 0.018)
        clock.advance(arrives_s - clock.monotonic())
        return number <= 500

    decoder = Decoder(clock, script)
    start(decoder)
    until(decoder.released.is_set)
    assert decoder.made >= 499


def test_a_stream_that_flows_without_a_picture_is_given_up(start: Start) -> None:
    clock = clock_now()

    def script(_number: int) -> bool:
        clock.advance(0.066)
        return True

    decoder = Decoder(clock, script, decodable=False)
    reader = start(decoder)
    until(lambda: reader.monitor.snapshot().state is CameraState.LOST)
    reason = reader.monitor.snapshot().reason
    assert reason is not None
    assert reason.english() == "The camera answers, but no picture comes."


def test_only_the_reader_s_own_thread_touches_the_decoder(start: Start) -> None:
    clock = clock_now()
    pause = threading.Event()

    def script(_number: int) -> bool:
        clock.advance(0.066)
        pause.wait(0.001)
        return True

    decoder = Decoder(clock, script)
    reader = start(decoder)
    until(lambda: decoder.made > 3)
    reader.ask_to_stop()
    assert reader.join(5)
    assert decoder.released.is_set()
    assert decoder.threads == {"camera C01 main"}


def test_a_reader_that_does_not_come_back_from_the_decoder_is_found_out(start: Start) -> None:
    clock = clock_now()
    let_go = threading.Event()

    def script(number: int) -> bool:
        if number == 5:
            let_go.wait(10)
        clock.advance(0.066)
        return number < 5

    decoder = Decoder(clock, script)
    reader = start(decoder)
    until(lambda: decoder.grabbed == 5)
    clock.advance(60)
    reader.watch()
    health = reader.monitor.snapshot()
    reader.ask_to_stop()
    named_as_straggler = not reader.join(0.05)
    let_go.set()
    assert health.state is CameraState.LOST
    assert health.reason is not None
    assert health.reason.english() == "The decoder is stuck and does not come back."
    assert named_as_straggler


def test_waiting_for_a_turn_is_connecting_and_hanging_in_the_opening_is_not(start: Start) -> None:
    decoder = Decoder(clock_now(), lambda _number: False)
    decoder.turn.clear()
    decoder.open_returns.clear()
    reader = start(decoder)
    until(decoder.opening.is_set)
    decoder.clock.advance(60)
    reader.watch()
    waiting = reader.monitor.snapshot().state
    decoder.turn.set()
    until(lambda: reader.inside_decoder_since_s is not None)
    decoder.clock.advance(60)
    reader.watch()
    hanging = reader.monitor.snapshot().state
    decoder.open_returns.set()
    assert (waiting, hanging) == (CameraState.CONNECTING, CameraState.LOST)


def test_a_bug_costs_one_camera_and_is_logged_whole(
    start: Start, expected_log: ExpectedLog
) -> None:
    expected_log("reading camera C01 failed")
    clock = clock_now()

    def script(_number: int) -> bool:
        raise ZeroDivisionError

    decoder = Decoder(clock, script)
    reader = start(decoder)
    until(lambda: reader.monitor.snapshot().state is CameraState.LOST)
    assert decoder.released.is_set()
