"""Whether a station's log may be opened, asked before it is: a few milliseconds, reads only.

A log that is past reading, has lost a guard, or whose newest entries do not hold is damage: a
person decides what becomes of it, before anything is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.errors import KnownError, Message, msg
from app.log.faults import DamagedLogError
from app.log.verify import tail_check


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
