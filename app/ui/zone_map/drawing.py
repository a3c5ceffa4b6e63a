"""One drawing from its beginning to what would be saved: areas in metres, what changed, how much.

Knows areas, sheets and the projection; no widget and no log.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from app.geo.area_checks import Trouble, trouble_with
from app.geo.area_history import History
from app.geo.area_saving import AreaEdit
from app.geo.area_sheet import Sheet
from app.geo.areas import Area, AreaKind
from app.geo.basemap import Basemap
from app.geo.projection import Points, Projection
from app.geo.snapping import Snapper


@dataclass(frozen=True, slots=True)
class Share:
    """How much of an area lies in the zone, 0–1: now and with the old outlines."""

    area: Area
    now: float
    before: float


class DrawingOf:
    """The areas of one kind on a sheet, one of them in the hand."""

    def __init__(
        self,
        areas: Sequence[Area],
        kind: AreaKind,
        active: str,
        projection: Projection,
        basemap: Basemap | None,
    ) -> None:
        self.kind = kind
        self.active = active or f"{kind.value}-{secrets.token_hex(4)}"
        self.is_new = not active
        self._projection = projection
        self._areas = {area.id: area for area in areas}
        self._metres = {area.id: self._in_metres(area.shape) for area in areas}
        own = [area for area in areas if area.kind is kind]
        self.history = History(Sheet.of([(area.id, self._metres[area.id]) for area in own]))
        self.snapper = Snapper(self._outlines_beside(areas), basemap)
        self._first_shapes = {
            one.area_id: self.first.shape(one.area_id) for one in self.first.outlines
        }
        self._zones = [area for area in areas if area.kind is AreaKind.ZONE]
        self._shares_before: dict[str, float] = {}
        self._communities = [area for area in areas if area.kind is AreaKind.COMMUNITY]

    @property
    def first(self) -> Sheet:
        """As it was when the drawing began."""
        return self.history.first

    @property
    def on_sheet(self) -> tuple[str, ...]:
        """The areas that are drawn anew."""
        return tuple(one.area_id for one in self.first.outlines)

    def area(self, area_id: str) -> Area | None:
        """The saved area of this id; None for a new one."""
        return self._areas.get(area_id)

    def _in_metres(self, shape: Any) -> Any:
        return shapely.transform(shape, self._projection.to_metres)

    def _outlines_beside(self, areas: Sequence[Area]) -> list[Points]:
        """What the hand may snap to: areas of other kinds, and of the same kind those that share
        no corner with the area in the hand (what shares one moves along)."""
        mine = self._metres.get(self.active)
        rings = []
        for area in areas:
            if area.id == self.active:
                continue
            beside = self._metres[area.id]
            if area.kind is self.kind and mine is not None and shapely.dwithin(mine, beside, 0.05):
                continue
            rings += [
                shapely.get_coordinates(ring)[:-1]
                for ring in shapely.get_rings(shapely.get_parts(beside))
            ]
        return rings

    # -------------------------------------------------------------- what it is now

    def has(self, sheet: Sheet, area_id: str) -> bool:
        """Whether an area is on a sheet."""
        return any(one.area_id == area_id for one in sheet.outlines)

    def shape(self, sheet: Sheet) -> Any | None:
        """The area in the hand, in metres; None before it is drawn."""
        return sheet.shape(self.active) if self.has(sheet, self.active) else None

    def changed(self, sheet: Sheet) -> tuple[str, ...]:
        """The areas that are other than they were."""
        return tuple(
            one.area_id
            for one in sheet.outlines
            if one.area_id not in self._first_shapes
            or not _is_same(sheet.shape(one.area_id), self._first_shapes[one.area_id])
        )

    def trouble(self, sheet: Sheet, *, repair: bool = True) -> Trouble | None:
        """The first fault: of the area in the hand, else of a neighbour that moved along; with a
        repair, if it is asked for."""
        others = [one for one in self.changed(sheet) if one != self.active]
        for area_id in (self.active, *others):
            if self.has(sheet, area_id):
                trouble = trouble_with(sheet.shape(area_id), repair=repair)
                if trouble is not None:
                    return trouble
        return None

    def shares(self, sheet: Sheet) -> list[Share]:
        """Each community's share in the zone, where the drawing is of zones or communities."""
        if self.kind not in (AreaKind.ZONE, AreaKind.COMMUNITY):
            return []
        zones_now = zones_before = [self._metres[zone.id] for zone in self._zones]
        if self.kind is AreaKind.ZONE:
            zones_now = [sheet.shape(one.area_id) for one in sheet.outlines]
        shares = []
        for area in self._communities:
            if area.id not in self._shares_before:
                self._shares_before[area.id] = _share(self._metres[area.id], zones_before)
            now = self._metres[area.id]
            if self.kind is AreaKind.COMMUNITY:
                if not self.has(sheet, area.id):
                    continue
                now = sheet.shape(area.id)
            shares.append(Share(area, _share(now, zones_now), self._shares_before[area.id]))
        return shares

    def added(self, sheet: Sheet) -> Any:
        """The ground that is in the area now and was not before, in metres."""
        now, before = self.shape(sheet), self._first_shapes.get(self.active)
        if now is None or not now.is_valid:
            return shapely.Polygon()
        return now if before is None else shapely.difference(now, before)

    # ----------------------------------------------------- what cutting and joining need

    def new_part_id(self) -> str:
        """An id for what is cut off."""
        return f"{self.kind.value}-{secrets.token_hex(4)}"

    def neighbour_at(self, sheet: Sheet, place_m: Points) -> str:
        """The other area of this kind at a place. ValueError where there is none."""
        for one in sheet.outlines:
            if one.area_id == self.active:
                continue
            shape = sheet.shape(one.area_id)
            if shapely.intersects_xy(shape, float(place_m[0]), float(place_m[1])):
                return one.area_id
        raise ValueError("no area of this kind lies there")

    # ------------------------------------------------------------- what is saved

    def to_save(self, name: str) -> list[AreaEdit]:
        """The drawing as it stands: what changed, what is new, what is no more."""
        sheet = self.history.present
        edits = [self._edit(sheet, area_id, name) for area_id in self.changed(sheet)]
        gone = [self._areas[area_id] for area_id in self.on_sheet if not self.has(sheet, area_id)]
        return edits + [
            AreaEdit(area.id, self.kind, area.name_th, area.name_en, None, area.version)
            for area in gone
        ]

    def _edit(self, sheet: Sheet, area_id: str, name: str) -> AreaEdit:
        area = self._areas.get(area_id)
        shape = shapely.transform(sheet.shape(area_id), self._projection.to_degrees)
        return AreaEdit(
            area_id=area.id if area else "",  # a new one gets the next id of its kind
            kind=self.kind,
            name_th=area.name_th if area else self._new_name(area_id, name),
            name_en=area.name_en if area else "",
            shape=shapely.transform(shape, lambda points: points.round(9)),
            began_from=area.version if area else "",
            sample=area.sample if area else False,
        )

    def _new_name(self, area_id: str, name: str) -> str:
        """What was typed; a piece that was cut off is called after the area it comes from."""
        active = self._areas.get(self.active)
        if area_id == self.active or active is None:
            return name or area_id
        return f"{active.name_th} ({name or 2})"


def _is_same(one: Any, other: Any) -> bool:
    first, second = shapely.get_coordinates(one), shapely.get_coordinates(other)
    return first.shape == second.shape and bool(np.array_equal(first, second))


def _share(area: Any, zones: Sequence[Any]) -> float:
    """How much of an area lies in any of these: cut first, for the pieces are smaller."""
    sound = _sound(area)
    if sound.area <= 0:
        return 0.0
    pieces = [shapely.intersection(sound, _sound(zone)) for zone in zones]
    pieces = [piece for piece in pieces if not piece.is_empty]
    inside = pieces[0] if len(pieces) == 1 else shapely.union_all(pieces)
    return min(1.0, float(inside.area / sound.area))


def _sound(shape: Any) -> Any:
    return shape if shape.is_valid else shapely.make_valid(shape)
