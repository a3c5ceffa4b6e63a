"""Says of a checked log which of its seals hold, and by whose key. Opens no database.

The log's own check (`app/log`) knows no keys: it tells where the chains stood before each seal.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.errors import Message, msg
from app.evidence.seals import FIRST_LINE, public_key_of
from app.log import Head
from app.log.seals import SealMet
from app.station.signing_key import fingerprint, has_signed


@dataclass(frozen=True, slots=True)
class SealsReport:
    """`findings`: seals that do not hold. `newest`: the last one that does, by `key`, over all
    chains up to `heads`; `is_trusted` if that key was named by whoever asked."""

    findings: tuple[Message, ...]
    sealed: int
    newest: str = ""
    at: str = ""
    key: str = ""
    is_trusted: bool = False

    @property
    def ok(self) -> bool:
        return not self.findings

    def sentences(self) -> tuple[Message, ...]:
        """The answer for a person. More than whose key sealed needs a fingerprint from paper."""
        if not self.sealed:
            return (*self.findings, msg("The log has not been sealed yet."))
        lines = [
            *self.findings,
            msg(
                "{count} seals hold; the newest is entry {entry} of {at}, by key {key}.",
                count=self.sealed,
                entry=self.newest,
                at=self.at,
                key=self.key,
            ),
        ]
        if not self.is_trusted:
            lines.append(msg("Compare this fingerprint with the station's paper."))
        return tuple(lines)


def check_seals(seals: Sequence[SealMet], trusted: Collection[str] = ()) -> SealsReport:
    """Check every seal of a log. `trusted`: fingerprints from paper; if there are any, the newest
    seal must be by one of them. It signs the chains and with them all older seals, also those of a
    key that was lost since.
    """
    findings: list[Message] = []
    sealed, newest, key = 0, None, ""
    for seal in seals:
        if seal.body is None:
            continue  # erased by law, as every body can be: its entry is still in the chain
        by = _holds(seal)
        if by:
            sealed, newest, key = sealed + 1, seal, by
        else:
            findings.append(msg("The seal {entry} does not hold.", entry=seal.entry_id))
    if newest is None:
        if trusted:
            findings.append(msg("No seal is by the key that you named."))
        return SealsReport(tuple(findings), 0)
    if trusted and key not in trusted:
        findings.append(
            msg("The newest seal, {entry}, is by another key, {key}.",
                entry=newest.entry_id, key=key)
        )  # fmt: skip
    return SealsReport(
        tuple(findings), sealed, newest.entry_id, newest.at, key, is_trusted=key in trusted
    )


def _holds(seal: SealMet) -> str:
    """The fingerprint of the key whose signature stands under what this log holds; else empty."""
    try:
        said = json.loads(seal.body or "")
        statement, signature = said["statement"], bytes.fromhex(said["signature"])
        lines, public_key = statement.split("\n"), public_key_of(statement) or b""
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    heads = [_line(head) for head in seal.heads]
    whole = lines[0] == FIRST_LINE and lines[4:] == heads
    return fingerprint(public_key) if whole and has_signed(
        public_key, signature, statement.encode()
    ) else ""  # fmt: skip


def _line(head: Head) -> str:
    return f"head {head.origin} {head.n} {head.hash}"
