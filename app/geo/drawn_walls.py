"""Walls drawn by hand where the base map has none: fences, hoardings. Knows the log, no cameras."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from app.clock import to_stored
from app.errors import KnownError, msg
from app.geo.coordinates import LatLon, is_in_thailand
from app.geo.projection import Points
from app.log import Connection, Entry

_MOST_CORNERS = 500
_DIGITS = 9  # of a degree: a tenth of a millimetre


@dataclass(frozen=True, slots=True)
class DrawnWall:
    """A wall as a line of corners. `version` is the entry that drew it like this."""

    id: str
    corners: tuple[LatLon, ...]
    note: str = ""
    sample: bool = False
    version: str = ""

    def lonlat(self) -> Points:
        """(N, 2) longitude and latitude."""
        return np.array([(corner.lon_deg, corner.lat_deg) for corner in self.corners])


@dataclass(frozen=True, slots=True)
class WallDrawn:
    """A wall was drawn, or drawn anew."""

    wall: DrawnWall
    reason: str = ""
    began_from: str = ""

    def __post_init__(self) -> None:
        corners = self.wall.corners
        if not 2 <= len(corners) <= _MOST_CORNERS:
            raise KnownError(
                msg("A wall has two to {most} corners.", most=_MOST_CORNERS),
                do=msg("Draw it again from one end to the other."),
            )
        if not all(is_in_thailand(corner) for corner in corners):
            raise KnownError(msg("The wall does not lie in Thailand."))

    @property
    def kind(self) -> str:
        return "wall_drawn"

    @property
    def subject(self) -> str:
        return self.wall.id

    def body(self) -> Mapping[str, Any]:
        corners = [
            [round(corner.lon_deg, _DIGITS), round(corner.lat_deg, _DIGITS)]
            for corner in self.wall.corners
        ]
        return {
            "corners": corners,
            "note": self.wall.note,
            "sample": self.wall.sample,
            "reason": self.reason,
            "began_from": self.began_from,
        }


@dataclass(frozen=True, slots=True)
class WallRemoved:
    """The wall stands no more."""

    wall_id: str
    reason: str = ""

    @property
    def kind(self) -> str:
        return "wall_removed"

    @property
    def subject(self) -> str:
        return self.wall_id

    def body(self) -> Mapping[str, Any]:
        return {"reason": self.reason}


class DrawnWallsView:
    """Table `drawn_walls`: one row a version, with the time it held."""

    tables = ("drawn_walls",)
    kinds = frozenset({"wall_drawn", "wall_removed"})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS drawn_walls("
            "version TEXT PRIMARY KEY, wall_id TEXT NOT NULL, corners TEXT NOT NULL,"
            " note TEXT NOT NULL, sample INTEGER NOT NULL, from_at TEXT NOT NULL, to_at TEXT)"
            " STRICT"
        )
        db.execute("CREATE INDEX IF NOT EXISTS drawn_walls_by_id ON drawn_walls(wall_id, to_at)")

    def apply(self, db: Connection, entry: Entry) -> None:
        db.execute(
            "UPDATE drawn_walls SET to_at = ? WHERE wall_id = ? AND to_at IS NULL",
            (entry.at, entry.subject),
        )
        data = entry.data()
        if entry.kind != "wall_drawn" or not data:  # erased: nothing left to show
            return
        corners, sample = json.dumps(data["corners"]), int(data["sample"])
        db.execute(
            "INSERT INTO drawn_walls VALUES (?, ?, ?, ?, ?, ?, NULL)",
            (entry.id, entry.subject, corners, data["note"], sample, entry.at),
        )


def drawn_walls(db: Connection) -> list[DrawnWall]:
    """The walls that stand now, by id."""
    return _read(db, "to_at IS NULL", ())


def walls_as_of(db: Connection, at: datetime) -> list[DrawnWall]:
    """The walls that stood at an instant (aware), by id."""
    stored = to_stored(at)
    return _read(db, "from_at <= ? AND (to_at IS NULL OR to_at > ?)", (stored, stored))


def wall_versions(db: Connection, wall_id: str) -> list[DrawnWall]:
    """Every version of one wall, the oldest first."""
    return _read(db, "wall_id = ?", (wall_id,))


def _read(db: Connection, where: str, values: tuple[str, ...]) -> list[DrawnWall]:
    rows = db.execute(
        f"SELECT version, wall_id, corners, note, sample FROM drawn_walls WHERE {where}"
        " ORDER BY length(wall_id), wall_id, rowid",
        values,
    )
    return [
        DrawnWall(
            row["wall_id"],
            tuple(LatLon(lat_deg, lon_deg) for lon_deg, lat_deg in json.loads(row["corners"])),
            row["note"],
            bool(row["sample"]),
            row["version"],
        )
        for row in rows
    ]
