"""A map opens with the whole zone, keeps to it while nobody moves it, and comes back to it."""

from __future__ import annotations

import pytest
import shapely
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.geo.areas import Area, AreaKind
from app.geo.coordinates import LatLon
from app.map import MapView
from app.map.home import START_PX_PER_M
from tests.map.conftest import CENTRE, ShowMap
from tests.map.oracle import beside

CORNERS_M = ((-1500.0, -200.0), (900.0, 700.0))


def an_area(kind: AreaKind, shift_m: float = 0.0) -> Area:
    (west, south), (east, north) = CORNERS_M
    places = [
        beside(x + shift_m, y)
        for x, y in ((west, south), (east, south), (east, north), (west, north))
    ]
    outline = shapely.Polygon([(place.lon_deg, place.lat_deg) for place in places])
    return Area(f"{kind}-{shift_m}", kind, "เขต", "Zone", outline, "t:1", False)


def seen_share(view: MapView, shift_m: float = 0.0) -> float:
    """How much of the window's width or height the zone takes; 0 when not all of it is seen."""
    west, east = CORNERS_M[0], CORNERS_M[1]
    corners = [view.pixel_of(beside(x + shift_m, y)) for x, y in (west, east)]
    box = QRectF(corners[0], corners[1]).normalized()
    if not QRectF(view.rect()).contains(box):
        return 0.0
    return max(box.width() / view.width(), box.height() / view.height())


@pytest.mark.parametrize("size", [(800, 600), (1500, 300), (320, 700)])
def test_it_opens_with_the_whole_zone_and_not_much_more(
    show_map: ShowMap, size: tuple[int, int]
) -> None:
    view = show_map(*size)
    view.set_areas([an_area(AreaKind.COMMUNITY, 9_000.0), an_area(AreaKind.ZONE)])
    assert 0.85 < seen_share(view) < 0.97


def test_a_window_of_another_size_shows_the_whole_zone_too(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map()
    view.set_areas([an_area(AreaKind.ZONE)])
    view.resize(420, 500)
    qtbot.waitUntil(lambda: 0.85 < seen_share(view) < 0.97)
    view.set_areas([an_area(AreaKind.ZONE, 400.0)])  # drawn anew
    assert 0.85 < seen_share(view, 400.0) < 0.97


def test_where_somebody_looks_the_map_stays_until_it_is_sent_home(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = show_map()
    view.set_areas([an_area(AreaKind.ZONE)])
    view.show_place(LatLon(CENTRE.lat_deg + 0.01, CENTRE.lon_deg))
    looked_at = view.view_state()
    view.resize(700, 500)
    view.set_areas([an_area(AreaKind.ZONE, 400.0)])
    qtbot.wait(50)
    assert view.view_state() == looked_at
    view.setFocus()
    QTest.keyClick(view.focusProxy(), Qt.Key.Key_Home)
    assert 0.85 < seen_share(view, 400.0) < 0.97


def test_without_a_zone_it_shows_the_station_s_middle(show_map: ShowMap) -> None:
    view = show_map()
    view.set_areas([an_area(AreaKind.BEAT)])
    state = view.view_state()
    assert state.px_per_m == START_PX_PER_M
    assert state.lat_deg == pytest.approx(CENTRE.lat_deg, abs=1e-6)


def test_a_window_made_anew_in_another_size_is_at_home_too(show_map: ShowMap) -> None:
    large, small = show_map(1200, 900), show_map(420, 500)
    for view in (large, small):
        view.set_areas([an_area(AreaKind.ZONE)])
    small.show_place(LatLon(CENTRE.lat_deg + 0.01, CENTRE.lon_deg))
    small.restore_view_state(large.view_state())
    assert 0.85 < seen_share(small) < 0.97
    large.show_place(LatLon(CENTRE.lat_deg + 0.01, CENTRE.lon_deg))
    small.restore_view_state(large.view_state())
    assert small.view_state().px_per_m == large.view_state().px_per_m
