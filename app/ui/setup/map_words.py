"""The words of bringing a map: classes, shapes, sizes, where a file lies. Knows no widget."""

from __future__ import annotations

import math
from collections.abc import Mapping

from app.geo.basemap import Basemap
from app.geo.imports.classes import LABEL, LANDMARK, PICTURES, Shape
from app.geo.imports.formats import NAMES, MapFormat
from app.geo.imports.inspection import BoundsDeg, LayerGroup
from app.thai.translation import tr

_KM_A_DEGREE = 111.32


def class_name(into: str) -> str:
    """A class of the map."""
    names = {
        "road_1": tr("Road, rank 1: highway"),
        "road_2": tr("Road, rank 2: main road"),
        "road_3": tr("Road, rank 3: connecting road"),
        "road_4": tr("Road, rank 4: street"),
        "road_5": tr("Road, rank 5: lane or path"),
        "building": tr("Building"),
        "landmark_building": tr("Landmark building"),
        "water": tr("Water"),
        "water_line": tr("Stream or canal"),
        "promenade": tr("Promenade"),
        "green": tr("Green"),
        "boundary": tr("Boundary"),
        LANDMARK: tr("Landmark: a place by name"),
        LABEL: tr("Label: a name on the map"),
        PICTURES: tr("Pictures of the ground"),
    }
    return names.get(into, tr("Left out"))


def shape_name(shape: Shape) -> str:
    """What the things of a layer are."""
    match shape:
        case Shape.LINE:
            return tr("Lines")
        case Shape.AREA:
            return tr("Outlines")
        case Shape.POINT:
            return tr("Points")


def layer_words(group: LayerGroup, source_stem: str) -> str:
    """A layer as its file calls it."""
    if group.layer == "osm":
        return "OpenStreetMap"
    return group.layer.removesuffix(f" {source_stem}")


def format_name(kind: str) -> str:
    """A kind of file by its usual name."""
    return NAMES[MapFormat(kind)] if kind in tuple(MapFormat) else kind


def size_words(size_bytes: int) -> str:
    """`4.2 MB`."""
    if size_bytes < 1_000_000:
        return f"{max(size_bytes / 1e3, 0.1):,.1f} kB"
    return f"{size_bytes / 1e6:,.1f} MB"


def bounds_words(bounds: BoundsDeg | None) -> str:
    """Where a file lies: its corners, and how wide and high it is."""
    if bounds is None:
        return "–"
    west, south, east, north = bounds
    middle = min(max((south + north) / 2, -89.0), 89.0)
    high_km = (north - south) * _KM_A_DEGREE
    wide_km = (east - west) * _KM_A_DEGREE * math.cos(math.radians(middle))
    return tr(
        "{south}–{north} N, {west}–{east} E ({wide} × {high} km)",
        south=f"{south:.4f}", north=f"{north:.4f}", west=f"{west:.4f}", east=f"{east:.4f}",
        wide=f"{wide_km:,.1f}", high=f"{high_km:,.1f}",
    )  # fmt: skip


def counts_of(basemap: Basemap) -> dict[str, int]:
    """How many things of each class a map holds."""
    counts = {kind.value: len(group) for kind, group in basemap.features.items()}
    for point in basemap.points:
        kind = LANDMARK if point.kind == LANDMARK else LABEL
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def count_lines(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Class and count, in the order in which a person looks for them."""
    known = [into for into in _ORDER if counts.get(into)]
    return [(class_name(into), f"{counts[into]:,}") for into in known]


_ORDER = (
    "road_1", "road_2", "road_3", "road_4", "road_5", "building", "landmark_building", "water",
    "water_line", "promenade", "green", "boundary", LANDMARK, LABEL, PICTURES,
)  # fmt: skip
