"""What is kept for an incident beside its words: footage locked and taken out, files attached."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.errors import Message, msg
from app.evidence.exports import exports_of
from app.incidents.attachments.attachment import attachments_of
from app.incidents.hidden_names import HiddenNames
from app.log import Connection
from app.thai.dates import clock_time, paper_time, short_date
from app.thai.translation import Language, say
from app.video.archive.locks import FootageLock, LockState, footage_lock

_STATES: Mapping[LockState, Message] = {
    LockState.REQUESTED: msg("being locked"),
    LockState.LOCKED: msg("locked"),
    LockState.UNLOCK_REQUESTED: msg("locked"),
    LockState.UNLOCKED: msg("unlocked"),
}


def footage_rows(db: Connection, incident_id: str, hidden: HiddenNames) -> list[dict[str, Any]]:
    """A row a lock: which cameras, from when to when, why, until when, and whether it holds. Where
    the recorder has answered, the span and the cameras are those it really locked.
    """
    ids = [
        json.loads(row[0])["lock_id"]
        for row in db.execute(
            "SELECT body FROM entries WHERE subject = ? AND kind = 'footage_lock_requested'"
            " AND body IS NOT NULL ORDER BY seq",
            (incident_id,),
        )
    ]
    locks = [lock for lock in (footage_lock(db, id_) for id_ in ids) if lock is not None]
    return [_lock_row(lock, hidden) for lock in locks]


def package_rows(db: Connection, incident_id: str, hidden: HiddenNames) -> list[dict[str, Any]]:
    """A row an evidence package that left the station and was not removed."""
    return [
        {
            "package": one.package,
            "cameras": " ".join(one.camera_ids),
            "span": span_words(one.span.begins, one.span.ends),
            "reason": hidden.out_of(one.reason),
            "sha256": one.manifest_sha256,
        }
        for one in exports_of(db, incident_id)
        if not one.was_removed
    ]


def file_rows(db: Connection, incident_id: str, hidden: HiddenNames) -> list[dict[str, Any]]:
    """A row an attached file, the oldest first."""
    return [
        {
            "name": hidden.out_of(one.file.name),
            "note": hidden.out_of(one.note),
            "at": paper_time(one.at),
            "sha256": one.file.sha256,
        }
        for one in reversed(attachments_of(db, incident_id))
    ]


def span_words(begins: datetime, ends: datetime) -> str:
    """`22 พ.ย. 2569 10:38:00–10:52:00`; both days where it goes over midnight."""
    first, last = (short_date(at, Language.THAI) for at in (begins, ends))
    if first == last:
        return f"{first} {clock_time(begins)}–{clock_time(ends)}"
    return f"{first} {clock_time(begins)} – {last} {clock_time(ends)}"


def _lock_row(lock: FootageLock, hidden: HiddenNames) -> dict[str, Any]:
    kept = [one for one in lock.locked if one.size_bytes]
    cameras = [one.camera_id for one in kept] if lock.locked else list(lock.camera_ids)
    begins = min((one.begins for one in kept), default=lock.span.begins)
    ends = max((one.ends for one in kept), default=lock.span.ends)
    state = say(_STATES[lock.state])
    if lock.locked and not kept:
        state = say(msg("no footage of that time"))
        cameras = list(lock.camera_ids)
    return {
        "cameras": " ".join(cameras),
        "span": span_words(begins, ends),
        "reason": hidden.out_of(lock.reason),
        "until": "" if lock.until is None else short_date(lock.until, Language.THAI),
        "state": state,
    }
