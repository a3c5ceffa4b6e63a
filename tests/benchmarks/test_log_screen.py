"""The Log place's benchmark on the product, and on one whose rows come a moment too late."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.clock import ScriptedClock
from benchmarks import log_screen
from tests.quiet_station import make_quiet_station
from tests.ui.conftest import NOW

BROKEN = Path(__file__).parent / "broken"


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some hundred incidents; its cameras are not simulated."""
    root = tmp_path_factory.mktemp("stations") / "station"
    return make_quiet_station(root, ScriptedClock(NOW), days=30)


def test_the_real_place_shows_the_right_rows_at_every_step(station: Path) -> None:
    found = log_screen.measure(station, steps=30, opens=1)
    assert found["screen_faults"] == 0, found["screen_fault_words"]
    assert found["screen_checked"] > 20 and found["screen_rows"] > 100
    for figure in log_screen.MOST:
        assert found[figure] >= 0


def test_rows_that_come_later_are_caught(station: Path) -> None:
    probe = BROKEN / "rows_come_later.py"
    found = log_screen.measure(station, steps=8, opens=1, probe=probe)
    assert found["screen_faults"] > 0
    assert any("does not show" in words for words in found["screen_fault_words"])
