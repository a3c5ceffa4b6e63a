"""Printers by CUPS: what its programs say is understood, and a real queue gets the very bytes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.errors import KnownError, msg
from app.platform.print_service import Asked, IppState
from app.platform.printers import (
    CupsPrinters,
    JobReport,
    JobState,
    Printer,
    PrinterState,
    PrintOrder,
    Ran,
)
from app.thai.translation import Language, explain
from tests.platform.cups_service import (
    CupsService,
    NetworkPrinter,
    cups_service,
    why_no_cups,
)

PRINTERS = """\
system default destination: Office
printer Desk is idle.  enabled since Sun 22 Nov 2026 10:00:00
\tForm mounted:
\tContent types: any
\tDescription: HP M404
\tAlerts: none
\tLocation: ห้องร้อยเวร
printer Office now printing Office-12.  enabled since Sun 22 Nov 2026 10:00:00
\tLoad paper in tray 1
\tDescription: Office
\tAlerts: media-empty-error media-needed-report
printer Old disabled since Sun 22 Nov 2026 09:00:00 -
\tbeing repaired
\tAlerts: paused
"""


class Said:
    """Answers as CUPS's programs do; remembers what was run."""

    def __init__(self) -> None:
        self.printers = PRINTERS
        self.states: dict[int, IppState] = {}
        self.is_silent = False
        self.sent = Ran(0, "request id is Desk-9 (1 file(s))\n")
        self.commands: list[Sequence[str]] = []

    def __call__(self, command: Sequence[str]) -> Ran:
        self.commands.append(command)
        match command[0], command[1]:
            case "lpstat", "-d":
                return Ran(0, self.printers)
            case "lpstat", "-e":
                return Ran(0, "Desk\nOffice\nOld\nOn_the_network\n")
            case "lp", _:
                return self.sent
        return Ran(0, self.printers if "-p" in command else "/run/cups/cups.sock\n")

    def ask(self, asked: Asked) -> IppState | None:
        assert asked.server == "/run/cups/cups.sock"
        if self.is_silent:
            raise OSError
        return self.states.get(asked.job_number)


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def printers(said: Said) -> CupsPrinters:
    return CupsPrinters(said, said.ask)


def test_every_printer_is_found_the_default_first_each_with_its_trouble(
    printers: CupsPrinters,
) -> None:
    assert printers.printers() == (
        Printer("Office", PrinterState.BUSY, True, "Load paper in tray 1",
                msg("It is out of paper.")),
        Printer("Desk"),
        Printer("Old", PrinterState.STOPPED, False, "being repaired",
                msg("It was stopped: {reason}", reason="being repaired")),
        Printer("On_the_network"),
    )  # fmt: skip


def test_a_computer_without_a_print_service_has_no_printers_and_says_what_to_do() -> None:
    nothing = CupsPrinters(lambda _command: Ran(127))
    assert nothing.printers() == ()
    with pytest.raises(KnownError) as refused:
        nothing.send(PrintOrder(Path("x.pdf"), "x", "Desk"))
    assert "Save it as PDF" in explain(refused.value, Language.ENGLISH)


def test_a_paper_goes_out_at_its_own_size_under_a_name_that_names_nobody(
    printers: CupsPrinters, said: Said
) -> None:
    order = PrintOrder(Path("/s/papers/ab.pdf"), "incident-ab", "Desk", 3, "A3", two_sided=True)
    assert printers.send(order) == "Desk-9"
    (command,) = said.commands
    words = " ".join(command)
    assert "-o print-scaling=none" in words and "-o media=A3" in words and "-n 3" in words
    assert "sides=two-sided-long-edge" in words
    assert command[command.index("-t") + 1] == "incident-ab"
    assert command[-2:] == ["--", "/s/papers/ab.pdf"], "a file is never taken for an option"


