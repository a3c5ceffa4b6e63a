"""The print queue on a printer that does as it is told: prints, runs out of paper, vanishes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.clock import ScriptedClock
from app.errors import KnownError, msg
from app.platform.printers import JobReport, JobState
from app.station import Disk
from app.thai.translation import Language, set_language
from app.ui.papers.kept_jobs import KeptJobs
from app.ui.papers.order import PrintChoice
from app.ui.papers.print_job import PaperToPrint, PrintJob, PrintState
from app.ui.papers.print_queue import PrintQueue
from app.ui.papers.queue_list import QueueList, job_words, rest_words
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from tests.station_log import MORNING
from tests.ui.papers.fake_printer import DESK, OFFICE, FakePrinter

HERE = PrintChoice(DESK.name, copies=2)
OUT_OF_PAPER = msg("It is out of paper.")
SILENT = KnownError(msg("The print service of this computer does not answer."))


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(MORNING)


@pytest.fixture
def printer() -> FakePrinter:
    return FakePrinter()


@pytest.fixture
def queue(printer: FakePrinter, clock: ScriptedClock, qtbot: QtBot) -> Iterator[PrintQueue]:
    made = PrintQueue(printer, clock, look_every_ms=5)
    yield made
    made.stop()


@pytest.fixture
def papers(tmp_path: Path) -> list[PaperToPrint]:
    """Three stored papers, each with bytes of its own."""
    made = []
    for number in range(1, 4):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(b"%PDF-" + bytes([48 + number]))
        made.append(PaperToPrint(f"ใบรับแจ้งเหตุ {number}/2569", f"incident-{number}", path, 2))
    return made


def the_job(queue: PrintQueue) -> PrintJob:
    (job,) = queue.jobs
    return job


def test_the_stored_bytes_go_out_as_they_are_and_the_job_is_done(
    queue: PrintQueue, printer: FakePrinter, papers: list[PaperToPrint], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(queue.finished) as ended:
        queue.add("ใบรับแจ้งเหตุ 1/2569", papers[:1], HERE)
    assert ended.args[0].state is PrintState.DONE
    assert printer.printed == [papers[0].path.read_bytes()]
    (order,) = printer.sent
    assert (order.printer, order.copies, order.two_sided) == (DESK.name, 2, True)
    assert order.name == "incident-1", "no number and no name in the printer's own list"


def test_several_papers_come_one_after_another_in_their_order(
    queue: PrintQueue, printer: FakePrinter, papers: list[PaperToPrint], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(queue.finished):
        queue.add("3", papers, HERE)
    assert [order.name for order in printer.sent] == ["incident-1", "incident-2", "incident-3"]


def test_a_printer_without_paper_waits_and_says_so_and_goes_on_by_itself(
    queue: PrintQueue, printer: FakePrinter, papers: list[PaperToPrint], qtbot: QtBot
) -> None:
    printer.reports["1"] = JobReport(JobState.PRINTING, OUT_OF_PAPER)
    queue.add("1", papers[:1], HERE)
    qtbot.waitUntil(lambda: the_job(queue).words == OUT_OF_PAPER)
    assert the_job(queue).state is PrintState.PRINTING
    del printer.reports["1"]
    qtbot.waitUntil(lambda: the_job(queue).state is PrintState.DONE)
    assert len(printer.sent) == 1


def test_a_printer_that_is_stopped_in_mid_job_fails_and_only_the_rest_is_printed_after_that(
    queue: PrintQueue, printer: FakePrinter, papers: list[PaperToPrint], qtbot: QtBot
) -> None:
    printer.reports["2"] = JobReport(JobState.STOPPED, msg("Paper is stuck in it."))
    with qtbot.waitSignal(queue.finished):
        queue.add("3", papers, HERE)
    job = the_job(queue)
    assert (job.state, job.done) == (PrintState.FAILED, 1)
    assert job.error is not None and job.error.what == msg("Paper is stuck in it.")
    qtbot.waitUntil(lambda: printer.cancelled == [f"{DESK.name}-2"])  # else it comes out one day
    set_language(Language.ENGLISH)
    assert rest_words(job) == "Print 2–3"
    with qtbot.waitSignal(queue.finished):
        queue.go_on(job.id, OFFICE.name)
    names = [(order.printer, order.name) for order in printer.sent]
    assert names[2:] == [(OFFICE.name, "incident-2"), (OFFICE.name, "incident-3")]
    assert the_job(queue).state is PrintState.DONE


def test_a_printer_that_vanishes_in_mid_job_fails_it_and_the_paper_is_not_lost(
    queue: PrintQueue, printer: FakePrinter, papers: list[PaperToPrint], qtbot: QtBot
) -> None:
    gone = msg("The printer {printer} is not there any more.", printer=DESK.name)
    printer.reports["1"] = JobReport(JobState.UNKNOWN, gone)
    with qtbot.waitSignal(queue.finished):
        queue.add("1", papers[:1], HERE)
    job = the_job(queue)
    assert job.state is PrintState.FAILED and job.error is not None
    assert job.error.what == gone and job.error.safe is not None
    assert papers[0].path.exists()


def test_a_printer_that_takes_nothing_fails_at_once(
    queue: PrintQueue, printer: FakePrinter, papers: list[PaperToPrint], qtbot: QtBot
) -> None:
    printer.refuses = KnownError(msg("This computer has no print service (CUPS)."))
    with qtbot.waitSignal(queue.finished):
        queue.add("1", papers[:1], HERE)
    assert the_job(queue).state is PrintState.FAILED
    assert printer.sent == []


def test_a_print_service_that_is_silent_is_waited_for_and_then_given_up(
    queue: PrintQueue,
    printer: FakePrinter,
    papers: list[PaperToPrint],
    clock: ScriptedClock,
    qtbot: QtBot,
) -> None:
    printer.silence = SILENT
    queue.add("1", papers[:1], HERE)
    qtbot.waitUntil(lambda: the_job(queue).words == SILENT.what)
    assert the_job(queue).is_under_way, "it may be starting again"
    clock.advance(21.0)
    qtbot.waitUntil(lambda: the_job(queue).state is PrintState.FAILED)
    assert the_job(queue).error is SILENT


def test_a_cancelled_job_is_taken_back_and_can_still_be_printed(
    queue: PrintQueue, printer: FakePrinter, papers: list[PaperToPrint], qtbot: QtBot
) -> None:
    printer.reports["1"] = JobReport(JobState.PRINTING)
    job_id = queue.add("3", papers, HERE)
    qtbot.waitUntil(lambda: the_job(queue).state is PrintState.PRINTING)
    queue.cancel(job_id)
    assert the_job(queue).state is PrintState.CANCELLED
    qtbot.waitUntil(lambda: printer.cancelled == [f"{DESK.name}-1"])
    with qtbot.waitSignal(queue.finished):
        queue.go_on(job_id)
    assert [order.name for order in printer.sent[1:]] == ["incident-1", "incident-2", "incident-3"]


def test_a_job_cancelled_while_it_is_being_handed_over_is_taken_back_too(
    queue: PrintQueue, printer: FakePrinter, papers: list[PaperToPrint], qtbot: QtBot
) -> None:
    job_id = queue.add("1", papers[:1], HERE)
    queue.cancel(job_id)  # before the first look has come back
    qtbot.waitUntil(lambda: printer.cancelled == [f"{DESK.name}-1"])
    assert the_job(queue).state is PrintState.CANCELLED


def test_only_what_has_ended_can_be_taken_off_the_list(
    queue: PrintQueue, printer: FakePrinter, papers: list[PaperToPrint], qtbot: QtBot
) -> None:
    printer.reports["1"] = JobReport(JobState.PRINTING)
    job_id = queue.add("1", papers[:1], HERE)
    queue.forget(job_id)
    assert len(queue.jobs) == 1
    queue.cancel(job_id)
    queue.forget(job_id)
    assert queue.jobs == ()


def test_what_the_last_console_did_not_send_is_shown_by_the_next_and_waits_for_a_word(
    queue: PrintQueue,
    printer: FakePrinter,
    clock: ScriptedClock,
    papers: list[PaperToPrint],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    kept = KeptJobs(tmp_path / "desk" / "queue.json", tmp_path, Disk())
    printer.reports["2"] = JobReport(JobState.PRINTING)  # the second paper is in the printer
    queue.add("3", papers, HERE)
    qtbot.waitUntil(lambda: bool(the_job(queue).done and the_job(queue).ticket))
    kept.save(queue.jobs)
    queue.stop()
    printer.reports.clear()
    (file,) = (tmp_path / "desk").iterdir()
    assert file.stat().st_mode & 0o077 == 0, "titles may hold names"
    later = PrintQueue(printer, clock, look_every_ms=5)
    again = KeptJobs(file, tmp_path, Disk())
    later.restore(again.load())
    job = the_job(later)
    assert (job.state, job.done, job.papers, job.choice) == (
        PrintState.NOT_SENT, 2, tuple(papers), HERE,
    )  # fmt: skip
    set_language(Language.ENGLISH)
    assert rest_words(job) == "Print 3"
    assert "The console was closed before it was sent." in job_words(job)
    assert len(printer.sent) == 2, "nothing is printed without being asked for"
    with qtbot.waitSignal(later.finished):
        later.go_on(job.id)
    assert [order.name for order in printer.sent[2:]] == ["incident-3"]
    again.save(later.jobs)
    assert not file.exists()
    later.stop()


@pytest.mark.parametrize(
    "text", ["", "[7]", '{"a": 1}', "\xff", '[{"papers": [{"file": "../station.db"}]}]']
)
def test_a_kept_queue_that_makes_no_sense_is_an_empty_one(tmp_path: Path, text: str) -> None:
    file = tmp_path / "queue.json"
    file.write_bytes(text.encode("latin-1"))
    assert KeptJobs(file, tmp_path, Disk()).load() == ()


def test_the_list_shows_the_failed_job_first_with_its_cure(
    queue: PrintQueue,
    printer: FakePrinter,
    papers: list[PaperToPrint],
    theme: Theme,
    qtbot: QtBot,
) -> None:
    set_language(Language.ENGLISH)
    shown = QueueList(theme)
    qtbot.addWidget(shown)
    asked: list[str] = []
    shown.go_on_requested.connect(asked.append)
    printer.reports["1"] = JobReport(JobState.FAILED)
    with qtbot.waitSignal(queue.finished):
        failed = queue.add("ใบรับแจ้งเหตุ 1/2569", papers[:1], HERE)
    with qtbot.waitSignal(queue.finished):
        queue.add("ใบรับแจ้งเหตุ 2/2569", papers[1:2], HERE)
    shown.show_jobs(queue.jobs, OFFICE.name)
    words = [button.text() for button in shown.findChildren(KeyButton)]
    assert words == ["Print it anew", "On the chosen printer"]
    shown.findChildren(KeyButton)[0].click()
    assert asked == [failed]
    assert shown.alarm.text() == "1 to put right"
    assert "The printer gave the job up." in job_words(queue.jobs[1])
