"""The drawn places by name, and how a variant of one differs."""

from __future__ import annotations

from dataclasses import replace

from app.demo.simulated_cameras.scenes.place import Place
from app.demo.simulated_cameras.scenes.place_alley import ALLEY
from app.demo.simulated_cameras.scenes.place_government_centre import GOVERNMENT_CENTRE
from app.demo.simulated_cameras.scenes.place_junction import JUNCTION
from app.demo.simulated_cameras.scenes.place_market import MARKET
from app.demo.simulated_cameras.scenes.place_river import PIER, RIVERSIDE
from app.demo.simulated_cameras.scenes.place_street import STREET
from app.demo.simulated_cameras.scenes.place_temple import TEMPLE
from app.demo.simulated_cameras.spec import Scene

_PLACES: dict[Scene, Place] = {
    Scene.STREET: STREET,
    Scene.RIVERSIDE: RIVERSIDE,
    Scene.MARKET: MARKET,
    Scene.JUNCTION: JUNCTION,
    Scene.TEMPLE: TEMPLE,
    Scene.ALLEY: ALLEY,
    Scene.GOVERNMENT_CENTRE: GOVERNMENT_CENTRE,
    Scene.PIER: PIER,
}


def place_of(scene: Scene, variant: int) -> Place:
    """The place; another variant hangs its camera a little elsewhere and looks another way."""
    place = _PLACES[scene]
    if variant == 0:
        return place
    view = place.view
    turn = (-5.0, 5.0, -8.0, 3.0)[variant % 4]
    x, y, z = view.eye
    moved = replace(view, eye=(x + 0.25 * turn, y, z + 0.5), yaw_deg=view.yaw_deg - turn)
    return replace(place, view=moved)
