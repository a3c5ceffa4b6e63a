"""A corner that is typed on a card instead of clicked on the map. Knows no drawing."""

from __future__ import annotations

from app.errors import KnownError
from app.geo.coordinates import LatLon
from app.incidents.place_finder import PlaceFinder
from app.thai.translation import explain, tr
from app.ui.zone_map.map_card import MapCard


def typed_corner(typed: str, finder: PlaceFinder, card: MapCard) -> LatLon | None:
    """Where it is; None when it is no place, which the card then says."""
    try:
        place = finder.resolve(typed)
    except KnownError as error:
        card.complain(explain(error))
        return None
    if place is None:
        card.complain(tr("Type coordinates, for instance 48Q VD 70106 28968."))
    return place
