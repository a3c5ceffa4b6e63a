"""Names on the map stand apart from each other, whole, and along their roads."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from app.demo.town.ground import sample_basemap
from app.map import NIGHT, MapSelection
from app.map.along_lines import LineSpots, lines_of, spots_along
from app.map.draw_names import Name
from app.map.frame import Frame
from app.map.labels import Label, Occupied, PlacedLabel, Spot, place_labels
from app.map.marks import Metres
from app.map.still_pictures import StillPictures
from tests.map.conftest import ShowMap
from tests.map.oracle import as_shapes, beside, picture, wait_until_sharp

spots = st.builds(Spot, st.floats(0, 600), st.floats(0, 400), st.floats(-89, 89))


def outline(placed: PlacedLabel) -> shapely.Polygon:
    """The turned rectangle of a label, by shapely's own arithmetic."""
    half_x, half_y = placed.width_px / 2, placed.height_px / 2
    level = shapely.box(-half_x, -half_y, half_x, half_y)
    turned = shapely.affinity.rotate(level, placed.spot.turned_deg, origin=(0, 0))
    return shapely.affinity.translate(turned, placed.spot.x_px, placed.spot.y_px)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(spots, min_size=1, max_size=3), min_size=2, max_size=25))
def test_no_two_names_overlap_and_none_leaves_the_picture(wanted: list[list[Spot]]) -> None:
    font = NIGHT.font(13)
    labels = [
        Label(f"ถนนสำราญชายโขง {index}", font, "#fff", "#000", tuple(tries))
        for index, tries in enumerate(wanted)
    ]
    placed = list(place_labels(labels, Occupied(), QRectF(0, 0, 600, 400)))
    outlines = as_shapes([outline(label) for label in placed])
    picture_edge = shapely.box(0, 0, 600, 400)
    assert all(picture_edge.buffer(1e-6).covers(one) for one in outlines)
    first, second = shapely.STRtree(outlines).query(outlines)
    shared = shapely.area(shapely.intersection(outlines[first], outlines[second]))
    assert shared[first != second].sum() == pytest.approx(0, abs=1e-6)


def test_a_name_that_finds_no_room_is_left_out_and_the_first_asked_wins() -> None:
    font = NIGHT.font(13)
    at = (Spot(100, 100),)
    labels = [Label(text, font, "#fff", "#000", at) for text in ("ตลาดอินโดจีน", "วัดศรีมงคลใต้")]
    placed = list(place_labels(labels, Occupied(), QRectF(0, 0, 200, 200)))
    assert [one.label.text for one in placed] == ["ตลาดอินโดจีน"]


FRAME = Frame(0.0, 0.0, 0.5, 800, 800)  # two metres a pixel, 0, 0 in the middle


def along(*lines_px: Metres) -> LineSpots:
    """Names of 100 × 16 pixels along lines given in pixels from the frame's middle."""
    lines = lines_of([line * (2.0, -2.0) for line in lines_px])
    every = [np.full(len(lines_px), value) for value in (100.0, 16.0, 500.0)]
    return spots_along(lines, np.arange(len(lines_px)), FRAME, *every)


def test_a_road_is_named_along_its_run_and_never_upside_down() -> None:
    ends = ((300.0, -40.0), (-300.0, 40.0), (-5.0, 300.0), (5.0, -300.0))
    found = along(*[np.array([[0.0, 0.0], end]) for end in ends])
    assert found.owner.tolist() == [0, 1, 2, 3]
    assert ((found.turned_deg > -90) & (found.turned_deg <= 90)).all()
    for index, end in enumerate(ends):
        at = (found.x_px[index] - 400, found.y_px[index] - 400)
        assert at == pytest.approx((end[0] / 2, end[1] / 2))
        slope = np.degrees(np.arctan2(end[1], end[0]))
        turn = (found.turned_deg[index] - slope + 90) % 180
        assert turn == pytest.approx(90, abs=1e-6)


def test_a_road_is_not_named_on_a_bend_or_when_shorter_than_its_name() -> None:
    corner = np.array([[0.0, 0.0], [70.0, 0.0], [70.0, 70.0]])
    assert len(along(corner).owner) == 0
    assert len(along(corner[:2]).owner) == 0


def test_a_long_road_is_named_again_and_again_from_its_middle_outward() -> None:
    road = np.array([[-3000.0, 100.0], [3100.0, 100.0]])
    found = along(road, road + (0.0, 50.0))
    assert found.owner.tolist() == [0, 1]  # of thirteen stretches one is in the picture
    assert found.x_px.tolist() == pytest.approx([450, 450])
    shorter = along(road * 0.2)  # 1,220 pixels about 10, as wide as the picture and more
    assert shorter.x_px.tolist() == pytest.approx([410])
    wide = along(road * 0.2 - (390.0, 0.0))
    assert wide.x_px.tolist() == pytest.approx([20, 520])


def test_marks_of_one_size_are_taken_as_if_one_by_one() -> None:
    middles = np.random.default_rng(4).uniform(-100, 700, (300, 2))
    together, singly = Occupied(), Occupied()
    together.take_squares(middles, 20.0, 13.0)
    for x, y in middles.tolist():
        singly.take((x - 20, y - 13, x + 20, y + 13))
    tries = np.random.default_rng(5).uniform(-100, 700, (3000, 2)).tolist()
    free = [(x, y) for x, y in tries if together.is_free((x, y, x + 12, y + 9))]
    assert free == [(x, y) for x, y in tries if singly.is_free((x, y, x + 12, y + 9))]
    assert 0 < len(free) < len(tries)


def names_on(view: object) -> dict[str, Name]:
    pictures = view.findChild(StillPictures)  # type: ignore[attr-defined]
    return {name.text: name for name in pictures.names}


def test_the_sample_town_names_its_roads_without_overlap(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map(1100, 900)
    view.set_basemap(sample_basemap())
    wait_until_sharp(qtbot, view)
    names = view.findChild(StillPictures).names
    assert {"ถนนสองนางสถิตย์", "ถนนสำราญชายโขง", "โรงเรียน"} <= {name.text for name in names}
    boxes = []
    for owner, name in enumerate(names):
        at = view.pixel_of(beside(name.x_m, name.y_m))
        boxes += [(owner, box.translated(at)) for box in name.boxes]
    for index, (owner, box) in enumerate(boxes):
        for other_owner, other in boxes[index + 1 :]:
            overlap = box.intersected(other)
            assert owner == other_owner or min(overlap.width(), overlap.height()) < 1.0


def test_a_name_the_callout_would_cover_in_part_is_not_shown(
    show_map: ShowMap, qtbot: QtBot
) -> None:
    view = show_map()
    view.set_basemap(sample_basemap())
    wait_until_sharp(qtbot, view)
    name = names_on(view)["โรงเรียน"]
    at = view.pixel_of(beside(name.x_m, name.y_m)).toPoint()
    before = bright_pixels(view, at.x(), at.y())
    place = beside(name.x_m, name.y_m - 22 / 0.9)
    view.select(MapSelection(place.lat_deg, place.lon_deg))
    assert before > 20
    assert bright_pixels(view, at.x() - 30, at.y()) == 0


def bright_pixels(view: object, x: int, y: int) -> int:
    """How many pixels of light text there are in a narrow box about a point."""
    image = picture(view)  # type: ignore[arg-type]
    area = ((x + step, y + drop) for step in range(-10, 10) for drop in range(-6, 6))
    return sum(image.pixelColor(*at).lightness() > 105 for at in area)