@pytest.mark.parametrize(
    ("state", "reported"),
    [
        (IppState.PENDING, JobState.WAITING),
        (IppState.HELD, JobState.WAITING),
        (IppState.PROCESSING, JobState.PRINTING),
        (IppState.STOPPED, JobState.STOPPED),
        (IppState.CANCELED, JobState.CANCELLED),
        (IppState.ABORTED, JobState.FAILED),
        (IppState.COMPLETED, JobState.DONE),
    ],
)
def test_how_far_a_job_is(
    printers: CupsPrinters, said: Said, state: IppState, reported: JobState
) -> None:
    said.states[7] = state
    assert printers.report("Desk", "Desk-7") == JobReport(reported)


def test_a_job_says_what_keeps_its_printer(printers: CupsPrinters, said: Said) -> None:
    said.states[12] = IppState.PROCESSING
    empty = JobReport(JobState.PRINTING, msg("It is out of paper."))
    assert printers.report("Office", "Office-12") == empty
    said.states[8] = IppState.PENDING
    repaired = msg("It was stopped: {reason}", reason="being repaired")
    assert printers.report("Old", "Old-8") == JobReport(JobState.STOPPED, repaired)


def test_a_job_nobody_knows_a_printer_that_is_gone_and_a_silent_service(
    printers: CupsPrinters, said: Said
) -> None:
    assert printers.report("Desk", "Desk-77") == JobReport(JobState.UNKNOWN)
    gone = printers.report("Gone", "Gone-7")
    assert gone.state is JobState.UNKNOWN and gone.words is not None
    said.is_silent = True
    with pytest.raises(KnownError, match="does not answer"):
        printers.report("Desk", "Desk-7")


@pytest.mark.parametrize(
    ("said_of_it", "reads"),
    [
        ("lp: The printer or class does not exist.", "is not there any more"),
        ("lp: Error - unable to queue from here", "does not take it: Error - unable"),
    ],
)
def test_a_printer_that_takes_nothing_says_why(
    printers: CupsPrinters, said: Said, said_of_it: str, reads: str
) -> None:
    said.sent = Ran(1, "", said_of_it)
    with pytest.raises(KnownError, match=reads):
        printers.send(PrintOrder(Path("x.pdf"), "x", "Desk"))


# On a real queue


@pytest.fixture
def service(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CupsService]:
    why = why_no_cups()
    if why:
        pytest.skip(why)
    with cups_service(tmp_path_factory.mktemp("cups"), monkeypatch) as service:
        yield service


@pytest.fixture
def network_printer() -> Iterator[NetworkPrinter]:
    printer = NetworkPrinter()
    yield printer
    printer.switch_off()


def ended(printers: CupsPrinters, job: str) -> JobReport:
    """What became of a job, as soon as it is known."""
    printer = job.rpartition("-")[0]
    until = time.monotonic() + 20
    while time.monotonic() < until:
        report = printers.report(printer, job)
        if report.state not in (JobState.WAITING, JobState.PRINTING):
            return report
    raise AssertionError(f"{job} is still {report.state}")


def test_a_real_queue_prints_the_stored_bytes_and_says_so_and_says_when_it_is_stopped_or_gone(
    service: CupsService, network_printer: NetworkPrinter, tmp_path: Path
) -> None:
    """One service for all of it: it takes its time to start."""
    service.add_printer("Desk", network_printer.port)
    stored = tmp_path / ("ab" * 32 + ".pdf")
    stored.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    printers = CupsPrinters()
    assert [(one.name, one.state) for one in printers.printers()] == [("Desk", PrinterState.READY)]
    order = PrintOrder(stored, "incident-abababababab", "Desk")
    job = printers.send(order)
    assert ended(printers, job).state is JobState.DONE
    assert network_printer.papers == [stored.read_bytes()]

    service.stop_printer("Desk", "paper jam")
    (stopped,) = printers.printers()
    assert (stopped.state, stopped.says) == (PrinterState.STOPPED, "paper jam")
    job = printers.send(order)
    report = ended(printers, job)
    assert report.state is JobState.STOPPED and report.words is not None
    printers.cancel(job)
    assert ended(printers, job).state is JobState.CANCELLED

    job = printers.send(order)
    service.remove_printer("Desk")  # in mid-job
    report = ended(printers, job)
    assert report.state is JobState.UNKNOWN and report.words is not None
    with pytest.raises(KnownError, match="not there any more"):
        printers.send(order)
