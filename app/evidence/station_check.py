"""The whole check of a station: its log by app/log, its seals by the keys. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import Message
from app.evidence.log_seals import SealsReport, check_seals
from app.log import View
from app.log.verify import Report, verify
from app.station.signing_key import read_fingerprint


@dataclass(frozen=True, slots=True)
class StationReport:
    """Both answers as one."""

    log: Report
    seals: SealsReport

    @property
    def ok(self) -> bool:
        return self.log.ok and self.seals.ok

    def sentences(self) -> tuple[Message, ...]:
        """The log first."""
        return (*self.log.sentences(), *self.seals.sentences())


def check_station(database: Path, views: Sequence[View], key: str = "") -> StationReport:
    """Check the log `database` and its seals; `key` is a fingerprint from paper, as typed.

    KnownError: it is no log, or that is no fingerprint.
    """
    trusted = {read_fingerprint(key)} if key else set()
    report = verify(database, views)
    return StationReport(report, check_seals(report.seals, trusted))
