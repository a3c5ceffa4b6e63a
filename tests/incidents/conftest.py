"""A station's log, and the clock it runs on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.log import Log
from tests.station_log import MORNING, a_station_log


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(MORNING)


@pytest.fixture
def log(tmp_path: Path, clock: ScriptedClock) -> Iterator[Log]:
    with a_station_log(tmp_path, clock) as log:
        yield log
