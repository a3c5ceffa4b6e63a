"""The cached pictures lie where the ground is: while the hand moves the map, and afterwards."""

from __future__ import annotations

from dataclasses import replace

import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.map import NIGHT, MapView, still_pictures
from app.map.frame import Frame
from app.map.furniture import WIDEST_BAR_PX, scale_bar
from app.map.picture import Picture, PictureKind
from tests.map.conftest import ShowMap
from tests.map.oracle import beside, is_near, picture, pond, wait_until_sharp
from tests.map.test_clicking import drag, wheel


def assert_pond(image: QImage, x: float, y: float, side_px: float) -> None:
    """Water just inside the square's four edges, land just outside them."""
    half = side_px / 2
    for away, wanted in ((half - 3, NIGHT.water), (half + 3, NIGHT.land)):
        for step_x, step_y in ((away, 0), (-away, 0), (0, away), (0, -away)):
            at = QPoint(round(x + step_x), round(y + step_y))
            assert is_near(image.pixelColor(at), wanted), (at, image.pixelColor(at).name(), wanted)


def shown_pond(show_map: ShowMap, qtbot: QtBot, east_m: float, north_m: float) -> MapView:
    view = show_map()
    view.set_basemap(pond(east_m, north_m, side_m=60))
    wait_until_sharp(qtbot, view)
    return view


def test_the_ground_is_drawn_where_it_is(show_map: ShowMap, qtbot: QtBot) -> None:
    view = shown_pond(show_map, qtbot, 100, 50)
    assert_pond(picture(view), 400 + 100 * 0.9, 300 - 50 * 0.9, 60 * 0.9)


