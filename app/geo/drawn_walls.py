"""Walls drawn by hand where the base map has none: fences, hoardings. Knows the log, no cameras."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.errors import KnownError, msg
from app.geo.coordinates import LatLon, is_in_thailand
from app.geo.projection import Points
from app.log import Connection, Entry

_MOST_CORNERS = 500
_DIGITS = 9  # of a degree: a tenth of a millimetre


@dataclass(frozen=True, slots=True)
class DrawnWall:
    """A wall as a line of corners."""

    id: str
    corners: tuple[LatLon, ...]
    note: str = ""
    sample: bool = False

    def lonlat(self) -> Points:
        """(N, 2) longitude and latitude."""
        return np.array([(corner.lon_deg, corner.lat_deg) for corner in self.corners])


@dataclass(frozen=True, slots=True)
class WallDrawn:
    """A wall was drawn, or drawn anew."""

    wall: DrawnWall

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
        return {"corners": corners, "note": self.wall.note, "sample": self.wall.sample}


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
    """Table `drawn_walls`: the walls that stand now."""

    tables = ("drawn_walls",)
    kinds = frozenset({"wall_drawn", "wall_removed"})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS drawn_walls("
            "wall_id TEXT PRIMARY KEY, corners TEXT NOT NULL, note TEXT NOT NULL,"
            " sample INTEGER NOT NULL) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        db.execute("DELETE FROM drawn_walls WHERE wall_id = ?", (entry.subject,))
        data = entry.data()
        if entry.kind != "wall_drawn" or not data:  # erased: nothing left to show
            return
        db.execute(
            "INSERT INTO drawn_walls VALUES (?, ?, ?, ?)",
            (entry.subject, json.dumps(data["corners"]), data["note"], int(data["sample"])),
        )


def drawn_walls(db: Connection) -> list[DrawnWall]:
    """The walls that stand now, by id."""
    rows = db.execute(
        "SELECT wall_id, corners, note, sample FROM drawn_walls ORDER BY length(wall_id), wall_id"
    )
    return [
        DrawnWall(
            row["wall_id"],
            tuple(LatLon(lat_deg, lon_deg) for lon_deg, lat_deg in json.loads(row["corners"])),
            row["note"],
            bool(row["sample"]),
        )
        for row in rows
    ]
