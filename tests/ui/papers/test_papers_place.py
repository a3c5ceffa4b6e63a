"""The Papers place on a real station with the real press: what is shown is what goes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.cameras.ground import Ground
from app.clock import ScriptedClock
from app.duty.officers import Officer
from app.errors import KnownError, msg
from app.geo.projection import Projection
from app.incidents.deadlines import Targets
from app.log import Log, Role
from app.sheets.papers import How
from app.station import Disk, open_station
from app.thai.translation import explain
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.papers.kept_jobs import KeptJobs
from app.ui.papers.page_layout import ViewMode
from app.ui.papers.papers_place import PapersPlace
from app.ui.papers.papers_room import PapersRoom
from app.ui.papers.print_job import PrintState
from app.ui.papers.printing_steps import file_name
from app.ui.selection import Selection
from app.ui.theme import Theme
from app.views import all_views
from tests.ui.driving import press
from tests.ui.papers.fake_printer import DESK, FakePrinter

CLERK = Officer("officer-1", "ร.ต.ท.ธนา วงศ์คำ", "ร้อยเวร (ตัวอย่าง)", Role.DUTY_OFFICER)
VIEWER = Officer("officer-9", "นายผู้ดู", "", Role.VIEWER)
LONG_MS = 30_000


@dataclass
class Here:
    """What a test has in its hands."""

    log: Log
    clock: ScriptedClock
    desk: Desk
    room: PapersRoom
    place: PapersPlace
    printer: FakePrinter
    station: Path
    qtbot: QtBot
    failed: list[KnownError]

    def settle(self) -> None:
        """Wait until the sheet is set, or cannot be."""
        self.qtbot.waitUntil(lambda: not self.place.sheet.is_busy, timeout=LONG_MS)

    def show_first(self) -> str:
        """The sheet of the newest open incident; its id."""
        incident = self.desk.open_incidents()[0]
        self.place.open_sheet("incident", incident.id)
        self.settle()
        assert self.place.sheet.found is not None
        return incident.id

    def stored(self) -> list[Path]:
        """The papers on the station's disk."""
        return sorted((self.station / "papers").glob("*.pdf"))


@pytest.fixture
def printer() -> FakePrinter:
    return FakePrinter()


