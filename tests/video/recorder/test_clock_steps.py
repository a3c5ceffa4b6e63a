"""The wall clock is set by an hour either way while cameras are recorded: nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from app.cameras.camera import StreamKind
from app.clock import SystemClock
from app.demo.simulated_cameras import SimulatedFleet
from app.video.archive.segment import Segment
from tests.video.cameras import until
from tests.video.recorder.stations import (
    QUICK,
    RecorderHere,
    a_station,
    camera_of,
    footage_of,
    kinds,
    plays_whole,
    specs,
)

HOUR = timedelta(hours=1)
SHORT = replace(QUICK, segment_s=1.0)


class SetClock(SystemClock):
    """The PC's clock, set by somebody."""

    ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead


@pytest.fixture
def fleet() -> Iterator[SimulatedFleet]:
    made = SimulatedFleet(specs(1))
    made.start()
    yield made
    made.stop()


@pytest.mark.parametrize("step", [HOUR, -HOUR], ids=["on", "back"])
def test_a_step_of_the_clock_begins_a_new_segment_and_loses_nothing(
    tmp_path: Path, fleet: SimulatedFleet, step: timedelta
) -> None:
    folder = a_station(tmp_path / "station", [camera_of(fleet, specs(1)[0])])
    clock = SetClock()
    began = clock.now()
    with closing(footage_of(folder)) as footage:

        def segments() -> list[Segment]:
            day = timedelta(days=1)
            return footage.segments("C01", StreamKind.MAIN, began - day, began + day)

        with RecorderHere(folder, clock=clock, limits=SHORT):
            until(lambda: len(segments()) >= 2, 15)
            clock.ahead = step
            until(lambda: "clock_stepped" in kinds(folder), 5)
            count = len(segments())
            until(lambda: len(segments()) >= count + 2, 15)
        found = sorted(segments(), key=lambda one: one.id)
        assert all(plays_whole(one) for one in found)
    assert len({one.path for one in found}) == len(found)
    before = [one for one in found if abs(one.begins - began) < HOUR / 2]
    after = [one for one in found if abs(one.begins - began - step) < HOUR / 2]
    assert len(before) + len(after) == len(found)
    assert len(after) >= 2
    assert max(one.id for one in before) < min(one.id for one in after)
    for one, two in pairwise(sorted(before, key=lambda each: each.id)):
        assert abs((two.begins - one.ends).total_seconds()) < 0.5
    assert kinds(folder).count("clock_stepped") == 1


def test_a_clock_set_back_onto_what_was_recorded_overwrites_nothing(
    tmp_path: Path, fleet: SimulatedFleet
) -> None:
    folder = a_station(tmp_path / "station", [camera_of(fleet, specs(1)[0])])
    clock = SetClock()
    began = clock.now()
    with closing(footage_of(folder)) as footage, RecorderHere(folder, clock=clock, limits=SHORT):
        for back_s in (2, 4, 6):
            seen = len(list(folder.recordings.rglob("*.mp4")))
            until(lambda n=seen: len(list(folder.recordings.rglob("*.mp4"))) >= n + 1, 15)
            clock.ahead = timedelta(seconds=-back_s)
        until(lambda: kinds(folder).count("clock_stepped") == 3, 10)
        files = list(folder.recordings.rglob("*.mp4"))
        day = timedelta(days=1)
        found = footage.segments("C01", StreamKind.MAIN, began - day, began + day)
        assert {one.path for one in found} >= set(files[:-1])
        assert all(one.duration_ms > 0 for one in found if not one.is_growing)