def test_while_dragged_and_after_the_ground_follows_the_hand(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = shown_pond(show_map, qtbot, 0, 0)
    drag(view, QPoint(400, 300), QPoint(463, 281))
    assert_pond(picture(view), 463, 281, 54)
    for _ in range(4):  # far enough for new pictures
        drag(view, QPoint(300, 300), QPoint(240, 310))
    wait_until_sharp(qtbot, view)
    assert_pond(picture(view), 463 - 240, 281 + 40, 54)


def test_while_zoomed_the_old_picture_is_stretched_to_the_right_place(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = shown_pond(show_map, qtbot, 100, 50)
    before = view.view_state().px_per_m
    view.stop(2.0)  # so that the picture stays the old one
    wheel(view, QPointF(400, 300), notches=1)
    scale = view.view_state().px_per_m
    assert scale > before
    assert not view.is_sharp()
    assert_pond(picture(view), 400 + 100 * scale, 300 - 50 * scale, 60 * scale)
    view.start()
    wait_until_sharp(qtbot, view)
    assert_pond(picture(view), 400 + 100 * scale, 300 - 50 * scale, 60 * scale)


def test_a_late_picture_of_a_place_that_was_left_does_not_replace_a_good_one(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = shown_pond(show_map, qtbot, 0, 0)
    pictures = view._pictures
    here = pictures._canvas.frame_now
    elsewhere = replace(here, x_m=here.x_m + 5000).grown(1.5)
    blank = QImage(8, 8, QImage.Format.Format_RGB32)
    version = pictures._shown[PictureKind.GROUND]
    pictures._arrived.emit(Picture(PictureKind.GROUND, version, elsewhere, blank))
    QApplication.sendPostedEvents()
    assert view.is_sharp()
    assert_pond(picture(view), 400, 300, 54)


def test_each_step_of_the_hand_is_painted_once(show_map: ShowMap, qtbot: QtBot) -> None:
    view = shown_pond(show_map, qtbot, 100, 50)
    view.stop(2.0)  # no new picture comes
    qtbot.wait(100)  # the last one that came is painted
    paints: list[int] = []
    view._canvas.painted.connect(lambda: paints.append(1))
    for step in range(1, 4):
        wheel(view, QPointF(400, 300), notches=1)
        qtbot.waitUntil(lambda step=step: len(paints) >= step)
        for _ in range(3):
            QApplication.sendPostedEvents()
        assert len(paints) == step


def test_what_lies_around_the_view_comes_without_a_paint(show_map: ShowMap, qtbot: QtBot) -> None:
    view = shown_pond(show_map, qtbot, 0, 0)
    view.stop(2.0)  # no other picture comes
    pictures, canvas = view._pictures, view._canvas
    paints: list[int] = []
    canvas.painted.connect(lambda: paints.append(1))
    seen = canvas.frame_now
    version = pictures._shown[PictureKind.GROUND]
    for frame, is_first in ((seen, True), (seen.grown(1.5), False)):
        image = QImage(*frame.device_px, QImage.Format.Format_RGB32)
        image.fill(QColor("red"))
        pictures._arrived.emit(
            Picture(PictureKind.GROUND, version, frame, image, is_first=is_first, number=99)
        )
        for _ in range(3):
            QApplication.sendPostedEvents()
        assert len(paints) == 1
        assert canvas.ground_layer.frame == frame
    other = replace(seen.grown(1.5), x_m=seen.x_m + 8)
    image = QImage(*other.device_px, QImage.Format.Format_RGB32)
    pictures._arrived.emit(Picture(PictureKind.GROUND, version, other, image, number=100))
    qtbot.waitUntil(lambda: len(paints) == 2)


def test_a_picture_that_the_hand_has_left_waits_for_its_next_paint(
    show_map: ShowMap, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = shown_pond(show_map, qtbot, 0, 0)
    view.stop(2.0)  # no other picture comes
    for _ in range(3):
        QApplication.sendPostedEvents()  # nor one that was on its way
    pictures, canvas = view._pictures, view._canvas
    paints: list[int] = []
    canvas.painted.connect(lambda: paints.append(1))
    left = canvas.frame_now.grown(1.5)
    version = pictures._shown[PictureKind.GROUND]
    image = QImage(*left.device_px, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    wheel(view, QPointF(400, 300), notches=2)
    qtbot.waitUntil(lambda: len(paints) > 0)
    for _ in range(3):
        QApplication.sendPostedEvents()
    before = len(paints)
    late = Picture(PictureKind.GROUND, version, left, image)
    for moving_s, painted in ((1e6, 0), (0.0, 1)):
        monkeypatch.setattr(still_pictures, "MOVING_S", moving_s)
        pictures._arrived.emit(late)
        for _ in range(3):
            QApplication.sendPostedEvents()
        assert len(paints) == before + painted
        assert canvas.ground_layer.frame == left


def test_a_window_of_another_size_keeps_the_middle_and_the_scale(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = shown_pond(show_map, qtbot, 0, 0)
    view.resize(1001, 703)
    wait_until_sharp(qtbot, view)
    assert view.view_state().px_per_m == 0.9
    assert_pond(picture(view), 500.5, 351.5, 54)


def test_the_ground_follows_also_when_the_last_request_was_for_the_scene_alone(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = shown_pond(show_map, qtbot, 480, 0)  # 432 pixels off: just outside the first picture
    view.resize(1000, 600)  # the ground's picture is large enough for it
    view.set_incidents([])
    view.set_walls([])  # another scene, asked for with a larger frame
    wait_until_sharp(qtbot, view)
    view._canvas.look_at(160, 0, 0.9)  # inside that frame, outside the ground's picture
    wait_until_sharp(qtbot, view)
    assert_pond(picture(view), 500 + 320 * 0.9, 300, 54)


@given(
    scale=st.floats(0.004, 12),
    width=st.integers(100, 3000),
    height=st.integers(100, 2000),
    dpr=st.sampled_from([1.0, 1.25, 1.5, 1.75, 2.0]),
)
def test_a_cached_picture_holds_its_view_on_whole_device_pixels(
    scale: float, width: int, height: int, dpr: float
) -> None:
    view = Frame(123.4, -567.8, scale, width, height, dpr)
    grown = view.grown(1.5)
    assert grown.holds(view, 1.0)
    for edge in (grown.to_px(view.left_m, view.bottom_m), QPointF(grown.width_px, grown.height_px)):
        left_px = edge.x() * dpr
        assert left_px == pytest.approx(round(left_px), abs=1e-3)


@given(scale=st.floats(0.004, 12))
def test_the_scale_bar_is_a_round_number_and_fits(scale: float) -> None:
    bar = scale_bar(scale)
    assert WIDEST_BAR_PX * 0.39 < bar.length_px <= WIDEST_BAR_PX
    assert f"{bar.metres:e}"[0] in "125"
    assert float(f"{bar.metres:.0e}") == bar.metres


@pytest.mark.parametrize("steps", [-8, 0, 6])
def test_the_scale_bar_is_true_on_the_ellipsoid(
    show_map: ShowMap, qtbot: QtBot, steps: int
) -> None:
    view = show_map()
    for _ in range(abs(steps)):
        view.zoom_in() if steps > 0 else view.zoom_out()
    wait_until_sharp(qtbot, view)
    bar = scale_bar(view.view_state().px_per_m)
    west, east = beside(-2000, 0), beside(2000, 0)
    _, _, true_m = pyproj.Geod(ellps="WGS84").inv(
        west.lon_deg, west.lat_deg, east.lon_deg, east.lat_deg
    )
    apart_px = view.pixel_of(east).x() - view.pixel_of(west).x()
    drawn_px = longest_bright_run(picture(view))
    assert bar.length_px / apart_px * true_m == pytest.approx(bar.metres, rel=0.005)
    assert drawn_px == pytest.approx(bar.length_px, abs=2.5)


def longest_bright_run(image: QImage) -> int:
    """The longest level stroke near the lower right corner."""
    longest = 0
    for y in range(image.height() - 60, image.height()):
        run = 0
        for x in range(image.width() - 220, image.width()):
            run = run + 1 if QColor(image.pixel(x, y)).lightness() > 90 else 0
            longest = max(longest, run)
    return longest
