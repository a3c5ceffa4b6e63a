"""Two officers draw the same area: the second is told, and nothing is written over the first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shapely

from app.clock import ScriptedClock
from app.errors import KnownError
from app.geo.area_steps import Redrawn, TakenAway, save_drawing
from app.geo.areas import Area, AreaDrawn, AreaKind, Areas, AreasView
from app.log import Actor, Log, Role

OFFICER = Actor("somchai", Role.SUPERVISOR)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    clock = ScriptedClock(datetime(2026, 11, 22, 3, 0, tzinfo=UTC))
    made = Log(tmp_path / "station.db", origin="test", views=(AreasView(),), clock=clock)
    made.open()
    yield made
    made.close()


def drawn(east_deg: float) -> AreaDrawn:
    shape = shapely.box(104.72, 16.54, east_deg, 16.55)
    return AreaDrawn("zone", AreaKind.ZONE, "เขต", "Zone", shape, "ประชุมชุมชน")


def current(log: Log) -> list[Area]:
    with log.reading() as db:
        return Areas(db).current()


def test_the_second_of_two_drawings_from_one_version_is_refused(log: Log) -> None:
    save_drawing(log, [Redrawn(drawn(104.73))], [], "แรก", actor=OFFICER).result()
    (first,) = current(log)
    save_drawing(log, [Redrawn(drawn(104.74), first.version)], [], "ก", actor=OFFICER).result()
    head = log.head()
    late = save_drawing(log, [Redrawn(drawn(104.75), first.version)], [], "ข", actor=OFFICER)
    with pytest.raises(KnownError, match="redrawn by somebody else"):
        late.result()
    assert log.head() == head
    assert current(log)[0].shape.bounds[2] == pytest.approx(104.74)


def test_one_stale_area_keeps_the_whole_drawing_from_being_saved(log: Log) -> None:
    save_drawing(log, [Redrawn(drawn(104.73))], [], "แรก", actor=OFFICER).result()
    other = AreaDrawn("beat", AreaKind.BEAT, "เขตตรวจ", "", shapely.box(104.7, 16.5, 104.71, 16.51))
    stale = [Redrawn(other), Redrawn(drawn(104.76), "test:99")]
    with pytest.raises(KnownError):
        save_drawing(log, stale, [], "ทั้งชุด", actor=OFFICER).result()
    assert [area.id for area in current(log)] == ["zone"]


def test_without_a_reason_nothing_is_asked_of_the_log(log: Log) -> None:
    with pytest.raises(KnownError, match="without a reason"):
        save_drawing(log, [Redrawn(drawn(104.73))], [], "  ", actor=OFFICER)


def test_an_area_that_was_merged_away_is_removed_with_the_reason(log: Log) -> None:
    save_drawing(log, [Redrawn(drawn(104.73))], [], "แรก", actor=OFFICER).result()
    (area,) = current(log)
    save_drawing(log, [], [TakenAway("zone", "เขต", area.version)], "รวม", actor=OFFICER).result()
    assert current(log) == []
