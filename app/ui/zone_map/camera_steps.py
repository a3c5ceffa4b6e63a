"""Placing and aiming a camera on the map, and trying where one could be. Saves to the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from PySide6.QtCore import QObject, Signal

from app.cameras.camera import Camera
from app.cameras.ground import Ground
from app.errors import KnownError
from app.geo.coordinates import LatLon, as_decimal
from app.geo.coverage import field_of_view
from app.geo.projection import Points
from app.map.camera_aim import Aim, CameraAim
from app.map.view import MapView
from app.thai.translation import explain, tr
from app.ui.map_desk import MapDesk
from app.ui.zone_map.aim_card import AimCard
from app.ui.zone_map.coverage_steps import CoverageSteps

_WHAT_IF = Aim(0.0, 0.0, 0.0, 70.0, 60.0)


@dataclass(frozen=True, slots=True, eq=False)
class _InHand:
    camera: Camera | None  # None: one that is only tried
    tool: CameraAim


class CameraSteps(QObject):
    """One camera in the hand at a time."""

    told = Signal(str)
    ended = Signal()

    def __init__(self, view: MapView, card: AimCard, desk: MapDesk, ground: Ground) -> None:
        super().__init__()
        self._view, self._card, self._desk, self._ground = view, card, desk, ground
        self._hand: _InHand | None = None
        card.save_requested.connect(self.save)
        card.discard_requested.connect(self.leave)

    @property
    def is_aiming(self) -> bool:
        return self._hand is not None

    def begin(self, camera_id: str) -> None:
        """Take a camera in hand. Raises KnownError without the right."""
        self._desk.desk.require_right("camera_changed")
        camera = next(one for one in self._ground.cameras if one.id == camera_id)
        x_m, y_m = self._view.ground.place(camera.lat_deg, camera.lon_deg)
        aim = Aim(x_m, y_m, camera.bearing_deg, camera.field_of_view_deg, camera.range_m)
        self._take(camera, aim)

    def try_one(self) -> None:
        """A camera that is not there, in the middle of the map."""
        state = self._view.view_state()
        x_m, y_m = self._view.ground.place(state.lat_deg, state.lon_deg)
        self._take(None, replace(_WHAT_IF, x_m=x_m, y_m=y_m))

    def _take(self, camera: Camera | None, aim: Aim) -> None:
        self.leave()
        self._is_indoor = camera is not None and camera.indoor
        tool = CameraAim(aim, self._view_of)
        tool.changed.connect(self._on_changed)
        self._hand = _InHand(camera, tool)
        self._view.set_tool(tool)
        self._on_changed(aim)

    _is_indoor = False

    def leave(self) -> None:
        """Esc: the camera stays as it was."""
        if self._hand is None:
            return
        self._hand.tool.deleteLater()
        self._hand = None
        self._card.hide()
        if self.watch is not None:
            self.watch.try_view(None)
        self._view.set_tool(None)
        self.ended.emit()

    def save(self) -> None:
        """Into the register, as an entry."""
        if self._hand is None or self._hand.camera is None:
            return
        aim = self._hand.tool.aim
        lat_deg, lon_deg = self._view.ground.degrees(aim.x_m, aim.y_m)
        camera = replace(
            self._hand.camera,
            lat_deg=round(lat_deg, 7),
            lon_deg=round(lon_deg, 7),
            bearing_deg=aim.bearing_deg,
            field_of_view_deg=aim.field_of_view_deg,
            range_m=aim.range_m,
        )
        try:
            self._desk.change_camera(camera, self._on_saved)
        except KnownError as error:
            self._card.complain(explain(error))

    def _on_saved(self, entries: Sequence[object]) -> None:
        self.leave()
        self.told.emit(tr("The camera's place is saved."))

    def _view_of(self, aim: Aim) -> Points:
        """What is seen, cut by buildings, in local metres."""
        origin = self._view.ground.origin_m
        east_m, north_m = aim.x_m + float(origin[0]), aim.y_m + float(origin[1])
        seen = field_of_view(
            east_m, north_m, aim.bearing_deg, aim.field_of_view_deg, aim.range_m,
            self._ground.walls, indoor=self._is_indoor,
        )  # fmt: skip
        return np.asarray(seen - origin)

    def _on_changed(self, aim: Aim) -> None:
        if self._hand is None:
            return
        camera = self._hand.camera
        lat_deg, lon_deg = self._view.ground.degrees(aim.x_m, aim.y_m)
        title = tr("A camera here?") if camera is None else f"{camera.id} {camera.name}"
        figures = tr(
            "looks to {bearing}° · opens {angle}° · {range} m far",
            bearing=f"{aim.bearing_deg:.0f}",
            angle=f"{aim.field_of_view_deg:.0f}",
            range=f"{aim.range_m:.0f}",
        )
        words = as_decimal(LatLon(lat_deg, lon_deg))
        self._card.show_aim(title, words, figures, self._gain(aim), saves=camera is not None)
        self._view.redraw()

    watch: CoverageSteps | None = None
    """What is seen of the zone now; its owner knows."""

    def _gain(self, aim: Aim) -> str:
        """What the camera sees, and what it adds to what is seen of the zone."""
        outline = self._view_of(aim) + self._view.ground.origin_m
        area = shapely.make_valid(shapely.Polygon(outline)).area
        sees = tr("Sees {area} m²", area=f"{area:,.0f}")
        is_tried = self._hand is not None and self._hand.camera is None
        gain = self.watch.try_view(outline) if self.watch is not None and is_tried else None
        if gain is None:
            return sees
        added = tr(
            "adds {new} m² that nobody sees and {road} m of road",
            new=f"{gain.new_m2:,.0f}",
            road=f"{gain.new_road_m:,.0f}",
        )
        return f"{sees} · {added}"
