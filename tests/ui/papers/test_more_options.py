"""Options of summary, survey, receipt, extract and activity: what is chosen comes onto the sheet,
and stays when the window is built anew. Panes alone; no window, no press."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from app.cameras.camera import CameraRegistered
from app.cameras.ground import Ground
from app.clock import ScriptedClock
from app.duty.officers import Officer
from app.errors import KnownError
from app.evidence.exports import ClipExported
from app.geo.projection import Projection
from app.incidents.deadlines import Targets
from app.log import Log, Role
from app.sheets.catalogue import SHEETS
from app.sheets.sheet import Sheet
from app.station import Disk, create_station
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.papers.builders import BUILDERS
from app.ui.papers.options_activity import ActivityPane
from app.ui.papers.options_extract import ExtractPane
from app.ui.papers.options_pane import OptionsPane, PaneParts
from app.ui.papers.options_receipt import ReceiptPane
from app.ui.papers.options_summary import SummaryPane
from app.ui.papers.options_survey import SurveyPane
from app.ui.papers.order import SheetOrder
from app.ui.papers.panes import PANES
from app.ui.papers.sheet_parts import SheetParts
from app.ui.selection import Selection
from app.ui.theme import Theme
from app.video.archive.segment import Span
from tests.cameras.test_survey import a_camera
from tests.sheets.test_activity_sheet import jpeg_of
from tests.station.places import profile
from tests.station_log import MORNING, OFFICER, PROGRAM, a_station_log, take

SUPERVISOR = Officer("officer-01", "พ.ต.ท.วิทยา คำภา", "สวป.", Role.SUPERVISOR)
Pane = TypeVar("Pane", bound=OptionsPane)


@dataclass(frozen=True)
class Place:
    """What panes read and builders are given."""

    theme: Theme
    log: Log
    clock: ScriptedClock
    desk: Desk
    parts: PaneParts
    built_from: SheetParts

    def pane(self, kind: str, made: type[Pane]) -> Pane:
        """The pane of a kind of sheet, filled as when it is first seen."""
        assert PANES[kind] is made
        pane = made(self.theme, self.parts)
        pane.fill()
        return pane

    def sheet(self, kind: str, pane: OptionsPane, **common: Any) -> Sheet:
        """What its builder makes of the choices, which JSON must be able to hold."""
        assert pane.missing() == ""
        order = SheetOrder(kind, pane.about(), {**pane.options(), **common})
        with self.log.reading() as db:
            return BUILDERS[kind](db, self.built_from, order)

    def again(self, kind: str, pane: OptionsPane) -> OptionsPane:
        """Its successor, after the window was built anew."""
        successor = PANES[kind](self.theme, self.parts)
        successor.show_options(pane.options())
        successor.show_about(pane.about())
        successor.fill()
        return successor


@pytest.fixture
def place(theme: Theme, tmp_path: Path) -> Iterator[Place]:
    clock = ScriptedClock(MORNING)
    folder = create_station(tmp_path / "station", profile())
    background = Background(workers=1)
    with a_station_log(folder.root, clock) as log:
        log.append(
            *(CameraRegistered(a_camera(f"C0{number}")) for number in (1, 2, 3)), actor=PROGRAM
        ).result()
        desk = Desk(log, clock, SUPERVISOR, Targets())
        parts = PaneParts(desk, log, background, Selection())
        built_from = SheetParts(
            folder, log, clock, Targets(), Ground(Projection()), lambda: None, Disk(),
            lambda: desk.officer.actor,
        )  # fmt: skip
        yield Place(theme, log, clock, desk, parts, built_from)
        background.stop()
        desk.leave()


def test_every_sheet_has_who_makes_it_and_what_is_chosen_of_it() -> None:
    codes = {kind.code for kind in SHEETS}
    assert BUILDERS.keys() == codes
    assert PANES.keys() == codes


def test_the_summary_begins_with_yesterday_and_steps_by_days_and_months(place: Place) -> None:
    pane = place.pane("summary", SummaryPane)
    assert pane.about() == "2026-11-21"
    pane.day.forth.click()
    assert place.sheet("summary", pane).data["period_short"] == "22 พ.ย. 2569"
    pane.period.choose("month")
    pane.day.back.click()
    assert pane.about() == "2026-10"
    month = place.sheet("summary", pane, digits="thai")
    assert month.data["period_short"] == "ต.ค. 2569" and not month.data["with_list"]
    assert month.options["digits"] == "thai"
    assert place.again("summary", pane).about() == "2026-10"


def test_a_day_is_typed_in_either_era_and_nonsense_is_told(place: Place) -> None:
    pane = place.pane("summary", SummaryPane)
    for typed in ("1/11/2569", "1 พ.ย. 69", "2026-11-01"):
        pane.day.line.setText(typed)
        pane.day.line.textEdited.emit(typed)
        assert pane.about() == "2026-11-01"
    pane.day.line.textEdited.emit("31/2/2569")
    assert pane.about() == "" and pane.missing()


def test_the_survey_offers_list_forms_and_empty_ones(place: Place) -> None:
    pane = place.pane("survey", SurveyPane)
    assert place.sheet("survey", pane).data["variant"] == "list"
    pane.form.choose("filled")
    pane.cameras.tick_only(("C02",))
    made = place.sheet("survey", pane)
    assert [form["id"] for form in made.data["forms"]] == ["C02"]
    pane.cameras.tick(False)
    assert pane.missing()
    pane.form.choose("blank")
    pane.copies.setCurrentIndex(2)
    assert len(place.sheet("survey", pane).data["forms"]) == 5
    assert place.again("survey", pane).options()["form"] == "blank"


def test_the_receipt_asks_for_a_package_and_keeps_no_name_as_a_habit(place: Place) -> None:
    pane = place.pane("receipt", ReceiptPane)
    assert pane.missing()
    span = Span(MORNING - timedelta(minutes=5), MORNING)
    exported = ClipExported(
        "mukdahan-2569-1-01", ("C01",), span, "ขอโดยพนักงานสอบสวน", "", "/media/stick", "4b" * 32, 1
    )
    place.log.append(exported, actor=OFFICER).result()
    pane.fill()
    pane.lines["receiver"].setText("พ.ต.ต.สมชาย ตัวอย่าง")
    made = place.sheet("receipt", pane)
    assert (made.data["package"], made.data["receiver"]) == (
        "mukdahan-2569-1-01",
        "พ.ต.ต.สมชาย ตัวอย่าง",
    )
    assert pane.habit() == {}
    assert place.again("receipt", pane).options() == pane.options()


def test_an_extract_is_of_a_time_or_of_one_incident_and_for_supervisors(place: Place) -> None:
    incident = take(place.log, place.clock)
    pane = place.pane("extract", ExtractPane)
    assert place.sheet("extract", pane).data["count"] == 4  # three cameras and the report
    pane.which.choose("incident")
    assert pane.missing()
    pane.show_about(incident.id)
    assert place.sheet("extract", pane).data["about"] == f"เหตุ {incident.number}"
    pane.which.choose("span")
    pane.ends.setText("เมื่อไรก็ได้")
    assert pane.missing()
    pane.which.choose("incident")
    duty = Officer("officer-07", "ร.ต.ท.ธนา วงศ์คำ", "รอง สวป.", Role.DUTY_OFFICER)
    place.desk.officer = duty
    with pytest.raises(KnownError, match="print an extract of the log"):
        place.sheet("extract", pane)


def test_an_activity_s_words_and_pictures_come_onto_the_sheet(place: Place, tmp_path: Path) -> None:
    pane = place.pane("activity", ActivityPane)
    assert pane.missing()
    pane.title.setText("ประชาสัมพันธ์เขตปลอดภัย")
    pane.lines["place"].setText("ตลาดอินโดจีน")
    pane.results[2][1].setText("12")
    brought = jpeg_of(tmp_path / "market.jpg", 320, 240)
    pane.plate.add_picture(brought)
    pane.plate.caption.textEdited.emit("หน้าตลาด")
    made = place.sheet("activity", pane)
    assert made.data["place"] == "ตลาดอินโดจีน"
    assert made.data["results"] == [{"name": "กล้องวงจรปิดที่สำรวจ (ตัว)", "value": "12"}]
    assert [one["caption"] for one in made.data["pictures"]] == ["หน้าตลาด"]
    assert place.again("activity", pane).options() == pane.options()
    assert pane.habit() == {}
    brought.unlink()
    with pytest.raises(KnownError, match=r"market\.jpg"):
        place.sheet("activity", pane)
