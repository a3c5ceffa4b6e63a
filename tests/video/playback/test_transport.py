"""The one clock of all tiles, on a clock of the test's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.clock import ScriptedClock
from app.video.playback.limits import Limits
from app.video.playback.shown import PlaybackState
from app.video.playback.transport import Transport, from_us, to_us

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
S = 1_000_000
AT = to_us(NOW - timedelta(minutes=10))


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(NOW)


@pytest.fixture
def transport(clock: ScriptedClock) -> Transport:
    """Of two cameras, paused ten minutes ago."""
    transport = Transport(clock, Limits())
    transport.set_cameras(("C01", "C02"))
    transport.seek(AT)
    return transport


def all_ready(transport: Transport) -> None:
    for camera_id in ("C01", "C02"):
        transport.ready(camera_id, transport.order)


def test_times_and_microseconds_are_the_same_instant() -> None:
    at = datetime(2026, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC)
    assert from_us(to_us(at)) == at


def test_it_waits_for_every_camera_before_it_goes(
    transport: Transport, clock: ScriptedClock
) -> None:
    transport.play(2.0)
    clock.advance(0.5)
    transport.ready("C01", transport.order)
    clock.advance(0.5)
    assert transport.position_us == AT
    transport.ready("C02", transport.order)
    clock.advance(1.5)
    assert transport.position_us == AT + 3 * S


def test_a_camera_that_says_nothing_is_not_waited_for_for_ever(
    transport: Transport, clock: ScriptedClock
) -> None:
    transport.play(-1.0)
    clock.advance(Limits().hold_s + 0.01)
    assert transport.position_us == AT
    clock.advance(4.0)
    assert transport.position_us == AT - 4 * S


def test_what_was_ready_for_an_older_wish_counts_for_nothing(
    transport: Transport, clock: ScriptedClock
) -> None:
    before = transport.order
    transport.seek(AT + S)
    for camera_id in ("C01", "C02"):
        transport.ready(camera_id, before)
    assert transport.state is PlaybackState.SEEKING
    all_ready(transport)
    assert transport.state is PlaybackState.PAUSED


def test_a_drag_is_many_orders_and_one_jump(transport: Transport) -> None:
    transport.scrub(AT + S)
    first = transport.plan()
    transport.scrub(AT + 2 * S)
    second = transport.plan()
    transport.seek(AT + 3 * S)
    assert (second.order, second.jump) == (first.order + 1, first.jump)
    assert transport.plan().jump == first.jump + 1


def test_another_speed_goes_on_from_where_it_was(
    transport: Transport, clock: ScriptedClock
) -> None:
    transport.play(4.0)
    all_ready(transport)
    clock.advance(2.0)
    transport.play(-0.5)
    all_ready(transport)
    clock.advance(2.0)
    assert transport.position_us == AT + 7 * S
    transport.pause()
    clock.advance(9.0)
    assert transport.position_us == AT + 7 * S


@pytest.mark.parametrize(("speed", "again_at"), [(1.0, AT), (-1.0, AT + 2 * S - 1000)])
def test_a_loop_begins_again(
    transport: Transport, clock: ScriptedClock, speed: float, again_at: int
) -> None:
    transport.loop((AT, AT + 2 * S))
    transport.seek(AT + S)
    transport.play(speed)
    all_ready(transport)
    clock.advance(1.5)
    assert transport.position_us == again_at
    all_ready(transport)
    clock.advance(0.5)
    assert transport.position_us == again_at + round(speed * 0.5 * S)


def test_what_catches_up_with_live_follows_it(transport: Transport, clock: ScriptedClock) -> None:
    transport.seek(to_us(NOW) - 20 * S)
    transport.play(16.0)
    all_ready(transport)
    clock.advance(2.0)
    assert transport.state is PlaybackState.FOLLOWING
    assert transport.speed == 1.0
    late_us = to_us(clock.now()) - transport.position_us
    assert late_us == round(Limits().behind_live_s * S)
    clock.move_to(clock.now() - timedelta(hours=1))  # a step of the wall clock changes nothing
    clock.advance(3.0)
    assert transport.position_us == to_us(NOW) + 3 * S


def test_backwards_it_ends_where_no_camera_has_anything(
    transport: Transport, clock: ScriptedClock
) -> None:
    transport.play(-4.0)
    all_ready(transport)
    transport.begins_at("C01", AT - 3 * S)
    clock.advance(1.0)
    assert transport.position_us == AT - 4 * S  # the other one may have something
    transport.begins_at("C02", AT - 5 * S)
    clock.advance(1.0)
    assert transport.position_us == AT - 5 * S
    all_ready(transport)
    assert transport.state is PlaybackState.PAUSED
