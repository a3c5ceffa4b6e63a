"""Gives views the entries again, from the first to the last."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack

from app.log.entry import Entry
from app.log.entry_rows import entries_in_order
from app.log.view import View


def replay(source: sqlite3.Connection, target: sqlite3.Connection, views: Sequence[View]) -> None:
    """Give the views' tables in `target` every entry of `source`, in order."""
    for _ in replaying(source, target, views):
        pass


def replaying(
    source: sqlite3.Connection, target: sqlite3.Connection, views: Sequence[View]
) -> Iterator[Entry]:
    """The same, telling how far it has come: each entry before the views get it."""
    wanting = by_kind(views)
    if not wanting:
        return
    with ExitStack() as stack:
        for view in views:
            if hasattr(view, "at_once"):
                stack.enter_context(view.at_once(target))
        for entry in entries_in_order(source, wanting):
            yield entry
            for view in wanting[entry.kind]:
                view.apply(target, entry)


def by_kind(views: Iterable[View]) -> dict[str, tuple[View, ...]]:
    """Kind → the views that want it, in their order."""
    wanting: dict[str, tuple[View, ...]] = {}
    for view in views:
        for kind in view.kinds:
            wanting[kind] = (*wanting.get(kind, ()), view)
    return wanting
