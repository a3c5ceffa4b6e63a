"""The wall's arrangement: nothing lost, nobody twice, and back to exactly what it was. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cameras.wall_layouts import TILE_COUNTS, WallLayout
from app.ui.wall.tile_places import Direction, beside, boxes, cells, known_count
from app.ui.wall.wall import Wall
from app.ui.wall.wall_arrangement import Arrangement

IDS = tuple(f"C{number:02d}" for number in range(1, 21))
Act = Callable[[Wall], None]

_ID = st.sampled_from(IDS)
_SOME = st.lists(st.sampled_from((*IDS, "C77")), unique=True, max_size=6)
_TILE = st.integers(0, 3)
_ACTS: st.SearchStrategy[Act] = st.one_of(
    st.builds(lambda count: lambda wall: wall.set_tile_count(count), st.sampled_from(TILE_COUNTS)),
    st.builds(lambda by: lambda wall: wall.turn_page(by), st.sampled_from((-1, 1))),
    st.builds(lambda ids: lambda wall: wall.set_seeing(ids), _SOME),
    st.builds(
        lambda id_, tile: lambda wall: wall.put(id_, tile % wall.present.tile_count),
        _ID,
        _TILE,
    ),
    st.builds(lambda tile: lambda wall: wall.empty(tile % wall.present.tile_count), _TILE),
    st.just(lambda wall: wall.bring_back_all()),
    st.just(lambda wall: wall.order_by_register()),
    st.just(lambda wall: wall.choose(None)),
    st.builds(lambda ids: lambda wall: wall.choose(a_layout(ids)), _SOME),
    st.builds(
        lambda ids: lambda wall: wall.set_cameras(sorted(ids)), st.sets(st.sampled_from(IDS))
    ),
)


def a_layout(ids: list[str]) -> WallLayout:
    return WallLayout("wall-1", "ตลาด", 6, (tuple(ids),), 1)


def a_wall(count: int = 20, tiles: int = 12) -> Wall:
    wall = Wall()
    wall.set_cameras(IDS[:count])
    wall.set_tile_count(tiles)
    return wall


def ids(wall: Wall) -> list[str]:
    return [camera_id for camera_id in wall.shown() if camera_id]


def stands_whole(arrangement: Arrangement, registered: set[str]) -> None:
    here = [camera_id for camera_id in arrangement.places if camera_id]
    everywhere = here + list(arrangement.put_away)
    assert len(set(everywhere)) == len(everywhere), "nobody stands twice"
    assert set(everywhere) == registered, "nobody is lost"


@given(st.lists(_ACTS, max_size=25))
def test_whatever_is_done_every_camera_stands_once_or_is_put_away(acts: list[Act]) -> None:
    wall = a_wall()
    for act in acts:
        act(wall)
        registered = set(wall.registered)
        stands_whole(wall.kept.arrangement, registered)
        stands_whole(wall.usual.arrangement, registered)
        stands_whole(wall.present.arrangement, registered)
        assert len(wall.shown()) == wall.present.tile_count
        assert 0 <= wall.present.page < wall.page_count()


@given(
    st.lists(_ACTS, max_size=12),
    st.lists(st.sampled_from(IDS), unique=True, min_size=1, max_size=5),
    st.integers(-3, 3),
)
def test_after_the_cameras_that_see_the_place_everything_is_as_it_was(
    before: list[Act], seeing: list[str], turned: int
) -> None:
    wall = a_wall()
    for act in before:
        act(wall)
    wall.set_seeing(())
    standing, shown, page = wall.present, wall.shown(), wall.present.page
    wall.set_seeing(seeing)
    registered = [camera_id for camera_id in seeing if camera_id in wall.registered]
    assert list(wall.present.arrangement.places[: len(registered)]) == registered
    if wall.is_led:  # else the page is turned in what stays
        wall.turn_page(turned)
    wall.set_seeing(())
    assert (wall.present, wall.shown(), wall.present.page) == (standing, shown, page)


def test_the_same_cameras_see_it_again_and_the_turned_page_stays() -> None:
    wall = a_wall()
    wall.set_seeing(["C17", "C03"])
    wall.turn_page(1)
    second = wall.shown()
    wall.set_seeing(["C17", "C03"])
    assert wall.shown() == second
    wall.set_seeing(["C05"])
    assert wall.shown()[0] == "C05"


def test_a_tile_dropped_on_another_changes_places_with_it() -> None:
    wall = a_wall()
    wall.put("C01", 4)
    assert ids(wall)[:6] == ["C05", "C02", "C03", "C04", "C01", "C06"]
    wall.put("C20", 0)
    assert ids(wall)[0] == "C20"
    wall.turn_page(1)
    assert wall.shown()[7] == "C05", "across pages too"


def test_an_emptied_tile_stays_empty_and_its_camera_can_be_put_back() -> None:
    wall = a_wall()
    wall.empty(2)
    assert wall.shown()[:4] == ("C01", "C02", "", "C04")
    wall.put("C03", 3)
    assert wall.shown()[:4] == ("C01", "C02", "", "C03"), "who stood there is put away"
    assert wall.present.arrangement.put_away == ("C04",)
    wall.bring_back_all()
    assert wall.present.arrangement.places[-1] == "C04"


def test_new_cameras_join_at_the_end_and_removed_ones_leave_an_empty_tile() -> None:
    wall = a_wall(4)
    wall.set_cameras(["C01", "C03", "C04", "C09"])
    assert wall.shown()[:5] == ("C01", "", "C03", "C04", "C09")


def test_what_is_moved_while_others_lead_is_moved_for_good() -> None:
    wall = a_wall()
    wall.set_seeing(["C10"])
    assert wall.shown()[:3] == ("C10", "C01", "C02")
    wall.put("C02", 1)
    assert wall.shown()[:3] == ("C10", "C02", "C01")
    wall.set_seeing(())
    assert wall.shown()[:3] == ("C02", "C01", "C03")


def test_more_tiles_are_shown_from_the_page_on_which_one_was() -> None:
    wall = a_wall(20, 4)
    wall.turn_page(2)
    assert wall.shown()[0] == "C09"
    wall.set_tile_count(6)
    assert "C09" in wall.shown()
    wall.set_tile_count(25)
    assert wall.shown()[0] == "C01"


def test_a_named_layout_shows_what_was_saved_and_the_usual_one_waits() -> None:
    wall = a_wall()
    wall.put("C05", 0)
    wall.turn_page(1)
    usual = wall.shown()
    saved = WallLayout("wall-1", "ริมโขง", 4, (("C04", "", "C02"), ("C09",)), 1)
    wall.choose(saved)
    assert wall.shown() == ("C04", "", "C02", "")
    assert (wall.page_count(), wall.is_changed) == (2, False)
    wall.set_cameras([*IDS, "C21"])
    assert wall.page_count() == 2, "a new camera does not enter a layout that was saved"
    wall.put("C09", 1)
    assert wall.is_changed
    assert wall.as_layout("wall-1", "ริมโขง").pages == (("C04", "C09", "C02"),)
    wall.choose(None)
    assert wall.shown()[: len(usual) - 4] == usual[: len(usual) - 4]


def test_a_layout_that_was_saved_is_the_one_that_is_shown() -> None:
    wall = a_wall()
    wall.put("C05", 0)
    shown = wall.shown()
    layout = replace(wall.as_layout("", "กลางคืน"), id="wall-2", version=1)
    wall.layout_was_saved(layout)
    assert (wall.shown(), wall.layout, wall.is_changed) == (shown, layout, False)
    wall.empty(0)
    assert wall.is_changed


def test_the_order_of_the_register_comes_back() -> None:
    wall = a_wall(6)
    wall.put("C05", 0)
    wall.empty(3)
    wall.order_by_register()
    assert ids(wall) == list(IDS[:6])


def test_what_was_remembered_is_there_before_the_register_is_read() -> None:
    first = a_wall(8, 4)
    first.put("C07", 0)
    first.turn_page(1)
    second = Wall()
    second.resume(first.usual, first.named, None)
    second.set_cameras(IDS[:8])
    assert second.shown() == first.shown()


@pytest.mark.parametrize("count", TILE_COUNTS)
def test_from_every_tile_the_arrows_reach_every_other(count: int) -> None:
    assert len(cells(count)) == count
    reached, ahead = {0}, [0]
    while ahead:
        tile = ahead.pop()
        for direction in Direction:
            next_one = beside(count, tile, direction)
            if next_one is not None and next_one not in reached:
                reached.add(next_one)
                ahead.append(next_one)
    assert reached == set(range(count))
    assert beside(count, 0, Direction.LEFT) is beside(count, 0, Direction.UP) is None


def test_of_six_the_first_is_the_large_one() -> None:
    first, *others = boxes(6, 900, 560, 4)
    assert all(first.width > 1.9 * other.width for other in others)
    assert all(first.height > 1.9 * other.height for other in others)
    assert [beside(6, tile, Direction.RIGHT) for tile in range(6)] == [1, None, None, 4, 5, None]


@given(st.sampled_from(TILE_COUNTS), st.integers(300, 4000), st.integers(200, 2400))
def test_tiles_fill_the_room_and_never_overlap(count: int, width: int, height: int) -> None:
    placed = boxes(count, width, height, 4)
    for number, one in enumerate(placed):
        assert one.left >= 0 and one.top >= 0
        assert one.left + one.width <= width and one.top + one.height <= height
        for other in placed[number + 1 :]:
            apart = (
                one.left + one.width <= other.left
                or other.left + other.width <= one.left
                or one.top + one.height <= other.top
                or other.top + other.height <= one.top
            )
            assert apart
    assert max(one.left + one.width for one in placed) == width
    assert max(one.top + one.height for one in placed) == height


@given(st.integers(-5, 200))
def test_any_wished_number_of_tiles_is_one_there_is(wished: int) -> None:
    assert known_count(wished) in TILE_COUNTS
