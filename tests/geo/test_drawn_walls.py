"""Walls drawn by hand: every version is kept, none is written over, and each says why."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.errors import KnownError
from app.geo.coordinates import LatLon
from app.geo.drawn_walls import drawn_walls, wall_versions, walls_as_of
from app.geo.wall_saving import WallEdit, save_wall
from app.log import Log
from tests.station_log import ADMINISTRATOR as OFFICER
from tests.station_log import MORNING, a_station_log

LINE = (LatLon(16.5431, 104.7280), LatLon(16.5432, 104.7283))
LONGER = (*LINE, LatLon(16.5433, 104.7290))


def save(log: Log, edit: WallEdit, reason: str = "ทดสอบ") -> None:
    save_wall(log, edit, reason, actor=OFFICER).result()


def test_every_version_is_kept_and_stands_on_the_day_it_stood(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        save(log, WallEdit("", LINE, "รั้ว"))
        clock.advance(86_400)
        with log.reading() as db:
            (first,) = drawn_walls(db)
        save(log, WallEdit(first.id, LONGER, "รั้วยาว", first.version))
        clock.advance(86_400)
        with log.reading() as db:
            (second,) = drawn_walls(db)
        save(log, WallEdit(second.id, (), began_from=second.version), "รื้อแล้ว")
        with log.reading() as db:
            assert drawn_walls(db) == []
            assert [wall.corners for wall in wall_versions(db, first.id)] == [LINE, LONGER]
            on_days = [walls_as_of(db, MORNING + timedelta(days=n, hours=1)) for n in (-1, 0, 1, 2)]
        assert on_days == [[], [first], [second], []]


def test_a_removed_walls_id_is_not_given_again(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        for _ in range(2):
            save(log, WallEdit("", LINE))
        with log.reading() as db:
            last = drawn_walls(db)[-1]
        save(log, WallEdit(last.id, (), began_from=last.version))
        save(log, WallEdit("", LINE))
        with log.reading() as db:
            assert [wall.id for wall in drawn_walls(db)] == ["barrier-1", "barrier-3"]


@pytest.mark.parametrize(
    ("corners", "reason"),
    [(LINE, "  "), (LINE[:1], "เหตุ"), ((LINE[0], LatLon(48.8, 2.3)), "เหตุ")],
)
def test_no_wall_without_a_reason_two_corners_and_thailand(
    tmp_path: Path, corners: tuple[LatLon, ...], reason: str
) -> None:
    with a_station_log(tmp_path) as log:
        head = log.head()
        with pytest.raises(KnownError):
            save_wall(log, WallEdit("", corners), reason, actor=OFFICER)
        assert log.head() == head


def test_the_later_of_two_who_changed_a_wall_is_refused(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        save(log, WallEdit("", LINE))
        with log.reading() as db:
            (wall,) = drawn_walls(db)
        save(log, WallEdit(wall.id, LONGER, began_from=wall.version))
        head = log.head()
        for late in (LINE, ()):
            with pytest.raises(KnownError, match="meanwhile"):
                save(log, WallEdit(wall.id, late, began_from=wall.version))
        assert log.head() == head
