"""Places in words: what they are, and what a file or the map would do to them. Knows no widget."""

from __future__ import annotations

from app.geo.coordinates import as_mgrs
from app.geo.interchange.effects import Effect
from app.geo.interchange.place_plan import PlannedPlace
from app.geo.places import Place, PlaceKind
from app.thai.translation import say, tr
from app.ui.effect_words import effect_words


def place_kind_name(kind: PlaceKind) -> str:
    """What a place is."""
    match kind:
        case PlaceKind.LANDMARK:
            return tr("Landmark")
        case PlaceKind.ROAD:
            return tr("Road")
        case PlaceKind.JUNCTION:
            return tr("Junction")
        case PlaceKind.COMMUNITY:
            return tr("Community")
    return tr("Check-point")


def place_words(place: Place) -> str:
    """Two lines: name and kind; what else it is called, and where it is."""
    others = [name for name in place.names if name != place.name_th]
    return f"{place.name_th} · {place_kind_name(place.kind)}\n" + " · ".join(
        [*others, as_mgrs(place.at)]
    )


def planned_place_words(one: PlannedPlace) -> str:
    """A row of a file: what happens to which place, and under it why not, or what changes."""
    place, before = one.place, one.before
    lines = [f"{effect_words(one.effect)} · {place.name_th} · {place_kind_name(place.kind)}"]
    if one.effect is Effect.CHANGES and before is not None:
        lines += _changes(before, place)
    elif one.effect is Effect.ADDS:
        lines.append(as_mgrs(place.at))
    if one.why is not None:
        lines.append(say(one.why))
    if one.note is not None:
        lines.append(say(one.note))
    return "\n".join(lines)


def _changes(before: Place, after: Place) -> list[str]:
    changed = [
        f"{was or '–'} → {now or '–'}"
        for was, now in (
            (before.name_th, after.name_th),
            (before.name_en, after.name_en),
            (" · ".join(before.aliases), " · ".join(after.aliases)),
        )
        if was != now
    ]
    if before.kind is not after.kind:
        changed.append(f"{place_kind_name(before.kind)} → {place_kind_name(after.kind)}")
    if before.at != after.at:
        changed.append(f"{as_mgrs(before.at)} → {as_mgrs(after.at)}")
    if before.sample != after.sample:
        changed.append(tr("marked as a sample") if after.sample else tr("no longer a sample"))
    return changed
