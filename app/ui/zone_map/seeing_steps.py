"""Who sees a place: asks the ground, draws the lines, fills the list. Knows no log."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.cameras.ground import Ground
from app.cameras.sightlines import Sighting
from app.geo.basemap import Basemap, GroundKind
from app.geo.coordinates import LatLon, as_decimal
from app.geo.sightline import first_cut
from app.incidents.place_finder import PlaceFinder
from app.map.marks import CameraLook, MapSelection
from app.map.sight_lines import SightLine, SightLines
from app.map.view import MapView
from app.thai.translation import tr
from app.ui.zone_map.seeing_panel import SeeingPanel, SeeingRow

MOST_HIDDEN = 4
Looks = Callable[[], Mapping[str, CameraLook]]


class SeeingSteps:
    """One place at a time."""

    def __init__(
        self,
        view: MapView,
        panel: SeeingPanel,
        lines: SightLines,
        ground: Ground,
        finder: PlaceFinder,
        looks: Looks,
    ) -> None:
        self._view, self._panel, self._lines = view, panel, lines
        self._ground, self._finder, self._looks = ground, finder, looks
        self._names: tuple[str, ...] = ()
        self._night = False
        self.place: LatLon | None = None

    def set_ground(self, ground: Ground, *, night: bool) -> None:
        """The ground of another day or hour: who saw a place then."""
        self._ground, self._night = ground, night

    def set_basemap(self, basemap: Basemap) -> None:
        """The buildings' names, in the walls' order."""
        kinds = (GroundKind.BUILDING, GroundKind.LANDMARK_BUILDING)
        groups = [basemap.features[kind].names for kind in kinds if kind in basemap.features]
        self._names = tuple(name for group in groups for name in group)

    def ask(self, place: LatLon) -> tuple[str, ...]:
        """Show who sees the place; the ids of those that do, the best first."""
        self.place = place
        looks = self._looks()
        works = (CameraLook.LIVE, CameraLook.LATE)
        able = [id_ for id_, look in looks.items() if look in works] if looks else None
        sightings = self._ground.sightings(place, night=self._night, able=able)
        seeing = [one for one in sightings if one.visible]
        hidden = [one for one in sightings if one.hidden][:MOST_HIDDEN]
        rows = [self._row(one, rank, looks) for rank, one in enumerate(seeing, 1)]
        cut = [(one, self._cut(one, place)) for one in hidden]
        rows += [self._hidden_row(one, by, looks) for one, (_, by) in cut]
        rows += [self._hidden_row(*one, looks) for one in self._too_dark(place, seeing)]
        name = self._finder.name_of(place) or as_decimal(place)
        self._panel.show_rows(rows, len(self._ground.cameras), name)
        self._show_lines(place, seeing, cut)
        return tuple(one.camera_id for one in seeing)

    def select(self, place: LatLon) -> None:
        """Ask, and number the cameras on the map."""
        ids = self.ask(place)
        self._view.select(MapSelection(place.lat_deg, place.lon_deg, camera_ids=ids))

    def clear(self) -> bool:
        """Nothing asked; whether something was."""
        had = self.place is not None
        self.place = None
        self._lines.show(None)
        self._panel.clear()
        self._view.redraw()
        return had

    def _show_lines(
        self,
        place: LatLon,
        seeing: list[Sighting],
        cut: list[tuple[Sighting, tuple[tuple[float, float] | None, str]]],
    ) -> None:
        ground = self._view.ground
        lines = [SightLine(self._camera_m(one.camera_id)) for one in seeing]
        lines += [SightLine(self._camera_m(one.camera_id), at) for one, (at, _) in cut if at]
        self._lines.show(ground.place(place.lat_deg, place.lon_deg), lines)
        self._view.redraw()

    def _camera_m(self, camera_id: str) -> tuple[float, float]:
        view, origin = self._ground.view_of(camera_id), self._view.ground.origin_m
        return view.east_m - float(origin[0]), view.north_m - float(origin[1])

    def _too_dark(self, place: LatLon, seeing: list[Sighting]) -> list[tuple[Sighting, str]]:
        """The cameras that see the place by day only, and how far they see now."""
        if not self._night:
            return []
        ids = {one.camera_id for one in seeing}
        by_day = [one for one in self._ground.sightings(place) if one.visible]
        lost = [one for one in by_day if one.camera_id not in ids][:MOST_HIDDEN]
        reach_m = [self._ground.view_of(one.camera_id).reach_m(night=True) for one in lost]
        return [
            (one, tr("sees {range} m at night", range=f"{reach:.0f}"))
            for one, reach in zip(lost, reach_m, strict=True)
        ]

    def _cut(self, one: Sighting, place: LatLon) -> tuple[tuple[float, float] | None, str]:
        """Where the sight line is cut, in local metres, and by what."""
        view = self._ground.view_of(one.camera_id)
        if view.indoor:
            return None, tr("stands indoors")
        to_m = self._ground.projection.point_to_metres(place)
        cut = first_cut((view.east_m, view.north_m), to_m, self._ground.walls)
        if cut is None:
            return None, tr("a wall is in the way")
        origin = self._view.ground.origin_m
        at = (cut.east_m - float(origin[0]), cut.north_m - float(origin[1]))
        name = ""
        if cut.building is None:
            return at, tr("a drawn wall is in the way")
        if cut.building < len(self._names):
            name = self._names[cut.building]
        return at, tr("{name} is in the way", name=name) if name else tr("a building is in the way")

    def _row(self, one: Sighting, rank: int, looks: Mapping[str, CameraLook]) -> SeeingRow:
        detail = tr("{distance} m · {where}", distance=f"{one.distance_m:.0f}", where=_where(one))
        look = looks.get(one.camera_id, CameraLook.CONNECTING)
        return SeeingRow(one.camera_id, self._name(one.camera_id), rank, detail, look, _ails(look))

    def _hidden_row(self, one: Sighting, by: str, looks: Mapping[str, CameraLook]) -> SeeingRow:
        detail = tr("{distance} m", distance=f"{one.distance_m:.0f}")
        look = looks.get(one.camera_id, CameraLook.CONNECTING)
        return SeeingRow(one.camera_id, self._name(one.camera_id), 0, detail, look, by)

    def _name(self, camera_id: str) -> str:
        return next((one.name for one in self._ground.cameras if one.id == camera_id), "")


def _where(one: Sighting) -> str:
    """Where in the picture the place is seen."""
    if abs(one.angle_deg) < 8:
        return tr("middle of the picture")
    return tr("right in the picture") if one.angle_deg > 0 else tr("left in the picture")


def _ails(look: CameraLook) -> str:
    """What keeps the camera from showing it now."""
    match look:
        case CameraLook.LOST:
            return tr("lost now")
        case CameraLook.LATE:
            return tr("late now")
        case CameraLook.PASSWORD:
            return tr("wrong password")
        case _:
            return ""
