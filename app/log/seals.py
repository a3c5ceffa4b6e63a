"""Seals as a check of the log meets them: what one says, and where the chains stood just before.

Knows no key: whether a seal's signature holds is for the room that has the keys (app/evidence).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.log.entry_rows import Head

DAY_SEALED = "day_sealed"


@dataclass(frozen=True, slots=True)
class SealMet:
    """A `day_sealed` entry. `body` is None if it was erased; `heads` are those of all chains just
    before it, as this log holds them."""

    entry_id: str
    at: str
    body: str | None
    heads: tuple[Head, ...]
