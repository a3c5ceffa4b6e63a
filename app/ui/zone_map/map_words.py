"""The words of the map: layers, kinds of areas, what a hand snapped to. Knows no widget."""

from __future__ import annotations

from app.geo.areas import AreaKind
from app.geo.snapping import Snap, SnapKind
from app.map.marks import MapLayer
from app.thai.translation import tr


def layer_name(layer: MapLayer) -> str:
    """A layer as its row calls it."""
    match layer:
        case MapLayer.INCIDENTS:
            return tr("Incidents")
        case MapLayer.DENSITY:
            return tr("Where incidents crowd")
        case MapLayer.COVERAGE:
            return tr("Coverage and blind spots")
        case MapLayer.CAMERAS:
            return tr("Cameras")
        case MapLayer.VIEWS:
            return tr("What cameras see")
        case MapLayer.WALLS:
            return tr("Drawn walls")
        case MapLayer.UNITS:
            return tr("Units")
        case MapLayer.ZONES:
            return tr("Safety zone")
        case MapLayer.COMMUNITIES:
            return tr("Communities")
        case MapLayer.BEATS:
            return tr("Beats")
        case MapLayer.TAMBONS:
            return tr("Tambons")
        case MapLayer.NO_GO:
            return tr("No-go areas")
        case MapLayer.PICTURES:
            return tr("Pictures of the ground")


def kind_name(kind: AreaKind) -> str:
    """What an area is."""
    names = {
        "zone": tr("Safety zone"),
        "community": tr("Community"),
        "beat": tr("Beat"),
        "tambon": tr("Tambon"),
    }
    return names.get(kind.value, tr("No-go area"))


def snap_words(snap: Snap) -> str:
    """What the hand snapped to, as the note beside it says."""
    names = "–".join(name.removeprefix("ถนน") for name in snap.names)
    match snap.kind:
        case SnapKind.CORNER:
            return tr("On a corner")
        case SnapKind.SIDE:
            return tr("On a side")
        case SnapKind.JUNCTION:
            return tr("On the crossing {names}", names=names) if names else tr("On a crossing")
        case SnapKind.ROAD:
            return tr("On the road {names}", names=names) if names else tr("On a road")


def surface(square_metres: float) -> str:
    """`0.381 km²` in the interface's language."""
    return tr("{area} km²", area=f"{square_metres / 1e6:.3f}")


def percent(share: float) -> str:
    """`34 %`; what is hardly there is not rounded to nothing."""
    if 0 < share < 0.005:
        return "< 1 %"
    return f"{share * 100:.0f} %"
