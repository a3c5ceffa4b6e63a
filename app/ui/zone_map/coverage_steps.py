"""Asks how much of the zone is seen, in the background, and shows the newest answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.cameras.ground import Ground
from app.cameras.zone_watch import Watch
from app.errors import KnownError
from app.geo.areas import Area, AreaKind
from app.geo.projection import Points
from app.geo.zone_coverage import BlindSpot, Gain
from app.map.view import MapView
from app.thai.translation import explain, tr
from app.ui.background import Background
from app.ui.zone_map.coverage_panel import CoveragePanel

_REST_MS = 400


class CoverageSteps(QObject):
    """One zone's coverage. Nothing is reckoned while nobody looks at the map."""

    def __init__(
        self, view: MapView, panel: CoveragePanel, ground: Ground, background: Background
    ) -> None:
        super().__init__(view)
        self._view, self._panel, self._ground = view, panel, ground
        self._background = background
        self._zone: Area | None = None
        self._drawn: Any = None
        self._number = 0
        self._is_stale, self._is_seen = True, False
        self._when, self._night = "", False
        self._tried: Points | None = None
        self.watch: Watch | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self._ask)
        panel.spot_chosen.connect(self._on_spot)

    def set_zone(self, areas: tuple[Area, ...]) -> None:
        """The zone among these areas."""
        self._zone = next((area for area in areas if area.kind is AreaKind.ZONE), None)
        self.forget()

    def set_ground(self, ground: Ground, when: str, *, night: bool) -> None:
        """The ground of a day, which `when` names, nothing for now; and whether it is night."""
        self._ground, self._when, self._night = ground, when, night

    def show_drawn(self, zone_m: Any) -> None:
        """The zone as it is being drawn, in station metres; None: as it is saved."""
        if zone_m is not self._drawn:
            self._drawn = zone_m
            self.forget()

    def try_view(self, outline_m: Points | None) -> Gain | None:
        """What a camera that sees this would add (station metres); None: none is tried."""
        self._tried = outline_m
        gain = None
        if outline_m is not None and self.watch is not None:
            gain = self.watch.gain(outline_m)
        self._panel.show_gain(self.watch, gain)
        return gain

    def forget(self) -> None:
        """Something it depends on has changed."""
        self._is_stale = True
        if self._is_seen:
            self._timer.start()

    def set_seen(self, seen: bool) -> None:
        """Whether somebody looks."""
        self._is_seen = seen
        if not seen:
            self._timer.stop()
        elif self._is_stale:
            self._timer.start()

    def _ask(self) -> None:
        if self._zone is None:
            self.watch = None
            self.try_view(self._tried)
            self._panel.show_watch(None)
            self._view.set_coverage(None)
            return
        self._is_stale = False
        self._number += 1
        question = self._ground.for_coverage(self._zone, night=self._night)
        if self._drawn is not None:
            question = replace(question, zone=self._drawn)
        number = self._number
        when = self._when if self._drawn is None else tr("of the new outline")
        self._panel.show_reckoning()
        self._background.run(
            lambda: (number, when, question.answer()), self._on_answer, self._on_failed
        )

    def _on_answer(self, answer: tuple[int, str, Watch]) -> None:
        number, when, watch = answer
        if number != self._number:
            return  # something has changed since it was asked
        self.watch = watch
        self._panel.show_watch(watch, when)
        self.try_view(self._tried)
        seen = watch.coverage
        self._view.set_coverage((seen.seen, seen.seen_twice, seen.blind))

    def _on_failed(self, error: KnownError) -> None:
        self._panel.show_watch(None, explain(error))

    def _on_spot(self, spot: BlindSpot) -> None:
        at = spot.shape.representative_point()
        self._view.show_place(self._ground.projection.point_to_degrees(at.x, at.y))
