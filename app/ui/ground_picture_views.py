"""Pictures of the ground on all maps of one window: seen alike, and told of once when one fails."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.map.marks import LayerLook, MapLayer
from app.map.view import MapView
from app.ui.setup.map_office import MapOffice


class GroundPictureViews:
    """Follows the layers of the Map place: only there a hand says how such pictures are seen."""

    def __init__(self, office: MapOffice) -> None:
        self._office = office
        self._views: list[MapView] = []
        self._look = LayerLook(MapLayer.PICTURES)

    def take_all(self, place: QWidget) -> None:
        """The maps of a place that was just made."""
        for view in place.findChildren(MapView):
            self.take(view)

    def take(self, view: MapView) -> None:
        """A map that was just made."""
        self._views.append(view)
        view.pictures_failed.connect(self._office.tell_of_pictures)
        self._show(view)

    def follow(self, looks: Sequence[LayerLook]) -> None:
        """The layers of the Map place are like this now, or were when they were remembered."""
        found = [look for look in looks if look.layer is MapLayer.PICTURES]
        if found and found[0] != self._look:
            self._look = found[0]
            for view in self._views:
                self._show(view)

    def _show(self, view: MapView) -> None:
        layer = self._look.layer
        view.set_layers([self._look if one.layer is layer else one for one in view.layers])