@pytest.fixture
def here(
    station: Path,
    clock: ScriptedClock,
    printer: FakePrinter,
    theme: Theme,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[Here]:
    folder = open_station(station)
    profile = folder.profile
    log = Log(folder.database, origin=profile.origin, views=all_views(), clock=clock)
    log.open()
    desk, background = Desk(log, clock, CLERK, Targets()), Background()
    ground = Ground(Projection(profile.epsg))
    ground.set_areas(desk.areas())
    ground.set_cameras(desk.cameras())
    kept = tmp_path / "desk" / "papers.json"
    room = PapersRoom(desk, log, folder, ground, background, kept, printer)
    place = PapersPlace(theme, room, Selection())
    failed: list[KnownError] = []
    for part in (place, room.desk, room.batch):
        part.failed.connect(failed.append)
    place.resize(1306, 700)
    place.show()
    try:
        yield Here(log, clock, desk, room, place, printer, station, qtbot, failed)
    finally:
        place.let_go()
        room.stop()
        background.stop()
        desk.leave()
        log.close()
        place.deleteLater()


def test_what_is_shown_is_stored_recorded_and_printed_and_the_printer_is_remembered(
    here: Here,
) -> None:
    incident_id = here.show_first()
    found = here.place.sheet.found
    assert found is not None
    assert here.stored() == [], "what is only looked at leaves nothing behind"
    here.qtbot.waitUntil(lambda: here.place.column.print.isEnabled())
    here.place.view.setFocus()
    press(Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: len(here.printer.printed) == 1, timeout=LONG_MS)
    assert here.printer.printed == [found.typeset.pdf]
    assert [path.read_bytes() for path in here.stored()] == [found.typeset.pdf]
    (paper,) = here.room.desk.printed(10)
    assert (paper.subject, paper.actor, paper.to) == (incident_id, CLERK.id, DESK.name)
    assert here.room.remembered.of("incident").printer == DESK.name
    here.settle()  # the next one would be the second print
    assert here.place.sheet.found is not None
    assert here.place.sheet.found.typeset.pdf != found.typeset.pdf


def test_a_job_that_waits_when_the_console_ends_is_there_for_the_next_one(here: Here) -> None:
    here.show_first()
    here.printer.refuses = KnownError(msg("It is out of paper."))
    here.place.steps.print()
    here.qtbot.waitUntil(
        lambda: [job.state for job in here.room.queue.jobs] == [PrintState.FAILED], timeout=LONG_MS
    )
    here.place.let_go()
    here.room.stop()
    kept = here.station.parent / "desk" / "papers.json"
    parts, room = here.room.desk.parts, here.room
    later = PapersRoom(
        here.desk, here.log, parts.folder, parts.ground, room.background, kept, here.printer
    )
    (job,) = later.queue.jobs
    assert job.state is PrintState.NOT_SENT
    assert later.take_not_sent() == (job.title,) and later.take_not_sent() == ()
    assert here.printer.sent == []
    later.queue.forget(job.id)
    later.stop()
    assert KeptJobs(kept.with_name("queue-papers.json"), parts.folder.papers, Disk()).load() == ()


def test_a_sheet_from_a_while_ago_is_set_anew_before_it_is_printed(here: Here) -> None:
    here.show_first()
    before = here.place.sheet.found
    here.clock.advance(600.0)
    here.qtbot.waitUntil(lambda: here.place.column.print.isEnabled())
    here.place.steps.print()
    here.qtbot.waitUntil(lambda: len(here.printer.printed) == 1, timeout=LONG_MS)
    assert before is not None
    assert here.printer.printed[0] != before.typeset.pdf, "its time of print stands on it"


def test_saving_gives_the_same_bytes_elsewhere_and_says_so_in_the_log(
    here: Here, tmp_path: Path
) -> None:
    here.show_first()
    found, target = here.place.sheet.found, tmp_path / "ใบรับแจ้งเหตุ.pdf"
    assert found is not None
    here.place.steps.save_as(target)
    here.qtbot.waitUntil(target.exists, timeout=LONG_MS)
    assert target.read_bytes() == found.typeset.pdf
    (paper,) = here.room.desk.printed(10)
    assert (paper.how, paper.to) == (How.SAVED, "")


def test_without_a_printer_it_says_so_and_the_pdf_can_be_saved(
    here: Here, printer: FakePrinter
) -> None:
    printer.there = ()
    here.room.read_printers()
    here.qtbot.waitUntil(lambda: here.place.column.printer._printers == ())
    here.show_first()
    column = here.place.column
    assert not column.print.isEnabled() and column.save.isEnabled()
    assert column.printer.printers.currentText() == "ไม่มีเครื่องพิมพ์"
    here.place.steps.print()
    assert "เก็บเป็น PDF" in explain(here.failed[-1])
    assert here.stored() == []


def test_who_may_not_print_reads_why_and_nothing_goes_out(here: Here) -> None:
    here.desk.officer = VIEWER
    here.show_first()
    assert not here.place.column.print.isEnabled() and not here.place.column.save.isEnabled()
    here.place.steps.print()
    assert here.failed and here.stored() == [] and here.printer.sent == []


def test_a_full_disk_prints_nothing_and_records_nothing(here: Here) -> None:
    here.show_first()
    head = here.log.head()
    (here.station / "papers").rename(here.station / "papers-away")
    (here.station / "papers").write_text("a file where the folder was")
    here.qtbot.waitUntil(lambda: here.place.column.print.isEnabled())
    here.place.steps.print()
    here.qtbot.waitUntil(lambda: bool(here.failed), timeout=LONG_MS)
    assert here.log.head() == head and here.printer.sent == []


def test_a_stored_paper_that_was_altered_is_not_printed_again(here: Here) -> None:
    here.show_first()
    here.qtbot.waitUntil(lambda: here.place.column.print.isEnabled())
    here.place.steps.print()
    here.qtbot.waitUntil(lambda: len(here.printer.printed) == 1, timeout=LONG_MS)
    (path,) = here.stored()
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    here.place.open_paper(here.room.desk.printed(1)[0])
    here.qtbot.waitUntil(lambda: bool(here.failed), timeout=LONG_MS)
    assert here.place.stored is None
    assert path.name in explain(here.failed[-1])


def test_several_numbers_are_printed_in_their_order_each_with_its_entry(here: Here) -> None:
    numbers = [one.number for one in here.desk.open_incidents()[:2]]
    here.show_first()
    here.place.severals.open((), ticked=False)
    here.place.several.line.setText(f"{', '.join(numbers)}, 99999")
    here.place.several.numbers_typed.emit(here.place.several.line.text())
    assert here.place.several.line.text() == "99999/2569", "what there is not stays in the line"
    here.place.steps.print()
    here.qtbot.waitUntil(lambda: len(here.printer.printed) == 2, timeout=LONG_MS)
    titles = [one.title for one in reversed(here.room.desk.printed(10))]
    assert [title.split()[-1] for title in titles] == numbers
    here.qtbot.waitUntil(lambda: here.room.queue.jobs[0].state is PrintState.DONE)
    assert here.room.queue.jobs[0].done == 2


def test_another_choice_is_another_sheet_and_zoom_is_sharp(here: Here) -> None:
    here.show_first()
    first = here.place.sheet.found
    here.place.column.common.digits.choose("thai")
    here.settle()
    second = here.place.sheet.found
    assert first is not None and second is not None
    assert second.order.options["digits"] == "thai"
    assert second.typeset.pdf != first.typeset.pdf
    view = here.place.view
    here.place.show_mode(ViewMode.ONE.value)
    view.show_zoom(4.0)
    here.qtbot.waitUntil(lambda: bool(view._parts), timeout=LONG_MS)
    (part,) = view._parts.values()
    here.qtbot.waitUntil(lambda: here.room.pictures.picture(part) is not None, timeout=LONG_MS)
    image = here.room.pictures.picture(part)
    assert image is not None and part.dpi == pytest.approx(4 * 96)
    assert image.width() <= view.viewport().width() * 1.5, "not the whole page at that size"


def test_a_title_is_a_name_for_a_file_on_every_system() -> None:
    assert file_name("ใบรับแจ้งเหตุ 1284/2569") == "ใบรับแจ้งเหตุ 1284-2569"
    assert file_name('a:b*c?"<>|\n..') == "a.bc"
    assert file_name("///") == "---"
    assert file_name("...") == "sheet"
    assert len(file_name("ก" * 500)) <= 80
