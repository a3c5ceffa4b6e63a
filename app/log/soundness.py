"""Whether a station's log may be opened, asked before it is: a few milliseconds, reads only.

A log that is past reading, has lost a guard, or whose newest entries do not hold is damage: a
person decides what becomes of it, before anything is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.clock import to_stored
from app.errors import KnownError, Message, msg
from app.log.entry_rows import Head, hash_at
from app.log.faults import DamagedLogError
from app.log.rights import LOG_RESTORED
from app.log.verify import tail_check
from app.log.verify_file import open_untrusted

_BACKUPS = "backups"  # what is done with backups is said of this subject


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with a log, sentence by sentence. `can_open`: it can still be worked with, as
    far as this look tells."""

    what: tuple[Message, ...]
    can_open: bool


def damage_of(path: Path, *, is_expected: bool) -> Damage | None:
    """What is wrong with the log `path`; None when nothing is.

    `is_expected`: something else says that there has been a log: then an empty or missing file is
    damage too, and not a station that begins. Other refusals (a newer program's file, no right to
    read) are no damage: whoever opens it is told.
    """
    if not path.is_file() or path.stat().st_size == 0:
        gone = msg("The station's log is gone: there is no file {file}, or it is empty.",
                   file=path.name)  # fmt: skip
        return Damage((gone,), can_open=False) if is_expected else None
    try:
        report = tail_check(path)
    except DamagedLogError as error:
        return Damage((error.what,), can_open=False)
    except KnownError:
        return None
    if report.ok:
        return None
    return Damage(tuple(finding.sentence for finding in report.findings), can_open=True)


def is_behind(path: Path, heads: Sequence[Head], made_at: datetime) -> bool:
    """Whether a log lacks what a copy of it held when that was made: it was emptied, set back, or
    is another one. Not so where a copy was put back since: that said what it lacks."""
    with suppress(sqlite3.Error, KnownError), closing(open_untrusted(path)) as db:
        restored = "SELECT max(at) FROM entries WHERE subject = ? AND kind = ?"
        (at,) = db.execute(restored, (_BACKUPS, LOG_RESTORED)).fetchone()
        if at is None or at < to_stored(made_at):
            return any(hash_at(db, head.origin, head.n) != head.hash for head in heads)
    return False
