"""Printers as this system has them: CUPS, through its own programs. Knows no sheet and no station.

Windows has no CUPS (`HAS_CUPS`): there Qt draws the pages. Names and words that CUPS gives back are
the printer's own; sentences for people are made of them where they are shown.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app import platform
from app.errors import KnownError, Message, msg
from app.platform.print_service import Asked, IppState, job_state

HAS_CUPS = sys.platform != "win32"
_LONGEST_S = 10.0
_USUAL_SERVER = "/run/cups/cups.sock"
_SENT = re.compile(r"request id is (\S+-\d+) ")
_PRINTER = re.compile(r"printer (\S+) (is idle|now printing|disabled|is not ready)")
_DEFAULT = re.compile(r"system default destination: (\S+)")
_LABELS = ("Form mounted", "Content types", "Printer types", "Description", "Alerts", "Location")
_SEVERITY = re.compile(r"-(error|warning|report)$")
_SAFE = msg("The sheet itself is stored; nothing of it is lost.")


class PrinterState(StrEnum):
    """How a printer is."""

    READY = "ready"
    BUSY = "busy"
    STOPPED = "stopped"  # somebody has to start it again


class JobState(StrEnum):
    """How far a print job is."""

    WAITING = "waiting"
    PRINTING = "printing"
    DONE = "done"
    STOPPED = "stopped"  # the printer was stopped with this job in it
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"  # the print service does not know of it (any more)


@dataclass(frozen=True, slots=True)
class Printer:
    """One printer. `says` is what it says of itself, `trouble` that in words of ours."""

    name: str
    state: PrinterState = PrinterState.READY
    is_default: bool = False
    says: str = ""
    trouble: Message | None = None


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """A stored PDF for a printer, at its own size. `name` is what the printer's own list shows:
    an id, never a person's name, for every user of the machine may read it."""

    path: Path
    name: str
    printer: str
    copies: int = 1
    paper: str = "A4"
    two_sided: bool = False


@dataclass(frozen=True, slots=True)
class JobReport:
    """What the print service tells of a job; `words` is why it does not get on, if it says so."""

    state: JobState
    words: Message | None = None


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program of the system said. `code` is 127 where there is no such program."""

    code: int
    out: str = ""
    err: str = ""


Run = Callable[[Sequence[str]], Ran]
Ask = Callable[[Asked], IppState | None]


def run_program(command: Sequence[str]) -> Ran:
    """Run it to its end, in plain English; a program that hangs counts as one that failed."""
    program = shutil.which(command[0])
    if program is None:
        return Ran(127)
    try:
        done = subprocess.run(
            [program, *command[1:]],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LONGEST_S,
            env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Ran(1, "", type(error).__name__)
    return Ran(
        done.returncode,
        done.stdout.decode("utf-8", "replace"),
        done.stderr.decode("utf-8", "replace"),
    )


class CupsPrinters:
    """The printers of this computer. Every call waits for the print service: not for the window."""

    def __init__(self, run: Run = run_program, ask: Ask = job_state) -> None:
        self._run, self._ask = run, ask

    def printers(self) -> tuple[Printer, ...]:
        """All there are, the default one first; none where there is no print service."""
        told = self._run(["lpstat", "-d", "-l", "-p"]).out
        default = _DEFAULT.search(told)
        known = {one.name: one for one in _printers_told(told)}
        for name in self._run(["lpstat", "-e"]).out.split():
            known.setdefault(name, Printer(name))  # on the network, with no queue here yet
        if default is None:
            return tuple(known.values())
        named = [
            Printer(one.name, one.state, one.name == default[1], one.says, one.trouble)
            for one in known.values()
        ]
        return tuple(sorted(named, key=lambda one: not one.is_default))

    def send(self, order: PrintOrder) -> str:
        """Give it to the print service; the job's name there. KnownError when it is not taken."""
        ran = self._run(
            [
                *("lp", "-d", order.printer, "-t", order.name, "-n", str(order.copies)),
                *("-o", f"media={order.paper}", "-o", "print-scaling=none"),
                *("-o", f"sides={'two-sided-long-edge' if order.two_sided else 'one-sided'}"),
                *("--", str(order.path)),
            ]
        )
        sent = _SENT.search(ran.out)
        if ran.code == 0 and sent is not None:
            return sent[1]
        raise _refused(order.printer, ran)

    def report(self, printer: str, job: str) -> JobReport:
        """How a job is getting on. KnownError when the print service does not answer."""
        number = job.rpartition("-")[2]
        server = self._run(["lpstat", "-H"]).out.strip() or _USUAL_SERVER
        try:
            state = self._ask(Asked(server, int(number), platform.user_name()))
        except OSError as error:
            raise _silent() from error
        match state:
            case IppState.COMPLETED:
                return JobReport(JobState.DONE)
            case IppState.ABORTED:
                return JobReport(JobState.FAILED)
        told = self._run(["lpstat", "-l", "-p", printer]).out
        one = next((found for found in _printers_told(told) if found.name == printer), None)
        if one is None:  # its jobs are cancelled with it
            gone = msg("The printer {printer} is not there any more.", printer=printer)
            return JobReport(JobState.UNKNOWN, gone)
        if state is None or state is IppState.CANCELED:
            return JobReport(JobState.UNKNOWN if state is None else JobState.CANCELLED)
        if one.state is PrinterState.STOPPED or state is IppState.STOPPED:
            return JobReport(JobState.STOPPED, one.trouble)
        printing = state is IppState.PROCESSING
        return JobReport(JobState.PRINTING if printing else JobState.WAITING, one.trouble)

    def cancel(self, job: str) -> None:
        """Take it out of the printer's list, if it is still there."""
        self._run(["cancel", job])


