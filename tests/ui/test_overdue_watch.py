"""What is overdue is heard, not more than needed, and a supervisor is told once. No window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.clock import ScriptedClock
from app.duty.officers import Officer
from app.incidents.deadlines import Targets
from app.incidents.drafts import Draft, DraftFile
from app.incidents.register import open_incidents
from app.log import Log, Role
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.live.draft_keeper import DraftKeeper
from app.ui.live.overdue_watch import AGAIN_S, OverdueWatch
from tests.station_log import MORNING, OFFICER, PROGRAM, a_report, a_station_log, take


class Ear:
    """A console's desk without a window, and what was heard at it."""

    def __init__(self, log: Log, clock: ScriptedClock) -> None:
        self.log, self.clock = log, clock
        self.heard = 0
        self.background = Background(1)
        self.desk = Desk(log, clock, Officer(OFFICER.id, "ด.ต.", "", Role.DUTY_OFFICER), Targets())
        self.watch = OverdueWatch(self.desk, self.background, self._play, program=PROGRAM)

    def _play(self) -> str:
        self.heard += 1
        return "a test"

    def look(self, after_s: float, qtbot: QtBot) -> int:
        """How often it was heard in all, so many seconds later."""
        self.clock.advance(after_s)
        with self.log.reading() as db:
            incidents = open_incidents(db)
        self.watch.look(incidents, self.clock.now(), Targets())
        self.log.append(actor=PROGRAM).result()
        qtbot.wait(30)
        return self.heard


@pytest.fixture
def ear(tmp_path: Path, qtbot: QtBot) -> Iterator[Ear]:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        ear = Ear(log, clock)
        yield ear
        ear.desk.leave()
        ear.background.stop()


def test_it_is_heard_at_once_and_again_after_a_while(ear: Ear, qtbot: QtBot) -> None:
    take(ear.log, ear.clock)
    assert ear.look(119, qtbot) == 0
    assert ear.watch.words().text == ""
    assert ear.look(2, qtbot) == 1
    assert ear.look(1, qtbot) == 1
    take(ear.log, ear.clock, lat_deg=16.6)
    assert ear.look(AGAIN_S - 5, qtbot) == 1
    assert ear.look(10, qtbot) == 2


def test_what_is_newly_overdue_does_not_wait(ear: Ear, qtbot: QtBot) -> None:
    take(ear.log, ear.clock)
    ear.clock.advance(10)
    take(ear.log, ear.clock, lat_deg=16.6)
    assert ear.look(112, qtbot) == 1
    assert ear.look(10, qtbot) == 2


def test_a_muted_sound_is_not_heard_until_its_time_and_can_be_tried(ear: Ear, qtbot: QtBot) -> None:
    take(ear.log, ear.clock)
    ear.watch.mute(5)
    qtbot.waitUntil(lambda: ear.watch.muted_until is not None)
    assert ear.look(150, qtbot) == 0
    ear.watch.test()
    qtbot.waitUntil(lambda: ear.heard == 1)
    assert ear.look(151, qtbot) == 2, "the five minutes are over"


def test_a_supervisor_is_told_once(ear: Ear, qtbot: QtBot) -> None:
    told: list[str] = []
    ear.watch.supervisor_wanted.connect(told.append)
    id_ = take(ear.log, ear.clock).id
    for _ in range(3):
        ear.look(150, qtbot)
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1 and "1/2569" in told[0]
    assert [one.kind for one in ear.log.entries_of(id_)].count("escalated") == 1
    assert "1" in ear.watch.words().text and ear.watch.words().colour == "red"


def test_a_draft_is_written_at_most_once_a_second(tmp_path: Path, qtbot: QtBot) -> None:
    class Counting(DraftFile):
        written = 0

        def keep(self, draft: Draft) -> bool:
            is_kept = super().keep(draft)
            self.written += 1
            return is_kept

    file = Counting(tmp_path / "draft.json")
    keeper = DraftKeeper(file, ScriptedClock(MORNING))
    texts = [f"ครั้งที่ {number}" for number in range(40)]
    for text in texts:
        draft = Draft(a_report(narrative=text), "", "", "", None)
        keeper.typed(lambda draft=draft: draft)  # type: ignore[misc]
    qtbot.waitUntil(lambda: file.written == 1, timeout=3_000)
    kept = file.load()
    assert kept is not None and kept.report.narrative == texts[-1]
    keeper.typed(lambda: Draft(a_report(narrative="สุดท้าย"), "", "", "", None))
    keeper.stop()
    last = file.load()
    assert last is not None and last.report.narrative == "สุดท้าย"
    assert file.written == 2
