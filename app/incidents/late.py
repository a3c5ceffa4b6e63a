"""Something that is recorded later than it happened: when it really was, and what may be said.

The entry's own time is never bent; what was said stands in its body as `happened_at`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.clock import from_stored, to_stored
from app.errors import KnownError, Message, msg
from app.thai.dates import short_time

SAME_MINUTE = timedelta(minutes=1)
"""People say minutes."""
_KEPT = msg("Nothing was saved; what you typed is still here.")


@dataclass(frozen=True, slots=True)
class LateTime:
    """When something is said to have happened, and the clock's time when that was said."""

    happened_at: datetime
    now: datetime

    def not_before(self, earlier: datetime) -> datetime:
        """When it happened, or what came before it if that was later; never after now, not even
        where the clock was set back and what came before lies ahead."""
        return min(max(self.happened_at, earlier), self.now)


def late_time(
    late: LateTime | None, reported_at: datetime, reopened_at: datetime | None = None
) -> str | None:
    """The time as an entry stores it; None when nothing was said of it.

    KnownError for a time in the future, or before the incident was reported; or, for what can only
    follow that, before it was reopened. A time within the minute of it is that one: people say
    minutes.
    """
    if late is None:
        return None
    happened = late.happened_at
    since_report = msg("Type a time from the report until now.")
    if happened > late.now:
        raise _refused(msg("{time} has not come yet.", time=short_time(happened)), since_report)
    if happened < reported_at - SAME_MINUTE:
        what = msg(
            "{time} is before the incident was reported ({reported}).",
            time=short_time(happened),
            reported=short_time(reported_at),
        )
        raise _refused(what, since_report)
    if reopened_at is not None and happened < reopened_at - SAME_MINUTE:
        what = msg(
            "{time} is before the incident was reopened ({reopened}).",
            time=short_time(happened),
            reopened=short_time(reopened_at),
        )
        raise _refused(what, msg("Type a time from the reopening until now."))
    return to_stored(late.not_before(reopened_at or reported_at))


def _refused(what: Message, do: Message) -> KnownError:
    return KnownError(what, safe=_KEPT, do=do)


def is_late(data: Mapping[str, Any]) -> bool:
    """Whether an entry tells of something that happened before it was written."""
    return bool(data.get("happened_at"))


def happened_at(data: Mapping[str, Any], recorded_at: datetime) -> datetime:
    """When what an entry tells really happened; when it was recorded if it says nothing else."""
    said = data.get("happened_at")
    return from_stored(said) if said else recorded_at
