"""Saving a wall that was drawn by hand: never without a reason, never over another's work.

As with areas, a drawing names the version it began from, and the later of two is refused.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

from app.errors import KnownError, msg
from app.geo.coordinates import LatLon
from app.geo.drawn_walls import DrawnWall, WallDrawn, WallRemoved, drawn_walls
from app.log import Actor, Connection, Entry, Fact, Log

_KEPT = msg("Nothing was saved; what you drew is still here.")
_BEGINS = "barrier-"  # layouts of the camera wall are called wall-1, wall-2, …


@dataclass(frozen=True, slots=True)
class WallEdit:
    """A wall as it is to be. A new one has no id and gets the next; one that goes, no corners."""

    wall_id: str
    corners: tuple[LatLon, ...]
    note: str = ""
    began_from: str = ""


def save_wall(log: Log, edit: WallEdit, reason: str, *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """Append the entry. KnownError at once for a missing reason or a line that is none; through
    the future when the wall is no longer the version the edit began from."""
    reason = reason.strip()
    if not reason:
        raise KnownError(
            msg("A wall is not changed without a reason."),
            safe=_KEPT,
            do=msg("Type why it is changed."),
        )
    if edit.corners:
        _fact(edit, edit.wall_id or f"{_BEGINS}0", reason)  # refused before it is waited for

    def decide(db: Connection) -> list[Fact]:
        holding = {wall.id: wall.version for wall in drawn_walls(db)}
        if holding.get(edit.wall_id, "") != edit.began_from:
            raise KnownError(
                msg("This wall was changed or removed meanwhile."),
                safe=_KEPT,
                do=msg("Look at it again, and draw yours over what holds now."),
            )
        return [_fact(edit, edit.wall_id or _next_id(db), reason)]

    return log.write(decide, actor=actor)


def _fact(edit: WallEdit, wall_id: str, reason: str) -> WallDrawn | WallRemoved:
    if not edit.corners:
        return WallRemoved(wall_id, reason)
    wall = DrawnWall(wall_id, edit.corners, edit.note.strip())
    return WallDrawn(wall, reason=reason, began_from=edit.began_from)


def _next_id(db: Connection) -> str:
    """`barrier-1`, `barrier-2`, …: never given twice, not even after a removal."""
    rows = db.execute(
        "SELECT DISTINCT subject FROM entries WHERE subject >= ? AND subject < ?",
        (_BEGINS, "barrier."),  # the sign after the hyphen: an index on subjects answers
    )
    given = [row[0].removeprefix(_BEGINS) for row in rows]
    numbers = [int(number) for number in given if number.isdecimal()]
    return f"{_BEGINS}{max(numbers, default=0) + 1}"
