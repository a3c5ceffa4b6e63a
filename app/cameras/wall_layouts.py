"""Named layouts of the camera wall, shared by all consoles. Knows no tiles and no window.

Every save is an entry with the whole layout, so that each version of it stays in the log.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from app.errors import KnownError, msg
from app.log import Actor, Connection, Entry, Log, Row
from app.thai.collation import sort_key
from app.thai.text import normalise

TILE_COUNTS = (1, 4, 6, 9, 12, 16, 25, 36)
"""How many tiles a wall may have. Six are one large one with five small ones round it."""
NAME_LIMIT = 40  # characters

Page = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WallLayout:
    """Which camera stands in which tile, page by page; the empty string is an empty tile.

    An `id` of "" is a layout that was never saved. `version` counts its saves from 1.
    """

    id: str
    name: str
    tile_count: int
    pages: tuple[Page, ...]
    version: int = 0

    def __post_init__(self) -> None:
        """ValueError for what no wall can show: that is a bug, not something a person typed."""
        cameras = [camera_id for page in self.pages for camera_id in page if camera_id]
        if self.tile_count not in TILE_COUNTS:
            raise ValueError(f"no wall has {self.tile_count} tiles")
        if any(len(page) > self.tile_count for page in self.pages):
            raise ValueError("a page with more cameras than tiles")
        if len(set(cameras)) != len(cameras):
            raise ValueError("a camera stands in two tiles")

    def checked(self) -> WallLayout:
        """Itself with its name trimmed, or a `KnownError` that says what is wrong with the name."""
        name = self.name.strip()
        if not name:
            raise KnownError(msg("The camera layout has no name."), do=msg("Type a name for it."))
        if len(name) > NAME_LIMIT or not name.isprintable():
            raise KnownError(
                msg("The layout's name is too long or holds characters that cannot be printed."),
                do=msg("Type the name again, in up to {limit} characters.", limit=NAME_LIMIT),
            )
        return replace(self, name=name)


@dataclass(frozen=True, slots=True)
class WallLayoutSaved:
    """A layout was saved: a new one, the same one arranged anew, or under another name."""

    kind: ClassVar[str] = "wall_layout_saved"
    layout: WallLayout

    @property
    def subject(self) -> str:
        return self.layout.id

    def body(self) -> Mapping[str, Any]:
        layout = self.layout
        return {
            "name": layout.name,
            "tile_count": layout.tile_count,
            "pages": [list(page) for page in layout.pages],
        }


@dataclass(frozen=True, slots=True)
class WallLayoutRemoved:
    """A layout is no longer offered. Its versions stay in the log."""

    kind: ClassVar[str] = "wall_layout_removed"
    layout_id: str
    name: str

    @property
    def subject(self) -> str:
        return self.layout_id

    def body(self) -> Mapping[str, Any]:
        return {"name": self.name}


class WallLayoutsView:
    """The table `wall_layouts`: each layout as it was saved last, and how often it was saved."""

    tables = ("wall_layouts",)
    kinds = frozenset({WallLayoutSaved.kind, WallLayoutRemoved.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS wall_layouts(id TEXT PRIMARY KEY, name TEXT NOT NULL,"
            " tile_count INTEGER NOT NULL, pages TEXT NOT NULL, version INTEGER NOT NULL,"
            " removed_at TEXT) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        if entry.kind == WallLayoutRemoved.kind:
            db.execute(
                "UPDATE wall_layouts SET removed_at = ? WHERE id = ?", (entry.at, entry.subject)
            )
            return
        data = entry.data()
        if not data:  # erased: a row without tiles keeps its id from being given again
            db.execute(
                "INSERT INTO wall_layouts VALUES(?, '', 0, '[]', 1, NULL)"
                " ON CONFLICT(id) DO UPDATE SET version = version + 1",
                (entry.subject,),
            )
            return
        pages = json.dumps(data["pages"], ensure_ascii=False)
        db.execute(
            "INSERT INTO wall_layouts VALUES(?, ?, ?, ?, 1, NULL) ON CONFLICT(id) DO UPDATE SET"
            " name = excluded.name, tile_count = excluded.tile_count, pages = excluded.pages,"
            " version = version + 1, removed_at = NULL",
            (entry.subject, data["name"], data["tile_count"], pages),
        )


def wall_layouts(db: Connection) -> list[WallLayout]:
    """The layouts on offer that this program can show, in the order of a Thai dictionary."""
    rows = db.execute(
        "SELECT id, name, tile_count, pages, version FROM wall_layouts WHERE removed_at IS NULL"
    )
    shown = [_layout(row) for row in rows if row[2] in TILE_COUNTS]
    return sorted(shown, key=lambda layout: sort_key(layout.name))


def save_wall_layout(log: Log, layout: WallLayout, *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """Save it; without an id as a new one. KnownError at once if its name will not do.

    Through the future: KnownError when another layout has the name, or when no right is given.
    """
    checked = layout.checked()

    def decide(db: Connection) -> Sequence[WallLayoutSaved]:
        _require_free_name(db, checked)
        return [WallLayoutSaved(replace(checked, id=checked.id or _next_id(db)))]

    return log.write(decide, actor=actor)


def remove_wall_layout(log: Log, layout: WallLayout, *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """Offer it no longer."""
    return log.append(WallLayoutRemoved(layout.id, layout.name), actor=actor)


def _require_free_name(db: Connection, layout: WallLayout) -> None:
    wanted = normalise(layout.name)
    for other in wall_layouts(db):
        if other.id != layout.id and normalise(other.name) == wanted:
            raise KnownError(
                msg("There is a camera layout named “{name}” already.", name=other.name),
                safe=msg("Nothing was saved; the cameras on the wall stay as they are."),
                do=msg("Give another name, or choose that layout and save over it."),
            )


def _next_id(db: Connection) -> str:
    """`wall-1`, `wall-2`, …: never given twice, also not after a removal."""
    (count,) = db.execute("SELECT count(*) FROM wall_layouts").fetchone()
    return f"wall-{count + 1}"


def _layout(row: Row) -> WallLayout:
    return WallLayout(
        id=row[0],
        name=row[1],
        tile_count=row[2],
        pages=tuple(tuple(page) for page in json.loads(row[3])),
        version=row[4],
    )
