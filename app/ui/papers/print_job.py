"""A print job: some stored papers for one printer, and how far it is. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.errors import KnownError, Message
from app.ui.papers.order import PrintChoice


class PrintState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    PRINTING = "printing"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    NOT_SENT = "not_sent"
    """The console that had it closed before; nothing happens to it until somebody asks."""


@dataclass(frozen=True, slots=True)
class PaperToPrint:
    """One stored paper. `title` is the one line people read; `name` what a printer's list shows."""

    title: str
    name: str
    path: Path
    pages: int


@dataclass(frozen=True, slots=True)
class PrintJob:
    """`done` papers have come out; `words` is what keeps the printer, `error` why it failed."""

    id: str
    title: str
    papers: tuple[PaperToPrint, ...]
    choice: PrintChoice
    at: datetime
    state: PrintState = PrintState.WAITING
    done: int = 0
    ticket: str = ""
    """The present paper's name in the printer's own list; empty while it has none."""
    words: Message | None = None
    error: KnownError | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether something is still to come."""
        return self.state in (PrintState.WAITING, PrintState.PRINTING)

    @property
    def can_go_on(self) -> bool:
        """Whether the rest can be printed after all."""
        return self.wants_somebody or self.state is PrintState.CANCELLED

    @property
    def wants_somebody(self) -> bool:
        """Whether it did not come out as it should have."""
        return self.state in (PrintState.FAILED, PrintState.NOT_SENT)

    @property
    def is_to_come(self) -> bool:
        """Whether some of it is on its way, or waits for somebody's word."""
        return self.is_under_way or self.wants_somebody

    @property
    def pages(self) -> int:
        """Of all its papers, once."""
        return sum(paper.pages for paper in self.papers)
