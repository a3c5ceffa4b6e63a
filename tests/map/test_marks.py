"""Marks tell their state by shape, the selection stands out, many marks do not freeze the map."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from app.geo.areas import Area, AreaKind
from app.geo.projection import Projection
from app.map import (
    NIGHT,
    CameraLook,
    CameraMark,
    IncidentMark,
    MapSelection,
    MapStyle,
    UnitLook,
    UnitMark,
    Urgency,
    ViewState,
)
from app.map.canvas import MapCanvas
from app.map.clusters import NO_CLUSTERS
from app.map.frame import Frame
from app.map.furniture import Furniture, draw_furniture, furniture_boxes
from app.map.live import lay_out_tags
from app.map.scene import EMPTY_SCENE, LocalGround, place_cameras, place_incidents
from app.map.shapes import draw_camera, draw_incident, draw_unit_state
from app.map.standing import standing
from app.thai.translation import Language, set_language
from tests.map.conftest import CENTRE, ShowMap
from tests.map.oracle import beside, is_near, picture, pixel, wait_until_sharp

SCALE = 0.9


def ink(draw: Callable[[QPainter], None]) -> NDArray[np.bool_]:
    """Where a mark is drawn light, whatever its colour: 32 × 32 pixels."""
    image = QImage(32, 32, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter)
    painter.end()
    values = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(32, 32)
    return values > 60


def assert_all_differ(masks: Sequence[NDArray[np.bool_]]) -> None:
    for index, one in enumerate(masks):
        assert one.sum() > 10
        for other in masks[index + 1 :]:
            assert (one != other).sum() >= 6


def test_each_state_has_a_shape_of_its_own_not_only_a_colour() -> None:
    at = QPointF(16, 16)
    assert_all_differ([ink(lambda p, u=u: draw_incident(p, at, u, NIGHT, 10)) for u in Urgency])
    assert_all_differ([ink(lambda p, k=k: draw_camera(p, at, k, 45, NIGHT)) for k in CameraLook])
    assert_all_differ([ink(lambda p, k=k: draw_unit_state(p, at, k, 0, NIGHT)) for k in UnitLook])


def test_a_camera_points_where_it_looks() -> None:
    at = QPointF(16, 16)
    for bearing, row, column in ((0, 3, 16), (90, 16, 28), (180, 28, 16), (270, 16, 3)):
        mask = ink(lambda p, b=bearing: draw_camera(p, at, CameraLook.LIVE, b, NIGHT))
        assert mask[row, column]


def test_an_arrow_turns_to_the_units_heading() -> None:
    at = QPointF(16, 16)
    north, south = (
        ink(lambda p, h=h: draw_unit_state(p, at, UnitLook.ON_THE_WAY, h, NIGHT)) for h in (0, 180)
    )
    assert (north[::-1] != south).mean() < 0.02
    assert (north != south).any()


def camera(id_: str, east_m: float, north_m: float, look: CameraLook) -> CameraMark:
    place = beside(east_m, north_m)
    return CameraMark(id_, place.lat_deg, place.lon_deg, 0.0, look, id_)


class Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_the_map_is_not_painted_again_for_what_it_shows_already(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = show_map()
    place = beside(0, 0)
    here = MapSelection(place.lat_deg, place.lon_deg, camera_ids=("C01",))
    view.set_cameras([camera("C01", 60, 0, CameraLook.LIVE)])
    wait_until_sharp(qtbot, view)
    paints = Paints()
    (canvas,) = view.findChildren(MapCanvas)
    canvas.viewport().installEventFilter(paints)

    def at_rest() -> bool:
        """What lies around the view comes after what is looked at, and is painted too."""
        before = paints.count
        qtbot.wait(150)
        return paints.count == before

    qtbot.waitUntil(at_rest, timeout=10_000)

    def painted_for(selection: MapSelection | None) -> bool:
        before = paints.count
        view.select(selection)
        QCoreApplication.sendPostedEvents()
        return paints.count > before

    shown = [here, here, None, None, here]
    assert [painted_for(each) for each in shown] == [True, False, True, False, True]


def test_the_selection_numbers_the_cameras_that_see_it_and_lets_them_go(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = show_map()
    view.set_cameras(
        [camera("C01", 60, 0, CameraLook.LIVE), camera("C02", 90, 90, CameraLook.LIVE)]
    )
    wait_until_sharp(qtbot, view)
    place = beside(0, 0)
    view.select(MapSelection(place.lat_deg, place.lon_deg, camera_ids=("C02", "C01", "gone")))
    chosen = picture(view)
    edge_of_disc = pixel(view, 60, 0, SCALE).x() - 8
    assert is_near(chosen.pixelColor(edge_of_disc, 300), NIGHT.blue_fill)
    assert is_near(chosen.pixelColor(400 + 25, 300), NIGHT.blue, slack=40)  # the ring
    view.select(None)
    assert not is_near(picture(view).pixelColor(edge_of_disc, 300), NIGHT.blue_fill, slack=40)


def test_a_field_of_view_turns_blue_when_its_camera_sees_the_selection(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = show_map()
    east, north = 0.0, 0.0
    corners = np.array([[east, north], [east - 60, north + 120], [east + 60, north + 120]])
    origin = np.array(_station_metres())
    place = beside(0, 0)
    mark = CameraMark(
        "C01", place.lat_deg, place.lon_deg, 0.0, CameraLook.LIVE, "", corners + origin
    )
    view.set_cameras([mark])
    wait_until_sharp(qtbot, view)
    inside = pixel(view, 0, 90, SCALE)
    grey = picture(view).pixelColor(inside)
    far = beside(-300, -200)
    view.select(MapSelection(far.lat_deg, far.lon_deg, camera_ids=("C01",)))
    blue = picture(view).pixelColor(inside)
    assert abs(grey.blue() - grey.red()) < 20
    assert blue.blue() - blue.red() > 25


def _station_metres() -> tuple[float, float]:
    from tests.map.oracle import ORIGIN_EAST_M, ORIGIN_NORTH_M

    return ORIGIN_EAST_M, ORIGIN_NORTH_M


def test_units_at_one_place_are_all_readable(show_map: ShowMap, qtbot: QtBot) -> None:
    frame = Frame(0, 0, 1, 800, 600)
    units = [
        (UnitMark(f"u{n}", f"มุกดา 2{n}", 0, 0, UnitLook.FREE), (float(n), 0.0)) for n in range(8)
    ]
    edge = UnitMark("edge", "จราจร 04", 0, 0, UnitLook.ON_SCENE)
    tags = lay_out_tags(frame, [*units, (edge, (399.0, 299.0))], [], NIGHT)
    assert len(tags) == 9
    for index, tag in enumerate(tags):
        assert QRectF(0, 0, 800, 600).contains(tag.box)
        assert not any(tag.box.intersects(other.box) for other in tags[index + 1 :])


def test_a_unit_never_lies_upon_an_open_incident() -> None:
    frame = Frame(0, 0, 1, 800, 600)
    incidents_px = np.array([[400.0, 300.0], [400.0, 272.0], [460.0, 300.0]])
    unit = UnitMark("u", "มุกดา 21", 0, 0, UnitLook.ON_SCENE)
    tag, elsewhere = lay_out_tags(
        frame, [(unit, (0.0, 0.0)), (unit, (-200.0, 0.0))], [], NIGHT, incidents_px
    )
    assert not any(tag.box.adjusted(-9, -9, 9, 9).contains(*at) for at in incidents_px.tolist())
    assert tag.is_at_incident
    assert elsewhere.box.center().toPoint() == QPoint(200, 300)
    assert not elsewhere.is_at_incident


def test_what_stands_are_open_incidents_groups_and_cameras_in_sight() -> None:
    frame = Frame(0, 0, 1, 100, 100)
    ground = LocalGround(Projection(), beside(0, 0))
    marks = [
        IncidentMark("open", "1", *_degrees(10, 0), Urgency.IN_HAND),
        IncidentMark("closed", "2", *_degrees(20, 0), Urgency.CLOSED),
        IncidentMark("out of sight", "3", *_degrees(90, 0), Urgency.ACT_NOW),
    ]
    camera = CameraMark("C01", *_degrees(0, 30), 0.0, CameraLook.LIVE, "")
    scene = replace(
        EMPTY_SCENE,
        incidents=place_incidents(marks, ground),
        cameras=place_cameras([camera], ground),
    )
    found = standing(frame, scene, NO_CLUSTERS)
    assert found.incidents_px == pytest.approx(np.array([[60.0, 50.0]]), abs=1.5)
    assert found.cameras_px == pytest.approx(np.array([[50.0, 20.0]]), abs=1.5)
    hidden = replace(scene, layers=tuple(replace(one, shown=False) for one in scene.layers))
    assert len(standing(frame, hidden, NO_CLUSTERS).all_px) == 0


def _degrees(east_m: float, north_m: float) -> tuple[float, float]:
    at = beside(east_m, north_m)
    return at.lat_deg, at.lon_deg


def zone(sample: bool) -> Area:
    corners = [(beside(x, y).lon_deg, beside(x, y).lat_deg) for x, y in
               ((-200, -150), (200, -150), (200, 150), (-200, 150))]  # fmt: skip
    return Area("z", AreaKind.ZONE, "เขต", "Zone", shapely.Polygon(corners), "t:1", sample)


def test_the_zones_edge_is_where_it_was_drawn(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map()
    view.set_areas([zone(sample=False)])
    view.restore_view_state(ViewState(CENTRE.lat_deg, CENTRE.lon_deg, SCALE))
    wait_until_sharp(qtbot, view)
    image = picture(view)
    row = pixel(view, 0, 150, SCALE).y()
    on_edge = [image.pixelColor(x, row).lightness() > 120 for x in range(240, 560)]
    off_edge = [image.pixelColor(x, row + 6).lightness() > 120 for x in range(240, 560)]
    assert 0.55 < np.mean(on_edge) < 0.95  # dashes of 11, gaps of 4
    assert not any(off_edge)


def test_invented_boundaries_say_so_on_the_map(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map()
    said = []
    for sample in (False, True):
        view.set_areas([zone(sample)])
        wait_until_sharp(qtbot, view)
        said.append(bright(picture(view).copy(620, 500, 180, 100)))
    without, with_note = said
    assert with_note > without + 150


def bright(image: QImage) -> int:
    """How many pixels are lighter than any ground."""
    width, height = image.width(), image.height()
    pixels = (image.pixelColor(x, y) for x in range(width) for y in range(height))
    return sum(pixel.lightness() > 90 for pixel in pixels)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("text_scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [420, 700, 1100])
def test_nothing_on_the_glass_is_cut_off(language: Language, text_scale: float, width: int) -> None:
    set_language(language)
    try:
        style = MapStyle(text_scale=text_scale)
        what = Furniture(sample_areas=True)
        size = QRectF(0, 0, width, 500)
        image = QImage(width, 500, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.black)
        painter = QPainter(image)
        draw_furniture(painter, size, 0.9, what, style)
        painter.end()
        edges = [image.copy(0, 0, width, 2), image.copy(0, 498, width, 2),
                 image.copy(0, 0, 2, 500), image.copy(width - 2, 0, 2, 500)]  # fmt: skip
        for edge in edges:
            seen = (
                edge.pixelColor(x, y) for x in range(edge.width()) for y in range(edge.height())
            )
            assert not any(pixel.lightness() > 60 for pixel in seen)
        boxes = furniture_boxes(size, 0.9, what, style)
        assert not any(one.intersects(two) for one in boxes for two in boxes if one is not two)
    finally:
        set_language(Language.THAI)


def test_an_empty_map_works(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map()
    view.set_basemap(None)
    view.set_areas([])
    view.set_cameras([])
    view.set_incidents([])
    view.set_units([])
    view.select(None)
    view.set_pin(None)
    wait_until_sharp(qtbot, view)
    assert is_near(picture(view).pixelColor(400, 200), NIGHT.land)


def test_twenty_thousand_incidents_do_not_freeze_the_map(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map(1100, 900)
    chance = np.random.default_rng(7)
    places = chance.normal(0, 400, (20_000, 2))
    kinds = list(Urgency)
    place = beside(0, 0)
    marks = [
        IncidentMark(str(n), str(n), place.lat_deg + y / 110_600, place.lon_deg + x / 106_700,
                     kinds[n % 4])
        for n, (x, y) in enumerate(places.tolist())
    ]  # fmt: skip
    started = time.perf_counter()
    view.set_incidents(marks)
    handed_over_s = time.perf_counter() - started
    wait_until_sharp(qtbot, view)
    started = time.perf_counter()
    view.grab()
    painted_s = time.perf_counter() - started
    assert handed_over_s < 1.0
    assert painted_s < 0.3
