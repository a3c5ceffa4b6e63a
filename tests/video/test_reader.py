"""How one camera is read: with a decoder made of Python, so that time and faults are exact."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from random import Random

import pytest

from app.cameras.address import parse_camera_address
from app.cameras.masks import PrivacyMask
from app.video.health import CameraState
from app.video.live import Wanted, WatchedCamera
from app.video.opener import Room
from app.video.picture import Mailbox, Pixels, Size
from app.video.reader import CameraReader, Limits, Surroundings
from app.video.reasons import SLOW, TOO_LARGE
from tests.conftest import ExpectedLog
from tests.video.cameras import until
from tests.video.python_decoder import Decoder, clock_now, reachable

STREAM = WatchedCamera("C01", parse_camera_address("rtsp://10.0.0.9/stream"))
TILE = Wanted(480, 270)


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
            examine=reachable,
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


def test_pictures_too_large_to_show_are_refused_before_and_after_they_are_decoded(
    start: Start,
) -> None:
    for decoder in (
        Decoder(clock_now(), lambda _number: True, size=Size(7680, 4320)),
        Decoder(clock_now(), lambda _number: True, sends=Size(7680, 4320)),
    ):
        reader = start(decoder)
        until(decoder.released.is_set)
        until(partial(is_refused, reader))
        assert decoder.made <= 1


def test_a_camera_of_one_picture_a_second_is_not_frozen_when_it_comes_half_a_second_late(
    start: Start,
) -> None:
    clock = clock_now()
    jitter = Random(3)

    def script(number: int) -> bool:
        clock.advance(number + jitter.uniform(0, 0.5) - clock.monotonic())
        return number <= 600

    decoder = Decoder(clock, script)
    start(decoder)
    until(decoder.released.is_set)
    assert (decoder.made, decoder.grabbed) == (600, 601), "ten minutes in one session"


def test_a_camera_slower_than_a_picture_in_two_seconds_says_so(start: Start) -> None:
    clock = clock_now()

    def script(number: int) -> bool:
        clock.advance(2.4 if number % 2 == 0 else 0.1)
        return True

    reader = start(Decoder(clock, script))

    def says_so() -> bool:
        reader.retry()
        return reader.monitor.snapshot().reason == SLOW

    until(says_so)


def is_refused(reader: CameraReader) -> bool:
    health = reader.monitor.snapshot()
    return (health.state, health.reason) == (CameraState.NO_VIDEO, TOO_LARGE)


class Overtaxed(Decoder):
    """Reads 25 pictures a second at no more than 20, and never waits for the camera."""

    def grab(self) -> bool:
        grabbed = super().grab()
        self.position_s = self.grabbed / 25
        return grabbed

    def picture(
        self, box: Size, room: Room, masks: tuple[PrivacyMask, ...] = ()
    ) -> tuple[Pixels, Size] | None:
        self.clock.advance(0.05)
        return super().picture(box, room, masks)


def test_a_machine_that_is_behind_shows_pictures_with_their_true_age_and_thins_them_out(
    start: Start, mailbox: Mailbox
) -> None:
    ages_s: list[float] = []
    clock = clock_now()

    def script(number: int) -> bool:
        newest = mailbox.newest()
        if newest is not None:
            ages_s.append(clock.monotonic() - newest.arrived_s)
        if number <= 100:
            clock.advance(max(0.0, number / 25 - clock.monotonic()))
        return number <= 1000

    decoder = Overtaxed(clock, script)
    reader = start(decoder)
    until(decoder.released.is_set)
    assert max(ages_s) > 0.2, "a picture that waited in the queue does not pretend to be new"
    assert decoder.made < 0.8 * decoder.grabbed
    assert reader.monitor.snapshot().last_picture_s is not None
