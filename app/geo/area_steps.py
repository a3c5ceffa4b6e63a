"""Saving redrawn areas: all of one drawing or none, and never over somebody else's newer one."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from app.errors import KnownError, msg
from app.geo.areas import AreaDrawn, AreaRemoved, Areas
from app.log import Actor, Connection, Entry, Fact, Log

REASON_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Redrawn:
    """An area's new outline and the version it was drawn from; "" for a new area."""

    fact: AreaDrawn
    began_from: str = ""


@dataclass(frozen=True, slots=True)
class TakenAway:
    """An area that is no more, and the version that was on the screen."""

    area_id: str
    name: str
    began_from: str


def save_drawing(
    log: Log,
    redrawn: Sequence[Redrawn],
    taken_away: Sequence[TakenAway],
    reason: str,
    *,
    actor: Actor,
) -> Future[tuple[Entry, ...]]:
    """Append the drawing. KnownError at once without a reason; through the future if an area was
    redrawn meanwhile, and then nothing of it is saved."""
    if not reason.strip():
        raise KnownError(
            msg("An area is not redrawn without a reason."),
            safe=msg("The drawing is still here."),
            do=msg("Type why it changes."),
        )

    def decide(db: Connection) -> Sequence[Fact]:
        now = {area.id: area.version for area in Areas(db).current()}
        for one in redrawn:
            _require_version(now, one.fact.area_id, one.fact.name_th, one.began_from)
        for gone in taken_away:
            _require_version(now, gone.area_id, gone.name, gone.began_from)
        removed = [AreaRemoved(gone.area_id, reason.strip()) for gone in taken_away]
        return [*(one.fact for one in redrawn), *removed]

    return log.write(decide, actor=actor)


def _require_version(now: dict[str, str], area_id: str, name: str, began_from: str) -> None:
    if now.get(area_id, "") != began_from:
        raise KnownError(
            msg("“{name}” was redrawn by somebody else meanwhile.", name=name or area_id),
            safe=msg("Nothing was saved over it; your drawing is still here."),
            do=msg("Leave this drawing, look at the new outline, and draw again."),
        )
