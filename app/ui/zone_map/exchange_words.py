"""What a file of areas would do, in words. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

from app.clock import from_stored
from app.geo.interchange.area_plan import PlannedArea
from app.geo.interchange.effects import Effect
from app.thai.dates import short_date
from app.thai.translation import explain, language, say, tr
from app.ui.zone_map.map_words import kind_name, surface


def effect_words(effect: Effect) -> str:
    """One word for it."""
    return {
        Effect.ADDS: tr("New"),
        Effect.CHANGES: tr("Changed"),
        Effect.NOTHING: tr("As it is"),
        Effect.REFUSED: tr("Refused"),
    }[effect]


def summary_words(effects: Sequence[Effect]) -> str:
    """How many of each."""
    return tr(
        "{added} new, {changed} changed, {same} as they are, {refused} refused",
        added=effects.count(Effect.ADDS),
        changed=effects.count(Effect.CHANGES),
        same=effects.count(Effect.NOTHING),
        refused=effects.count(Effect.REFUSED),
    )


def planned_words(one: PlannedArea, before_m2: float | None, now_m2: float) -> str:
    """A row: what happens to which area, and under it why not, or what else to know."""
    head = " · ".join((effect_words(one.effect), one.edit.name_th, kind_name(one.edit.kind)))
    lines = [head]
    if one.effect is Effect.CHANGES and before_m2 is not None:
        words = tr("Surface {before} → {now}", before=surface(before_m2), now=surface(now_m2))
        lines.append(words)
    elif one.effect is Effect.ADDS:
        lines.append(tr("Surface {now}", now=surface(now_m2)))
    if one.effect is Effect.CHANGES and one.before and one.before.name_th != one.edit.name_th:
        lines.append(tr("Now called {name}", name=one.before.name_th))
    if one.why is not None:
        lines.append(explain(one.why))
        if one.before is not None and one.before.version != one.edit.began_from:
            when = short_date(from_stored(one.before.from_at), language())
            lines.append(tr("The version that holds is of {day}.", day=when))
    if one.note is not None:
        lines.append(say(one.note))
    return "\n".join(lines)
