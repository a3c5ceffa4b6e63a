"""Print jobs that the console's end would lose: kept in a file, shown again at the next start.

They are never sent by themselves: whoever had them printed may have gone to another printer since.
A file of this desk like `remembered`, readable by its owner alone: printers are this computer's.
What a printer has already is not kept; it prints that without us.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.clock import from_stored, to_stored
from app.errors import KnownError, msg
from app.station import Disk
from app.ui.papers.order import PrintChoice, shown_name
from app.ui.papers.print_job import PaperToPrint, PrintJob, PrintState

_MOST = 50  # jobs
_LONGEST = 500_000  # characters of the file
_logger = logging.getLogger(__name__)


class KeptJobs:
    """Read once, as the console starts; written whenever there is more or less to come."""

    def __init__(self, path: Path, papers: Path, disk: Disk) -> None:
        self._path, self._papers, self._disk = path, papers, disk
        self._said = ""

    def save(self, jobs: Sequence[PrintJob]) -> None:
        """What of these has not gone to a printer. A disk that refuses is not worth an error:
        every paper is stored, and can be printed again from the history."""
        waiting = [_said(rest) for job in jobs if (rest := _rest(job)) is not None]
        said = json.dumps(waiting, ensure_ascii=False) if waiting else ""
        if said == self._said:
            return
        try:
            self._disk.make_folders(self._path.parent)
            if said:
                self._disk.write(self._path, said.encode(), private=True, lasting=False)
            else:
                self._path.unlink(missing_ok=True)
            self._said = said
        except (KnownError, OSError) as error:
            _logger.warning("the print queue could not be kept: %s", error)

    def load(self) -> tuple[PrintJob, ...]:
        """What the last console did not send, in the order it was asked for."""
        try:
            text = self._path.read_text("utf-8")
            if len(text) > _LONGEST:
                raise ValueError("too long")
            jobs = tuple(self._job(said) for said in json.loads(text)[:_MOST])
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            _logger.info("the kept print queue could not be read; it is empty")
            return ()
        self._said = text
        return jobs

    def _job(self, said: Mapping[str, Any]) -> PrintJob:
        """Every value of its own kind; else TypeError, ValueError or KeyError."""
        choice = PrintChoice(
            str(said["printer"]), int(said["copies"]), bool(said["two_sided"]), str(said["paper"])
        )
        papers = tuple(self._paper(one) for one in said["papers"])
        done = int(said["done"])
        if not 0 <= done < len(papers):
            raise ValueError("nothing is to come")
        return PrintJob(
            "",
            str(said["title"]),
            papers,
            choice,
            from_stored(str(said["at"])),
            PrintState.NOT_SENT,
            done,
            error=_not_sent(choice.printer),
        )

    def _paper(self, said: Mapping[str, Any]) -> PaperToPrint:
        file = str(said["file"])
        if Path(file).name != file or not file.endswith(".pdf"):
            raise ValueError("no paper")
        path = self._papers / file
        return PaperToPrint(str(said["title"]), str(said["name"]), path, int(said["pages"]))


def _rest(job: PrintJob) -> PrintJob | None:
    """The job as it is to be kept; None: nothing of it would be lost."""
    if not job.is_to_come:
        return None
    done = job.done + (1 if job.ticket else 0)
    return replace(job, done=done) if done < len(job.papers) else None


def _said(job: PrintJob) -> dict[str, Any]:
    return {
        "title": job.title,
        "at": to_stored(job.at),
        "printer": job.choice.printer,
        "copies": job.choice.copies,
        "two_sided": job.choice.two_sided,
        "paper": job.choice.paper,
        "done": job.done,
        "papers": [
            {"title": one.title, "name": one.name, "file": one.path.name, "pages": one.pages}
            for one in job.papers
        ],
    }


def _not_sent(printer: str) -> KnownError:
    return KnownError(
        msg("The console was closed before it was sent."),
        safe=msg("The papers are stored; none is lost."),
        do=msg("See what came out of {printer}, then print the rest.", printer=shown_name(printer)),
    )
