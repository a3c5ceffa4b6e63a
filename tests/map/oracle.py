"""Where things must be on the screen, worked out without the map's own arithmetic."""

from __future__ import annotations

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QGraphicsView, QWidget
from pytestqt.qtbot import QtBot

from app.geo.basemap import Basemap, Features, GroundKind
from app.geo.coordinates import LatLon
from app.map import MapView
from tests.map.conftest import CENTRE

UTM_48N = pyproj.Proj(proj="utm", zone=48, ellps="WGS84")
ORIGIN_EAST_M, ORIGIN_NORTH_M = UTM_48N(CENTRE.lon_deg, CENTRE.lat_deg)


def beside(east_m: float, north_m: float) -> LatLon:
    """The place so many grid metres east and north of the map's centre."""
    lon_deg, lat_deg = UTM_48N(ORIGIN_EAST_M + east_m, ORIGIN_NORTH_M + north_m, inverse=True)
    return LatLon(lat_deg, lon_deg)


def pixel(view: MapView, east_m: float, north_m: float, px_per_m: float) -> QPoint:
    """Where that place is while the centre is in the middle of the view."""
    x = view.width() / 2 + east_m * px_per_m
    y = view.height() / 2 - north_m * px_per_m
    return QPoint(round(x), round(y))


def surface(view: MapView) -> QWidget:
    """What takes the mouse."""
    found = view.findChild(QGraphicsView)
    assert found is not None
    return found.viewport()


def wait_until_sharp(qtbot: QtBot, view: MapView) -> None:
    """Until the pictures are of what is looked at now."""
    qtbot.waitUntil(view.is_sharp, timeout=8000)


def picture(view: MapView) -> QImage:
    """What an officer sees."""
    return view.grab().toImage()


def is_near(seen: QColor, wanted: str, slack: int = 6) -> bool:
    """Whether a colour is the wanted one, give or take a rounding."""
    other = QColor(wanted)
    pairs = zip(seen.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index, arg-type]
    return all(abs(one - two) <= slack for one, two in pairs)


def square(east_m: float, north_m: float, side_m: float) -> shapely.Polygon:
    """A square about a place, in the station's metres."""
    east, north = ORIGIN_EAST_M + east_m, ORIGIN_NORTH_M + north_m
    half = side_m / 2
    return shapely.box(east - half, north - half, east + half, north + half)


def pond(east_m: float, north_m: float, side_m: float, name: str = "") -> Basemap:
    """A base map of one square pond."""
    shapes = as_shapes([square(east_m, north_m, side_m)])
    return Basemap(32648, {GroundKind.WATER: Features((name,), shapes)})


def as_shapes(shapes: list[object]) -> NDArray[np.object_]:
    """Shapes as the base map holds them."""
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return made
