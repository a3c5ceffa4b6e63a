"""The sound is muted for a named time only: an hour at most, whatever the clock does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.duty.quiet import MINUTES_TO_MUTE, mute_sound, muted_until
from app.errors import KnownError
from tests.station_log import MORNING, OFFICER, a_station_log


@pytest.mark.parametrize("minutes", MINUTES_TO_MUTE)
def test_it_is_heard_again_by_itself(tmp_path: Path, minutes: int) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        assert muted_until(log, clock.now()) is None
        mute_sound(log, minutes, now=clock.now(), actor=OFFICER).result()
        until = MORNING + timedelta(minutes=minutes)
        assert muted_until(log, clock.now()) == until
        clock.move_to(until)
        assert muted_until(log, clock.now()) is None


def test_it_can_be_heard_sooner_and_never_be_muted_for_good(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        mute_sound(log, 60, now=clock.now(), actor=OFFICER).result()
        mute_sound(log, 0, now=clock.now(), actor=OFFICER).result()
        assert muted_until(log, clock.now()) is None
        for minutes in (61, -1, 10**6):
            with pytest.raises(KnownError):
                mute_sound(log, minutes, now=clock.now(), actor=OFFICER)


def test_a_clock_that_was_set_back_mutes_nothing(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        mute_sound(log, 60, now=clock.now(), actor=OFFICER).result()
        clock.move_to(MORNING - timedelta(days=1))
        assert muted_until(log, clock.now()) is None
