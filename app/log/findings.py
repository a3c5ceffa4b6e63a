"""What a check of the log found, as values and sentences. Knows no database."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Message, msg
from app.log.entry_rows import Head
from app.log.seals import SealMet

LISTED = 50  # findings kept; a ruined file has as many as it has entries


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `entry_id` is None when it concerns the file or a view."""

    what: Message
    entry_id: str | None = None
    table: str | None = None
    """The view's table that it concerns: a rebuild makes it right."""

    @property
    def sentence(self) -> Message:
        """The finding with the entry it concerns."""
        if self.entry_id is None:
            return self.what
        return msg("Entry {entry}: {what}", entry=self.entry_id, what=self.what)


@dataclass(frozen=True, slots=True)
class Report:
    """The answer of a check: `findings` in order of the log (at most `LISTED`), `more` unlisted."""

    entries: int
    erased: int
    heads: tuple[Head, ...]
    findings: tuple[Finding, ...]
    more: int = 0
    seals: tuple[SealMet, ...] = ()
    """Whether their signatures hold, this room cannot say."""
    restored: tuple[str, ...] = ()
    """Ids of the entries that say that the log was put back from a backup."""

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return not self.findings

    @property
    def first_bad(self) -> Finding | None:
        """The first entry that is wrong; else the first finding of any sort; else None."""
        named = (finding for finding in self.findings if finding.entry_id is not None)
        return next(named, self.findings[0] if self.findings else None)

    def sentences(self) -> tuple[Message, ...]:
        """The whole answer for a person: the verdict first, then finding by finding, then heads."""
        verdict = msg("The log is whole: {count} entries checked.", count=self.entries)
        if not self.ok:
            verdict = msg("The log is not whole: {count} entries checked.", count=self.entries)
        lines = [verdict, *(finding.sentence for finding in self.findings)]
        if self.more:
            lines.append(msg("… and {count} more findings.", count=self.more))
        if self.restored:
            what = msg(
                "The log was put back from a backup; what was lost then is told by entry {entry}.",
                entry=", ".join(self.restored[-3:]),
            )
            lines.append(what)
        if self.erased:
            lines.append(msg("{count} entries were erased as the law allows.", count=self.erased))
        lines += (
            msg(
                "Newest entry of {origin}: number {n}, {hash}",
                origin=head.origin,
                n=head.n,
                hash=head.hash,
            )
            for head in self.heads
        )
        return tuple(lines)


class Findings:
    """Collects findings; keeps the earliest entries' and counts those it does not keep."""

    def __init__(self) -> None:
        self._of_entries: list[tuple[int, Finding]] = []
        self._of_the_file: list[Finding] = []
        self._count = 0

    def add(self, finding: Finding, seq: int | None = None) -> None:
        """`seq` orders findings about entries; None for what concerns the file or a view."""
        self._count += 1
        if seq is not None:
            self._of_entries.append((seq, finding))
            if len(self._of_entries) >= 2 * LISTED:
                self._of_entries = self._earliest()
        elif len(self._of_the_file) < LISTED:
            self._of_the_file.append(finding)

    def in_order(self) -> tuple[Finding, ...]:
        """The kept findings: entries in order of the log, then what concerns the file."""
        return (*(finding for _, finding in self._earliest()), *self._of_the_file)[:LISTED]

    @property
    def unlisted(self) -> int:
        """How many findings `in_order` leaves out."""
        return self._count - len(self.in_order())

    def _earliest(self) -> list[tuple[int, Finding]]:
        return sorted(self._of_entries, key=lambda kept: kept[0])[:LISTED]
