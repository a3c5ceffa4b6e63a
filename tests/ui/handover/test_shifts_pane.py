"""Setup › Shifts: the station's hours are typed, and who is on which shift is written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.clock import ScriptedClock
from app.duty.officers import OfficerEnrolled
from app.duty.shift_log import Post, roster_of, set_roster, shift_table
from app.errors import KnownError
from app.incidents.deadlines import Targets
from app.log import Log, Role
from app.ui.desk import Desk
from app.ui.handover.roster_desk import RosterDesk
from app.ui.setup.shifts_pane import ShiftsPane
from app.ui.theme import Theme
from tests.station_log import PROGRAM, a_station_log, form_units
from tests.ui.conftest import NOW
from tests.ui.handover.room import PHICHAI, SURACHAI


@dataclass
class Shown:
    """A pane on a log, and what was refused."""

    log: Log
    pane: ShiftsPane
    desk: RosterDesk
    refused: list[KnownError]
    told: list[str]

    def type_line(self, number: int, *texts: str) -> None:
        """A line of the roster: duty, officer, unit."""
        for box, text in zip(self.pane.rows._boxes[number], texts, strict=False):
            box.setEditText(text)

    def stored(self, shift_id: str) -> tuple[Post, ...]:
        with self.log.reading() as db:
            roster = roster_of(db, shift_id)
        return roster.posts if roster is not None else ()


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(NOW)


@pytest.fixture(params=[SURACHAI])
def shown(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    clock: ScriptedClock,
    theme: Theme,
    qtbot: QtBot,
) -> Iterator[Shown]:
    with a_station_log(tmp_path, clock) as log:
        log.append(*map(OfficerEnrolled, (PHICHAI, SURACHAI)), actor=PROGRAM).result()
        form_units(log, 25)
        desk = Desk(log, clock, request.param, Targets())
        roster = RosterDesk(desk, log)
        roster.read()
        pane = ShiftsPane(theme, roster)
        refused: list[KnownError] = []
        told: list[str] = []
        desk.failed.connect(refused.append)
        pane.told.connect(told.append)
        pane.resize(1190, 700)
        pane.fill()
        pane.show()
        try:
            yield Shown(log, pane, roster, refused, told)
        finally:
            pane.close()
            pane.deleteLater()
            desk.leave()


def test_the_present_shift_is_shown_and_its_roster_written(shown: Shown, qtbot: QtBot) -> None:
    shift = shown.desk.current()
    assert shown.pane.title.text() == "อา. 22 พ.ย. 2569 · เวรเช้า 08:00–16:00"
    shown.type_line(0, "ร้อยเวร 20", PHICHAI.name)
    shown.type_line(1, "สายตรวจ", "ส.ต.อ.วีระ และอีก 1 นาย", "มุกดา 25")
    shown.pane.save.click()
    qtbot.waitUntil(lambda: bool(shown.told), timeout=5_000)
    assert shown.stored(shift.id) == (
        Post("ร้อยเวร 20", PHICHAI.name, "", PHICHAI.id, ""),
        Post("สายตรวจ", "ส.ต.อ.วีระ และอีก 1 นาย", "มุกดา 25", "", "unit-25"),
    )
    assert SURACHAI.name in shown.pane.words.text()


def test_a_post_without_anybody_is_refused_and_stays_typed(shown: Shown) -> None:
    shown.type_line(0, "วิทยุ")
    shown.pane.save.click()
    assert shown.pane.words.property("state") == "red"
    assert shown.pane.rows.posts() == [Post("วิทยุ", "")]
    shown.pane.later.click()  # and nothing is lost by leaving it
    assert shown.pane.title.text().endswith("เวรเช้า 08:00–16:00")


def test_the_roster_of_the_day_before_is_taken_over(shown: Shown, qtbot: QtBot) -> None:
    shift = shown.desk.current()
    before = shown.desk.table().shift_at(shift.starts_at - timedelta(days=1))
    post = Post("วิทยุ", "ด.ต.หญิง รัตนา")
    set_roster(shown.log, before, [post], actor=SURACHAI.actor).result()
    shown.pane.copy.click()
    assert shown.pane.rows.posts() == [post] and shown.stored(shift.id) == ()
    shown.pane.save.click()
    qtbot.waitUntil(lambda: bool(shown.told), timeout=5_000)
    assert shown.stored(shift.id) == (post,)


def test_the_hours_are_typed_with_what_they_mean_under_them(shown: Shown, qtbot: QtBot) -> None:
    hours = shown.pane.hours
    assert not hours.save.isVisible()
    hours.hours.line.selectAll()
    QTest.keyClicks(hours.hours.line, "8, 20")
    assert hours.hours.words.text() == "เวรเช้า 08:00–20:00 · เวรดึก 20:00–08:00"
    hours.reason.line.setText("คำสั่ง สภ. ที่ 12/2569")
    QTest.keyClick(hours.reason.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(shown.told), timeout=5_000)
    with shown.log.reading() as db:
        assert [one.begins_min for one in shift_table(db).times] == [480, 1200]
    qtbot.waitUntil(lambda: shown.pane.title.text().endswith("เวรเช้า 08:00–20:00"))


@pytest.mark.parametrize("typed", ["25", "08:00, 08:10", "เช้า"])
def test_hours_that_will_not_do_cannot_be_saved(shown: Shown, typed: str) -> None:
    hours = shown.pane.hours
    hours.hours.line.setText(typed)
    hours.hours.line.textEdited.emit(typed)
    assert not hours.save.isEnabled() and hours.hours.words.property("state") == "red"


@pytest.mark.parametrize("shown", [PHICHAI], indirect=True)
def test_a_duty_officer_may_write_the_roster_and_not_the_hours(shown: Shown, qtbot: QtBot) -> None:
    assert PHICHAI.role is Role.DUTY_OFFICER
    shown.type_line(0, "วิทยุ", "ด.ต.หญิง รัตนา")
    shown.pane.save.click()
    qtbot.waitUntil(lambda: bool(shown.told), timeout=5_000)
    hours = shown.pane.hours
    hours.hours.line.setText("8, 20")
    hours.hours.line.textEdited.emit("8, 20")
    hours.reason.line.setText("ลองเปลี่ยน")
    hours.save.click()
    qtbot.waitUntil(lambda: bool(shown.refused), timeout=5_000)
