"""A visitor of the sample station finds the last minutes at the market recorded, and marked."""

from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import pytest

from app.clock import ScriptedClock
from app.demo import invented_footage
from app.demo.demo_station import camera_specs, create_demo_station
from app.demo.invented_footage import STREAM, invent_footage
from app.video.archive.index_reading import IndexedFootage
from app.views import all_views
from tests.video.archive.material import recorded_of

NOON = datetime(2026, 11, 22, 5, 0, 30, tzinfo=UTC)


def test_the_market_s_last_minutes_can_be_played_and_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invented_footage, "MARKET_CAMERAS", frozenset({"C01"}))
    monkeypatch.setattr(invented_footage, "_MINUTES", 2)
    clock = ScriptedClock(NOON)
    folder = create_demo_station(tmp_path / "station", all_views(), clock, days=1, records=True)
    assert folder.profile.recordings_enabled
    invent_footage(folder, camera_specs(), clock)
    with closing(IndexedFootage(folder.recordings)) as footage:
        (span,) = recorded_of(footage, "C01", NOON - timedelta(hours=1), NOON)
        assert (span.begins, span.ends) == (NOON - timedelta(minutes=2), NOON)
        for segment in footage.segments("C01", STREAM, span.begins, span.ends):
            assert segment.sha256 == hashlib.sha256(segment.path.read_bytes()).hexdigest()
            with closing(av.open(str(segment.path))) as container:
                assert sum(1 for _ in container.decode(video=0)) == 180
        assert recorded_of(footage, "C05", span.begins, span.ends) == []