def _printers_told(told: str) -> list[Printer]:
    """The printers in the long list of `lpstat -l -p`: a line each, and what it says below it."""
    found: list[Printer] = []
    below: list[str] = []
    for line in reversed(told.splitlines()):
        begins = _PRINTER.match(line)
        if begins is None:
            below.insert(0, line)
            continue
        state, says = _state(begins[2]), _first_words(below)
        found.insert(0, Printer(begins[1], state, False, says, _trouble(state, says, below)))
        below = []
    return found


def _first_words(below: Sequence[str]) -> str:
    """The printer's own message: it stands first, before everything that has a label."""
    first = below[0].strip() if below else ""
    return "" if first.startswith(_LABELS) or first == "reason unknown" else first


def _state(said: str) -> PrinterState:
    match said:
        case "now printing":
            return PrinterState.BUSY
        case "disabled" | "is not ready":
            return PrinterState.STOPPED
    return PrinterState.READY


_TROUBLES: tuple[tuple[str, Message], ...] = (
    ("media-empty", msg("It is out of paper.")),
    ("media-needed", msg("It is out of paper.")),
    ("media-jam", msg("Paper is stuck in it.")),
    ("cover-open", msg("Its cover is open.")),
    ("door-open", msg("Its cover is open.")),
    ("toner-empty", msg("Its toner is used up.")),
    ("marker-supply-empty", msg("Its toner is used up.")),
    ("offline", msg("It is switched off, or its cable is out.")),
    ("connecting-to-device", msg("There is no connection to it yet.")),
    ("timed-out", msg("There is no connection to it.")),
    ("input-tray-missing", msg("Its paper tray is missing.")),
)
"""What keeps a printer from printing: printer-state-reasons, RFC 8011 §5.4.12 and PWG 5100.1."""


def _trouble(state: PrinterState, says: str, below: Sequence[str]) -> Message | None:
    """In a sentence of ours where its reasons are known; else as the printer says it."""
    alerts = next((line for line in below if line.strip().startswith("Alerts:")), "")
    reasons = {_SEVERITY.sub("", one) for one in alerts.partition(":")[2].split()}
    for reason, words in _TROUBLES:
        if reason in reasons:
            return words
    if state is not PrinterState.STOPPED:
        return None
    return msg("It was stopped: {reason}", reason=says) if says else msg("It was stopped.")


def _is_unknown_printer(ran: Ran) -> bool:
    return "invalid destination" in ran.err.lower() or "unknown destination" in ran.err.lower()


def _refused(printer: str, ran: Ran) -> KnownError:
    if ran.code == 127:
        return KnownError(
            msg("This computer has no print service (CUPS)."),
            safe=_SAFE,
            do=msg("Save it as PDF and print that elsewhere."),
        )
    if "does not exist" in ran.err or _is_unknown_printer(ran):
        return KnownError(
            msg("The printer {printer} is not there any more.", printer=printer),
            safe=_SAFE,
            do=msg("Choose another printer, or save it as PDF."),
        )
    reason = ran.err.strip().partition("\n")[0].removeprefix("lp: ") or str(ran.code)
    return KnownError(
        msg("The printer {printer} does not take it: {reason}", printer=printer, reason=reason),
        safe=_SAFE,
        do=msg("Look after the printer and try again, or choose another one."),
    )


def _silent() -> KnownError:
    return KnownError(
        msg("The print service of this computer does not answer."),
        safe=_SAFE,
        do=msg("Start it again (CUPS), then print the rest."),
    )
