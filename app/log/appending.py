"""Turns facts into the next entries of one origin's chain, inside a transaction of the writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from app.errors import KnownError, msg
from app.log import chain, rights
from app.log.entry import Actor, Entry, Fact
from app.log.entry_rows import Head, head_of, insert
from app.log.kept_views import KeptViews


class Appender:
    """Rights, salt, hash, insert, views: what every fact goes through, whoever appends it."""

    def __init__(self, origin: str, views: KeptViews) -> None:
        _check_origin(origin)
        self._origin = origin
        self._views = views

    def append(
        self, db: sqlite3.Connection, facts: Iterable[Fact], *, actor: Actor, at: str
    ) -> tuple[Entry, ...]:
        """Append in the order given and bring the views up to each. KnownError refuses them all."""
        head = head_of(db, self._origin)
        entries = []
        for fact in facts:
            rights.require(actor, fact.kind)
            entry = _insert(db, head, fact, actor=actor.id, at=at)
            self._views.apply(db, entry)
            entries.append(entry)
            head = Head(entry.origin, entry.n, entry.hash)
        return tuple(entries)


def _insert(db: sqlite3.Connection, head: Head, fact: Fact, *, actor: str, at: str) -> Entry:
    subject, kind = fact.subject, fact.kind
    chain.check_field("actor", actor)
    chain.check_field("subject", subject)
    body = chain.encode_body(fact.body(), chain.new_salt())
    body_hash = chain.body_hash(body)
    own_hash = chain.entry_hash(
        prev=head.hash,
        origin=head.origin,
        n=head.n + 1,
        at=at,
        actor=actor,
        subject=subject,
        kind=kind,
        body_hash=body_hash,
    )
    return insert(
        db,
        head,
        at=at,
        actor=actor,
        subject=subject,
        kind=kind,
        body=body,
        body_hash=body_hash,
        own_hash=own_hash,
    )


def _check_origin(origin: str) -> None:
    """Origins are ids of our own making: a wrong one is found when the log is built."""
    chain.check_field("origin", origin)
    if ":" in origin:
        raise KnownError(
            msg("The origin of a log may not hold a colon ({origin}).", origin=origin),
            do=msg("Correct the origin in station.toml."),
        )
