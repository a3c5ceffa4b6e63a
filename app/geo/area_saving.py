"""Saving what was drawn: all areas of one drawing or none, and never over another officer's work.

Every drawing names the versions it began from; the later of two is refused, and both are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from app.errors import KnownError, msg
from app.geo.areas import Area, AreaDrawn, AreaKind, AreaRemoved, Areas, check_shape
from app.log import Actor, Connection, Entry, Fact, Log

Shape = Any  # shapely Polygon or MultiPolygon, longitude and latitude on WGS 84
Saved = Future[tuple[Entry, ...]]

_KEPT = msg("Nothing was saved; what you drew is still here.")


@dataclass(frozen=True, slots=True)
class AreaEdit:
    """One area as it is to be. `began_from` is the version on the screen when drawing began.

    A new area has none, and no id either: it gets the next one of its kind. One that is to go has
    no shape.
    """

    area_id: str
    kind: AreaKind
    name_th: str
    name_en: str
    shape: Shape | None
    began_from: str = ""
    sample: bool = False
    source: str = ""


class AreaConflictError(KnownError):
    """Somebody saved the same area meanwhile. `theirs` holds now; None if it was removed."""

    def __init__(self, mine: AreaEdit, theirs: Area | None, by: str) -> None:
        name = mine.name_th or mine.area_id
        what = (
            msg("“{name}” was removed meanwhile.", name=name)
            if theirs is None
            else msg("“{name}” was redrawn meanwhile by {officer}.", name=name, officer=by)
        )
        do = msg("Look at both, and draw yours again over what holds now.")
        super().__init__(what, safe=_KEPT, do=do)
        self.mine = mine
        self.theirs = theirs
        self.by = by


def save_areas(log: Log, edits: Sequence[AreaEdit], reason: str, *, actor: Actor) -> Saved:
    """Append one entry for each edit, in one transaction.

    KnownError at once for a missing reason, name or a shape that is not sound; AreaConflictError
    through the future when an area is no longer the version the edit began from.
    """
    reason = reason.strip()
    if not reason:
        raise KnownError(
            msg("An area is not changed without a reason."),
            safe=_KEPT,
            do=msg("Type why it is changed."),
        )
    for edit in edits:
        _check(edit)

    def decide(db: Connection) -> list[Fact]:
        holding = {area.id: area for area in Areas(db).current()}
        for edit in edits:
            _refuse_conflict(db, edit, holding.get(edit.area_id))
        return [_fact(edit, reason) for edit in _with_ids(db, edits)]

    return log.write(decide, actor=actor)


def next_area_id(db: Connection, kind: AreaKind) -> str:
    """`zone-1`, `zone-2`, …: never given twice, not even after a removal."""
    beginning = f"{kind.value}-"
    after = f"{kind.value}."  # the sign after the hyphen: an index on subjects answers
    rows = db.execute(
        "SELECT DISTINCT subject FROM entries WHERE subject >= ? AND subject < ?",
        (beginning, after),
    )
    numbers = [
        int(row[0].removeprefix(beginning))
        for row in rows
        if row[0].startswith(beginning) and row[0].removeprefix(beginning).isdecimal()
    ]
    return f"{beginning}{max(numbers, default=0) + 1}"


def _with_ids(db: Connection, edits: Sequence[AreaEdit]) -> list[AreaEdit]:
    following: dict[AreaKind, int] = {}
    made = []
    for edit in edits:
        if not edit.area_id:
            if edit.kind not in following:
                following[edit.kind] = int(next_area_id(db, edit.kind).rpartition("-")[2])
            number = following[edit.kind]
            following[edit.kind] = number + 1
            edit = replace(edit, area_id=f"{edit.kind.value}-{number}")
        made.append(edit)
    return made


def _check(edit: AreaEdit) -> None:
    if edit.shape is None:
        return
    if not edit.name_th.strip():
        raise KnownError(msg("The area has no name."), safe=_KEPT, do=msg("Type its Thai name."))
    check_shape(edit.shape, edit.name_th)


def _refuse_conflict(db: Connection, edit: AreaEdit, holds: Area | None) -> None:
    version = holds.version if holds is not None else ""
    if version != edit.began_from:
        raise AreaConflictError(edit, holds, drawn_by(db, version))


def drawn_by(db: Connection, version: str) -> str:
    """Who drew a version: the actor's id, empty when nobody is known."""
    origin, _, n = version.rpartition(":")
    if not n.isdecimal():
        return ""
    found = db.execute("SELECT actor FROM entries WHERE origin = ? AND n = ?", (origin, int(n)))
    row = found.fetchone()
    return str(row[0]) if row else ""


def _fact(edit: AreaEdit, reason: str) -> Fact:
    if edit.shape is None:
        return AreaRemoved(edit.area_id, reason)
    return AreaDrawn(
        edit.area_id,
        edit.kind,
        edit.name_th.strip(),
        edit.name_en.strip(),
        edit.shape,
        reason=reason,
        sample=edit.sample,
        began_from=edit.began_from,
        source=edit.source,
    )
