"""What the marks on one sheet mean: a line for every kind that comes onto it. In Thai."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.errors import Message, msg
from app.map.frame import Frame
from app.map.marks import MapLayer, Metres
from app.map.paper.order import PaperMapOrder
from app.sheets.map_on_paper import LegendLine, LegendMark
from app.thai.translation import Language, say

_AREAS = {
    "zone": (MapLayer.ZONES, LegendMark.ZONE),
    "community": (MapLayer.COMMUNITIES, LegendMark.COMMUNITY),
    "beat": (MapLayer.BEATS, LegendMark.BEAT),
    "tambon": (MapLayer.TAMBONS, LegendMark.TAMBON),
    "no_go": (MapLayer.NO_GO, LegendMark.NO_GO),
}


def legend_of(order: PaperMapOrder, *, seeing: bool) -> tuple[LegendLine, ...]:
    """The marks that are on the sheet, the loudest first; `seeing`: cameras are numbered."""
    marks = dict.fromkeys(_marks(order, seeing))
    return tuple(LegendLine(mark, say(_words(mark), Language.THAI)) for mark in marks)


def _marks(order: PaperMapOrder, seeing: bool) -> Iterator[LegendMark]:
    scene, frame = order.scene, order.frame
    if order.incident_at is not None:
        yield LegendMark.INCIDENT
    if seeing:
        yield LegendMark.SEEING
    kinds = {area.kind for area in scene.areas if any(_meets(frame, ring) for ring in area.rings)}
    for kind, (layer, mark) in _AREAS.items():
        if kind in kinds and layer in scene.shown:
            yield mark
    numbered = frozenset(order.seeing)
    others = [i for i, mark in enumerate(scene.cameras.marks) if mark.id not in numbered]
    if MapLayer.CAMERAS in scene.shown and _any_inside(frame, scene.cameras.at[others]):
        yield LegendMark.CAMERA
    views = (scene.cameras.views[index] for index in others)
    if MapLayer.VIEWS in scene.shown and any(v is not None and _meets(frame, v) for v in views):
        yield LegendMark.VIEW
    if MapLayer.COVERAGE in scene.shown and scene.coverage is not None:
        yield LegendMark.SEEN
        yield LegendMark.BLIND
    if MapLayer.WALLS in scene.shown and any(_meets(frame, wall) for wall in scene.walls):
        yield LegendMark.WALL


def _any_inside(frame: Frame, places_m: Metres) -> bool:
    pixels = frame.all_to_px(places_m)
    return bool(((pixels >= 0) & (pixels <= (frame.width_px, frame.height_px))).all(axis=1).any())


def _meets(frame: Frame, places_m: Metres) -> bool:
    """Whether the box around some places comes onto the sheet."""
    if not len(places_m):
        return False
    seen = frame.rect_m
    low, high = np.min(places_m, axis=0), np.max(places_m, axis=0)
    wide = bool(low[0] <= seen.right() and high[0] >= seen.left())
    return wide and bool(low[1] <= seen.bottom() and high[1] >= seen.top())


def _words(mark: LegendMark) -> Message:
    return {
        LegendMark.INCIDENT: msg("Where it happened"),
        LegendMark.SEEING: msg("A camera that sees the place, with its number"),
        LegendMark.ZONE: msg("Outline of the safety zone"),
        LegendMark.COMMUNITY: msg("Outline of a community"),
        LegendMark.BEAT: msg("Outline of a beat"),
        LegendMark.TAMBON: msg("Outline of a tambon"),
        LegendMark.NO_GO: msg("Outline of a no-go area"),
        LegendMark.CAMERA: msg("A camera"),
        LegendMark.VIEW: msg("What a camera sees"),
        LegendMark.SEEN: msg("Seen by a camera, darker by two or more"),
        LegendMark.BLIND: msg("A blind spot: no camera sees it"),
        LegendMark.WALL: msg("A wall that hides the view"),
    }[mark]
