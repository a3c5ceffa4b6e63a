"""The log's part of a package: entries from the first that concerns the footage to the next seal.

Headers of all of them, so that anyone can follow the chain; words only of those about the footage:
who called and what was told stays in the station.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from app.evidence.export_order import ExportOrder
from app.evidence.pieces import Writable
from app.evidence.seals import DaySealed
from app.log import Entry, Log, entry_of
from app.log.entry_rows import COLUMNS
from app.video.archive.locks import footage_locks

FORMAT = 1
_BATCH = 1000  # entries read in one block
_OF_FOOTAGE = frozenset(
    {"footage_viewed", "footage_lock_requested", "footage_locked", "footage_unlock_requested",
     "footage_unlocked", "clip_exported", "export_removed", "snapshot_taken"}
)  # fmt: skip


def concerned_entries(log: Log, order: ExportOrder, exported: Entry) -> list[Entry]:
    """What the log says of this footage, and still holds the words of; the export itself last."""
    with log.reading() as db:
        locks = [
            lock
            for lock in footage_locks(db, order.span)
            if set(lock.camera_ids) & set(order.camera_ids)
        ]
    subjects = {exported.subject, *(lock.about for lock in locks)}
    entries = {
        entry.id: entry
        for subject in subjects
        for entry in log.entries_of(subject)
        if entry.kind in _OF_FOOTAGE and entry.body is not None and entry.seq < exported.seq
    }
    return [*sorted(entries.values(), key=lambda entry: entry.seq), exported]


def write_entries(log: Log, concerned: Sequence[Entry], seal: Entry, out: Writable) -> str:
    """`entries.jsonl`: one entry a line, each origin from its first concerned one to where the
    seal says it ends; the SHA-256 of the file."""
    digest = hashlib.sha256()
    with_words = {entry.id for entry in concerned} | {seal.id}
    for entry in _chains(log, concerned, seal):
        line = json.dumps(_line(entry, entry.id in with_words), ensure_ascii=False) + "\n"
        data = line.encode()
        digest.update(data)
        out.write(data)
    return digest.hexdigest()


def _chains(log: Log, concerned: Sequence[Entry], seal: Entry) -> Iterator[Entry]:
    ends = sealed_heads(seal) | {seal.origin: seal.n}
    begins: dict[str, int] = {}
    for entry in concerned:
        begins[entry.origin] = min(entry.n, begins.get(entry.origin, entry.n))
    for origin in sorted(begins, key=lambda one: (one == seal.origin, one)):  # the seal is last
        yield from _chain(log, origin, begins[origin], ends[origin])


def _chain(log: Log, origin: str, first: int, last: int) -> Iterator[Entry]:
    """In blocks: a year of entries may lie between a lock and its export."""
    for n in range(first, last + 1, _BATCH):
        with log.reading() as db:
            rows = db.execute(
                f"SELECT {COLUMNS} FROM entries WHERE origin = ? AND n BETWEEN ? AND ? ORDER BY n",
                (origin, n, min(n + _BATCH - 1, last)),
            ).fetchall()
        yield from (entry_of(row) for row in rows)


def sealed_heads(seal: Entry) -> dict[str, int]:
    """Where each origin's chain stood when it was sealed."""
    lines = [line.split(" ") for line in str(seal.data()["statement"]).splitlines()]
    return {line[1]: int(line[2]) for line in lines if line[0] == "head"}


def _line(entry: Entry, with_words: bool) -> dict[str, Any]:
    line: dict[str, Any] = {
        "origin": entry.origin,
        "n": entry.n,
        "at": entry.at,
        "actor": entry.actor,
        "subject": entry.subject,
        "kind": entry.kind,
        "body_hash": entry.body_hash,
        "prev": entry.prev,
        "hash": entry.hash,
    }
    return line | ({"body": entry.body} if with_words and entry.body is not None else {})


def seal_bytes(
    package: str, manifest_sha256: str, entries_sha256: str, exported: Entry, seal: Entry
) -> bytes:
    """`seal.json`: ties the manifest and the entries to the seal of the log; signed like the
    manifest, because the entries are written after it."""
    assert seal.kind == DaySealed.kind
    said = seal.data()
    content = {
        "format": FORMAT,
        "package": package,
        "manifest_sha256": manifest_sha256,
        "entries_sha256": entries_sha256,
        "exported": exported.id,
        "entry": seal.id,
        "statement": said["statement"],
        "signature": said["signature"],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
