"""A station with two recorded cameras, and a package of it, for tests that only read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.evidence.material import Station, a_station, record_two_cameras


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    """Nothing is recorded yet."""
    with a_station(tmp_path) as made:
        yield made


@pytest.fixture
def recorded(station: Station) -> Station:
    """24 s of two cameras."""
    record_two_cameras(station)
    return station


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where packages go."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
