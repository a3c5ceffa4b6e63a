"""The fact that the whole log was checked, and what the last check said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.clock import from_stored
from app.errors import KnownError, Message, message_from, message_to
from app.evidence.log_check import CheckFound
from app.evidence.seals import LOG
from app.log import Connection

_MOST_FINDINGS = 20


@dataclass(frozen=True, slots=True)
class LogVerified:
    """Every entry, guard, seal and view was checked. `rebuilt`: the views that were damaged and
    have been made anew; `refused`: it could not be read, `findings` says why."""

    kind: ClassVar[str] = "log_verified"
    findings: tuple[Message, ...] = ()
    more: int = 0
    entries: int = 0
    erased: int = 0
    seals: int = 0
    sealed_by: str = ""
    heads: int = 0
    rebuilt: tuple[str, ...] = ()
    seconds: float = 0.0
    refused: bool = False

    @classmethod
    def of(cls, found: CheckFound, rebuilt: tuple[str, ...]) -> LogVerified:
        """What a check found, and what was made right since."""
        listed = found.findings[:_MOST_FINDINGS]
        more = found.more + len(found.findings) - len(listed)
        return cls(
            listed, more, found.entries, found.erased, found.seals, found.sealed_by, found.heads,
            rebuilt, found.seconds,
        )  # fmt: skip

    @classmethod
    def refusal(cls, error: KnownError) -> LogVerified:
        """The log could not be read at all."""
        return cls((error.what,), refused=True)

    @property
    def subject(self) -> str:
        return LOG

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return not self.findings

    def body(self) -> Mapping[str, Any]:
        return {
            "ok": self.ok,
            "findings": [message_to(one) for one in self.findings],
            "more": self.more,
            "entries": self.entries,
            "erased": self.erased,
            "seals": self.seals,
            "sealed_by": self.sealed_by,
            "heads": self.heads,
            "rebuilt": list(self.rebuilt),
            "seconds": self.seconds,
            "refused": self.refused,
        }


@dataclass(frozen=True, slots=True)
class LastCheck:
    """A check and when it ended."""

    at: datetime
    said: LogVerified

    @property
    def stands(self) -> bool:
        """Whether the log is whole as far as is known: what was wrong are only views that were
        made anew since, or nothing was."""
        rebuilt_only = bool(self.said.rebuilt) and not self.said.refused
        return self.said.ok or (rebuilt_only and self.said.more == 0 and self._only_views)

    @property
    def _only_views(self) -> bool:
        return all(
            any(table == value for table in self.said.rebuilt for value in one.values.values())
            for one in self.said.findings
        )


def last_check(db: Connection) -> LastCheck | None:
    """The newest check in the log; None before the first, or when its words were erased."""
    row = db.execute(
        "SELECT at, body FROM entries WHERE subject = ? AND kind = ? ORDER BY seq DESC LIMIT 1",
        (LOG, LogVerified.kind),
    ).fetchone()
    if row is None or row[1] is None:
        return None
    return LastCheck(from_stored(row[0]), _said(json.loads(row[1])))


def _said(body: Mapping[str, Any]) -> LogVerified:
    """Entries of earlier programs may lack fields."""
    findings = tuple(message_from(one) for one in body.get("findings", ()))
    return LogVerified(
        findings,
        int(body.get("more", 0)),
        int(body.get("entries", 0)),
        int(body.get("erased", 0)),
        int(body.get("seals", 0)),
        str(body.get("sealed_by", "")),
        int(body.get("heads", 0)),
        tuple(str(one) for one in body.get("rebuilt", ())),
        float(body.get("seconds", 0.0)),
        bool(body.get("refused", False)),
    )
