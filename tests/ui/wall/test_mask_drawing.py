"""Drawing masks: corners by clicks, pulled, deleted, undone; what would not do is kept and said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cameras.masks import Point, PrivacyMask
from app.errors import KnownError
from app.ui.wall.mask_drawing import Corner, MaskDrawing

WINDOW = PrivacyMask(((0.1, 0.1), (0.4, 0.1), (0.4, 0.5), (0.1, 0.5)))
NEAR = (0.02, 0.02)


def drawn(*corners: Point) -> MaskDrawing:
    drawing = MaskDrawing(())
    for corner in corners:
        drawing.add(corner)
    return drawing


def test_three_clicks_and_a_close_are_a_mask() -> None:
    drawing = drawn((0.2, 0.2), (0.6, 0.2), (0.4, 0.7))
    assert drawing.outlines == ()
    drawing.close()
    assert drawing.masks() == (PrivacyMask(((0.2, 0.2), (0.6, 0.2), (0.4, 0.7))),)
    assert drawing.begun == ()


def test_an_outline_that_will_not_do_stays_to_be_mended() -> None:
    drawing = drawn((0.1, 0.1), (0.4, 0.4), (0.4, 0.1), (0.1, 0.4))
    with pytest.raises(KnownError, match="crosses itself"):
        drawing.close()
    assert len(drawing.begun) == 4
    drawing.delete()
    drawing.close()
    assert len(drawing.outlines[0]) == 3


def test_an_outline_begun_and_not_closed_is_saved_too_or_said_to_be_none() -> None:
    """Who saves with three corners set means a mask; with two, something is missing."""
    assert len(drawn((0.2, 0.2), (0.6, 0.2), (0.4, 0.7)).masks()) == 1
    with pytest.raises(KnownError, match="three corners"):
        drawn((0.2, 0.2), (0.6, 0.2)).masks()


def test_a_corner_is_pulled_no_farther_than_the_picture_and_put_back_by_one_undo() -> None:
    drawing = MaskDrawing((WINDOW,))
    corner = drawing.corner_near((0.41, 0.49), NEAR)
    assert corner == Corner(0, 2)
    for to in ((0.5, 0.6), (0.9, 0.9), (1.4, 1.2)):
        drawing.pull(corner, to)
    drawing.let_go()
    assert drawing.outlines[0][2] == (1.0, 1.0)
    drawing.undo()
    assert drawing.outlines == (WINDOW.corners,)
    assert not drawing.is_changed


def test_a_pull_across_its_own_side_is_seen_at_once_and_not_saved() -> None:
    drawing = MaskDrawing((WINDOW,))
    drawing.pull(Corner(0, 0), (0.6, 0.3))
    drawing.let_go()
    assert not drawing.is_sound(drawing.outlines[0])
    with pytest.raises(KnownError, match="crosses itself"):
        drawing.masks()


def test_delete_takes_the_corner_then_with_three_left_the_mask() -> None:
    drawing = MaskDrawing((WINDOW,))
    drawing.chosen = Corner(0, 1)
    drawing.delete()
    assert drawing.outlines == (((0.1, 0.1), (0.4, 0.5), (0.1, 0.5)),)
    drawing.chosen = Corner(0, 0)
    drawing.delete()
    assert drawing.outlines == ()
    drawing.delete()  # nothing chosen
    drawing.undo()
    drawing.undo()
    assert drawing.outlines == (WINDOW.corners,)


def test_the_mask_on_top_is_the_one_that_is_meant() -> None:
    over = PrivacyMask(((0.2, 0.2), (0.6, 0.2), (0.6, 0.6)))
    drawing = MaskDrawing((WINDOW, over))
    assert drawing.mask_at((0.35, 0.25)) == Corner(1, None)
    assert drawing.mask_at((0.15, 0.4)) == Corner(0, None)
    assert drawing.mask_at((0.9, 0.9)) is None
    assert drawing.corner_near((0.9, 0.9), NEAR) is None


_POINT = st.tuples(st.floats(-0.2, 1.2), st.floats(-0.2, 1.2))
_ACT = st.one_of(
    st.tuples(st.just("add"), _POINT),
    st.tuples(st.just("close"), _POINT),
    st.tuples(st.just("pull"), _POINT),
    st.tuples(st.just("delete"), _POINT),
    st.tuples(st.just("drop"), _POINT),
)


def _do(drawing: MaskDrawing, what: str, at: Point) -> None:
    match what:
        case "add":
            drawing.add(at)
        case "close":
            try:
                drawing.close()
            except KnownError:
                return
        case "pull":
            corner = drawing.corner_near(at, (2.0, 2.0))
            if corner is not None:
                drawing.pull(corner, at)
                drawing.let_go()
        case "delete":
            drawing.chosen = drawing.mask_at(at)
            drawing.delete()
        case "drop":
            drawing.drop_begun()


@given(st.lists(_ACT, max_size=25))
def test_every_step_is_undone_to_the_very_beginning(acts: list[tuple[str, Point]]) -> None:
    drawing = MaskDrawing((WINDOW,))
    for what, at in acts:
        _do(drawing, what, at)
        assert all(0 <= value <= 1 for line in drawing.outlines for spot in line for value in spot)
    for _ in range(len(acts) + 1):
        drawing.undo()
    assert drawing.outlines == (WINDOW.corners,)
    assert drawing.begun == ()
