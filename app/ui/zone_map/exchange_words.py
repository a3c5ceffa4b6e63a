"""What a file of areas would do, in words. Knows no widget."""

from __future__ import annotations

from app.clock import from_stored
from app.geo.interchange.area_plan import PlannedArea
from app.geo.interchange.effects import Effect
from app.thai.dates import short_date
from app.thai.translation import explain, language, say, tr
from app.ui.effect_words import effect_words
from app.ui.zone_map.map_words import kind_name, surface


def planned_words(
    one: PlannedArea, before_m2: float | None, now_m2: float, drawn_by: str = ""
) -> str:
    """A row: what happens to which area, and under it why not, or what else to know.

    `drawn_by` is who drew the version that holds.
    """
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
            lines.append(
                tr("The version that holds is of {day}, by {officer}.", day=when, officer=drawn_by)
            )
    if one.note is not None:
        lines.append(say(one.note))
    return "\n".join(lines)
