"""What the intake panel suggests: rows of categories and of places, with what matched."""

from __future__ import annotations

from collections.abc import Sequence

from app.incidents.categories import Category
from app.incidents.place_finder import FoundPlace, PlaceKind
from app.thai.digits import to_arabic
from app.thai.text import find_matches
from app.thai.translation import tr
from app.ui.widgets.suggest_field import Suggestion
from app.ui.words import group_name

PLACE_ICONS = {
    PlaceKind.LANDMARK: "landmark",
    PlaceKind.ROAD: "route",
    PlaceKind.CAMERA: "cctv",
    PlaceKind.COMMUNITY: "users",
    PlaceKind.COORDINATES: "locate-fixed",
}


def category_rows(text: str, categories: Sequence[Category]) -> list[Suggestion]:
    """The categories that begin with this code or hold these words, in the table's order."""
    wanted = to_arabic(text).strip()
    if not wanted:
        return []
    rows = []
    for category in categories:
        spans = find_matches(category.name, wanted)
        if category.code.startswith(wanted) or spans:
            shift = len(category.code) + 1
            rows.append(
                Suggestion(
                    value=category,
                    title=f"{category.code} {category.name}",
                    right=group_name(category.group),
                    icon="list",
                    spans=tuple((span.start + shift, span.end + shift) for span in spans),
                )
            )
    return rows[:6]


def place_row(place: FoundPlace) -> Suggestion:
    """A place, where it is, and whether it lies in the zone."""
    return Suggestion(
        value=place,
        title=place.title,
        detail=place.detail,
        right=tr("in the zone") if place.in_zone else "",
        icon=PLACE_ICONS[place.kind],
        spans=tuple((span.start, span.end) for span in place.spans),
    )
