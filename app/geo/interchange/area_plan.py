"""What a file of areas would do to the areas that hold now: new, changed, the same, or refused.

A person reads it before anything is saved. Knows files and areas, no log and no screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from app.errors import KnownError, Message, msg
from app.geo.area_saving import AreaEdit
from app.geo.areas import Area
from app.geo.interchange.areas_in import AreasFile, FileArea
from app.geo.interchange.effects import Effect

_SAME_DEG = 2e-9  # twice what is stored: a file in text rounds once more


@dataclass(frozen=True, slots=True, eq=False)
class PlannedArea:
    """One area of a file, held against what holds now.

    `edit` is what would be saved, in its repaired shape where that is what can be; `before` is
    the area it would change; `why` says what refuses it; `note` what a person should know of it.
    """

    effect: Effect
    edit: AreaEdit
    before: Area | None = None
    why: KnownError | None = None
    note: Message | None = None
    repaired: bool = False

    @property
    def can_be_taken(self) -> bool:
        """Whether it may be ticked."""
        return self.effect in (Effect.ADDS, Effect.CHANGES)

    @property
    def is_wanted(self) -> bool:
        """Whether it is ticked before a person looked: not where it is to be thought about."""
        return self.can_be_taken and self.note is None


def plan_areas(file: AreasFile, holding: Sequence[Area]) -> tuple[PlannedArea, ...]:
    """Every area of the file in its order. `holding` are the areas that hold now."""
    known = {area.id: area for area in holding}
    named = {(area.kind, area.name_th) for area in holding}
    met: set[str] = set()
    planned = []
    for found in file.areas:
        planned.append(_planned(found, known, named, met))
        met.add(found.edit.area_id)
    return tuple(planned)


def _planned(
    found: FileArea, known: Mapping[str, Area], named: set[Any], met: set[str]
) -> PlannedArea:
    edit, note, repaired = found.edit, None, False
    before = known.get(edit.area_id)
    if edit.area_id and edit.area_id in met:
        return PlannedArea(Effect.REFUSED, edit, before, _twice(edit))
    if found.trouble is not None:
        if found.repaired is None:
            return PlannedArea(Effect.REFUSED, edit, before, found.trouble)
        edit, repaired = found.repaired, True
        note = msg("Its outline crosses itself; it would be taken repaired.")
    if before is not None and _is_same(edit, before):
        return PlannedArea(Effect.NOTHING, edit, before)
    if edit.area_id and (before is None or before.version != edit.began_from):
        return PlannedArea(Effect.REFUSED, edit, before, _outdated(edit, before))
    if before is not None:
        return PlannedArea(Effect.CHANGES, edit, before, note=note, repaired=repaired)
    if note is None and (edit.kind, edit.name_th) in named:
        note = msg("An area of this kind and name is there already; this would be a second one.")
    return PlannedArea(Effect.ADDS, edit, note=note, repaired=repaired)


def _is_same(edit: AreaEdit, area: Area) -> bool:
    words = (edit.name_th, edit.name_en, edit.sample, edit.source)
    return words == (area.name_th, area.name_en, area.sample, area.source) and bool(
        shapely.equals_exact(_normal(edit.shape), _normal(area.shape), _SAME_DEG)
    )


def _normal(shape: Any) -> Any:
    return shapely.normalize(shapely.MultiPolygon(list(shapely.get_parts(shape))))


def _outdated(edit: AreaEdit, before: Area | None) -> KnownError:
    if before is None:
        return KnownError(msg("It was removed after this file was written."))
    return KnownError(
        msg("It was redrawn after this file was written."),
        do=msg("Export the areas again and change that file."),
    )


def _twice(edit: AreaEdit) -> KnownError:
    return KnownError(msg("The file holds “{name}” twice.", name=edit.area_id))
