"""Gives views the entries again, from the first to the last."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from app.log.entry_rows import entries_in_order
from app.log.view import View


def replay(source: sqlite3.Connection, target: sqlite3.Connection, views: Sequence[View]) -> None:
    """Give the views' tables in `target` every entry of `source`, in order."""
    wanting = by_kind(views)
    if not wanting:
        return
    with all_at_once(target, views):
        for entry in entries_in_order(source, wanting):
            for view in wanting[entry.kind]:
                view.apply(target, entry)


@contextmanager
def all_at_once(target: sqlite3.Connection, views: Iterable[View]) -> Iterator[None]:
    """Within it the views get every entry: what they do for each may wait until its end."""
    with ExitStack() as stack:
        for view in views:
            if hasattr(view, "at_once"):
                stack.enter_context(view.at_once(target))
        yield


def by_kind(views: Iterable[View]) -> dict[str, tuple[View, ...]]:
    """Kind → the views that want it, in their order."""
    wanting: dict[str, tuple[View, ...]] = {}
    for view in views:
        for kind in view.kinds:
            wanting[kind] = (*wanting.get(kind, ()), view)
    return wanting
