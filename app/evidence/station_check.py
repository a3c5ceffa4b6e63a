"""The whole check of a station: its log by app/log, its seals by the keys. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import Message, msg
from app.evidence.head_file import heads_written_down, read_heads
from app.evidence.log_seals import SealsReport, check_seals
from app.log import Head, View
from app.log.verify import Report, Told, verify
from app.station.signing_key import read_fingerprint


@dataclass(frozen=True, slots=True)
class StationReport:
    """Both answers as one."""

    log: Report
    seals: SealsReport
    heads: int = 0
    """How many heads from elsewhere it was held against."""

    @property
    def ok(self) -> bool:
        return self.log.ok and self.seals.ok

    def sentences(self) -> tuple[Message, ...]:
        """The log first."""
        lines = (*self.log.sentences(), *self.seals.sentences())
        if not self.heads:
            return lines
        return (
            *lines,
            msg("{count} heads written down elsewhere were compared.", count=self.heads),
        )


def check_station(
    database: Path,
    views: Sequence[View],
    key: str = "",
    *,
    heads: Path | None = None,
    scratch: Path | None = None,
    told: Told = lambda done, total: None,
) -> StationReport:
    """Check the log `database` and its seals.

    `key` is a fingerprint from paper, as typed; `heads` a file of heads that was kept elsewhere:
    the log must hold every one of them, and its newest seal be by the key of the newest, unless
    the paper says otherwise. `scratch`: see `verify`.

    KnownError: it is no log, that is no fingerprint, or no file of heads.
    """
    trusted = {read_fingerprint(key)} if key else set()
    written_down: Sequence[Head] = ()
    if heads is not None:
        written_down, newest_key = heads_written_down(read_heads(heads))
        trusted = trusted or newest_key
    report = verify(database, views, written_down=written_down, scratch=scratch, told=told)
    return StationReport(report, check_seals(report.seals, trusted), len(written_down))
