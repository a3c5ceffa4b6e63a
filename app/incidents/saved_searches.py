"""Searches kept under a name, shared by all consoles. Knows no screen.

Every save is an entry with the whole search, so that each version of it stays in the log.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from app.errors import KnownError, msg
from app.incidents.asked import Asked, asked_from
from app.log import Actor, Connection, Entry, Log, Row
from app.thai.collation import sort_key
from app.thai.text import normalise

NAME_LIMIT = 40  # characters
MOST = 100


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search and its name. An `id` of "" was never saved; `version` counts its saves from 1."""

    id: str
    name: str
    asked: Asked
    version: int = 0

    def checked(self) -> SavedSearch:
        """Itself with its name trimmed, or a `KnownError` that says what is wrong with it."""
        name = " ".join(self.name.split())
        if not name:
            raise KnownError(msg("The search has no name."), do=msg("Type a name for it."))
        if len(name) > NAME_LIMIT or not name.isprintable():
            raise KnownError(
                msg("The search's name is too long or holds characters that cannot be printed."),
                do=msg("Type the name again, in up to {limit} characters.", limit=NAME_LIMIT),
            )
        if self.asked.is_empty:
            raise KnownError(
                msg("There is nothing to save: the search asks for everything."),
                do=msg("Type or tick something first."),
            )
        return replace(self, name=name)


@dataclass(frozen=True, slots=True)
class SearchSaved:
    """A search was kept: a new one, or another under the same name."""

    kind: ClassVar[str] = "search_saved"
    search: SavedSearch

    @property
    def subject(self) -> str:
        return self.search.id

    def body(self) -> Mapping[str, Any]:
        return {"name": self.search.name, "asked": self.search.asked.body()}


@dataclass(frozen=True, slots=True)
class SearchRemoved:
    """A search is no longer offered. Its versions stay in the log."""

    kind: ClassVar[str] = "search_removed"
    search_id: str
    name: str

    @property
    def subject(self) -> str:
        return self.search_id

    def body(self) -> Mapping[str, Any]:
        return {"name": self.name}


class SavedSearchesView:
    """The table `saved_searches`: each as it was saved last, and how often."""

    tables = ("saved_searches",)
    kinds = frozenset({SearchSaved.kind, SearchRemoved.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS saved_searches(id TEXT PRIMARY KEY, name TEXT NOT NULL,"
            " asked TEXT NOT NULL, version INTEGER NOT NULL, removed_at TEXT) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        if entry.kind == SearchRemoved.kind:
            db.execute(
                "UPDATE saved_searches SET removed_at = ? WHERE id = ?", (entry.at, entry.subject)
            )
            return
        data = entry.data()
        name = data.get("name", "")  # empty: erased, and not offered
        asked = json.dumps(data.get("asked", {}), ensure_ascii=False)
        db.execute(
            "INSERT INTO saved_searches VALUES(?, ?, ?, 1, NULL) ON CONFLICT(id) DO UPDATE SET"
            " name = excluded.name, asked = excluded.asked, version = version + 1,"
            " removed_at = NULL",
            (entry.subject, name, asked),
        )


def saved_searches(db: Connection) -> list[SavedSearch]:
    """Those on offer, in the order of a Thai dictionary."""
    rows = db.execute(
        "SELECT id, name, asked, version FROM saved_searches"
        " WHERE removed_at IS NULL AND name <> ''"
    )
    return sorted((_search(row) for row in rows), key=lambda search: sort_key(search.name))


def save_search(log: Log, search: SavedSearch, *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """Keep it; one of the same name is replaced. KnownError at once if it will not do.

    Through the future: KnownError when there are too many, or when no right is given.
    """
    checked = search.checked()

    def decide(db: Connection) -> Sequence[SearchSaved]:
        held = saved_searches(db)
        wanted = normalise(checked.name)
        same = next((one.id for one in held if normalise(one.name) == wanted), "")
        if not same and len(held) >= MOST:
            raise KnownError(
                msg("There are {count} saved searches already.", count=len(held)),
                safe=msg("The search itself is still on the screen."),
                do=msg("Remove one that nobody needs first."),
            )
        return [SearchSaved(replace(checked, id=checked.id or same or _next_id(db)))]

    return log.write(decide, actor=actor)


def remove_search(log: Log, search: SavedSearch, *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """Offer it no longer."""
    return log.append(SearchRemoved(search.id, search.name), actor=actor)


def _next_id(db: Connection) -> str:
    """`search-1`, `search-2`, …: never given twice, also not after a removal."""
    (count,) = db.execute("SELECT count(*) FROM saved_searches").fetchone()
    return f"search-{count + 1}"


def _search(row: Row) -> SavedSearch:
    return SavedSearch(row[0], row[1], asked_from(json.loads(row[2])), row[3])
