"""A right click on the Map place's map: what can be done with the place and the camera there."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from app.geo.coordinates import LatLon
from app.thai.translation import tr
from app.ui.live.place_menu import open_place_menu

if TYPE_CHECKING:
    from app.ui.zone_map.map_place import MapPlace


def open_map_menu(place_of: MapPlace, place: LatLon, at: QPoint) -> QMenu:
    """The menu of every map, with who sees the place and what is done with a mark there."""
    incident_id, camera_id = place_of.view.marks_at(place_of.view.mapFromGlobal(at))
    see = functools.partial(place_of.footage_requested.emit, place)
    menu = open_place_menu(place_of, place, at, see)
    first = menu.actions()[0]
    who = menu.addAction(tr("Who sees this place"))
    who.triggered.connect(functools.partial(place_of.who.select, place))
    menu.insertAction(first, who)
    incident = place_of.places.incident_of(incident_id)
    if incident is not None:
        correct = menu.addAction(tr("Correct the place of {number}…", number=incident.number))
        correct.triggered.connect(functools.partial(place_of.tools.correct_this, incident_id))
        menu.insertAction(first, correct)
    if camera_id:
        picture = menu.addAction(tr("Live picture of {camera}", camera=camera_id))
        picture.triggered.connect(functools.partial(place_of.open_camera, camera_id))
        aim = menu.addAction(tr("Place and aim {camera}", camera=camera_id))
        aim.triggered.connect(functools.partial(place_of.tools.aim_this, camera_id))
        for action in (picture, aim):
            menu.insertAction(first, action)
    return menu
